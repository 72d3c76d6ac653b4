"""Import purchases: till exports become receipts and lines. A file whose bytes are booked already is left alone at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.files_meant import files_meant
from loyalty_cli.operations.imports.files_meant import found_again
from loyalty_cli.operations.imports.files_meant import Said
from loyalty_cli.operations.imports.layout_files import layout_print
from loyalty_cli.operations.imports.left_parts import name_what_was_left
from loyalty_cli.operations.imports.said import booked_outcome
from loyalty_cli.operations.imports.said import FileResult
from loyalty_cli.reading.forms.encodings import fingerprint
from loyalty_cli.store.imports import imports
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.reading.forms.encodings import Fingerprint


def import_purchases(
    shop: Shop,
    files: Sequence[str],
    *,
    layout: str | None = None,
    store: str = "",
    another_store: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Read files of purchases into the shop's database, all in one transaction."""
    return import_as_said(shop, files, Said(layout=layout, store=store, another_store=another_store), dry_run=dry_run)


def import_as_said(shop: Shop, files: Sequence[str], said: Said, *, dry_run: bool = False) -> Outcome:
    """The same, with what is said of the files in one value."""
    name_what_was_left(shop)
    prints = {path: fingerprint(path) for path in files_meant(files)}
    booked = booked_before(shop, prints, said)
    if booked is not None:
        with shop.reading() as connection:
            timezone = kept_facts(connection).timezone
        return booked_outcome(booked, timezone, dry_run=dry_run)
    # Imported here because the layouts and the program are not needed to say that there is nothing to do.
    from loyalty_cli.operations.imports.purchase_loading import load_purchases

    with found_again(prints):
        return load_purchases(shop, prints, said, dry_run=dry_run)


def booked_before(shop: Shop, prints: Mapping[Path, Fingerprint], said: Said) -> list[FileResult] | None:
    """The earlier imports of these very files, if all of them are booked, for the store that is named; else None.

    A file that another layout reads now, or the same one mended, is to be read again.
    """
    results = []
    with shop.reading() as connection:
        for path, print_ in prints.items():
            found = imports.live_import_of(connection, kind="purchases", sha256=print_.sha256, store=said.store or None)
            layout = said.layout or (found.layout.partition(" [")[0] if found is not None else "")
            if found is None or not found.by_the_same(layout, layout_print(layout, shop.folder)):
                return None
            results.append(FileResult(file=path.name, store=said.store, booked_before=found, layout=found.layout))
    return results
