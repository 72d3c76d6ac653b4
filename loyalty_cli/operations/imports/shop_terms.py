"""What all imports share: the program's terms, and the layout and store of each file."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.importers.all_importers import till_names
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.layout_files import layout_path
from loyalty_cli.operations.in_force import program_file
from loyalty_cli.reading.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.importers.till import Till
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFiles:
    """What the program says of a store's exports: where they lie, and their layout."""

    files: tuple[str, ...] = ()
    layout: str = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopTerms:
    """What an import needs to know of the program."""

    timezone: str
    currency: str
    digits: int
    stores: Mapping[str, StoreFiles]
    unknown_cards_join: bool = True
    language: str = ""


def import_terms(shop: Shop) -> ShopTerms:
    """The shop's time zone, currency, stores and way with unknown cards, from its program file."""
    return terms_of(program_file(shop))


def terms_of(program: Program) -> ShopTerms:
    """The same from a program that has been read."""
    return ShopTerms(
        timezone=program.timezone,
        currency=program.currency.code,
        digits=program.currency.digits,
        stores={name: StoreFiles(files=store.files, layout=store.layout) for name, store in program.stores.items()},
        unknown_cards_join=program.unknown_cards_join,
        language=program.language,
    )


def entry_of(path: Path, folder: Path, stores: Mapping[str, StoreFiles]) -> tuple[str, StoreFiles]:
    """The store whose `files:` pattern names this file; '' if none does."""
    name = path.resolve().as_posix()
    for store, entry in stores.items():
        if any(fnmatch(name, (folder.resolve() / pattern).as_posix()) for pattern in entry.files):
            return store, entry
    return "", StoreFiles()


def layout_named(name: str, folder: Path, kind: str) -> Layout | None:
    """An owner's layout by its name in layouts/, or by its path; None is the plain one."""
    path = layout_path(name, folder)
    if path is None and name == PLAIN:
        return None
    if path is None:
        owners = sorted(file.stem for file in (folder / "layouts").glob("*.yaml"))
        known = ", ".join([*owners, *(till_names() if kind == "purchases" else [])]) or "-"
        inside = folder / "layouts" / f"{name}.yaml"
        raise LoyaltyError(
            "There is no layout {name}.",
            name=name,
            hint=phrase("Layouts are found as {file}. Here are: {known}.", file=str(inside), known=known),
        )
    layout = read_layout(path)
    if layout.kind != kind:
        raise LoyaltyError(
            "The layout {name} is for {kind}.",
            name=name,
            kind=layout.kind,
            hint=phrase("Import with: loyalty import {kind}", kind=layout.kind),
        )
    return layout


def layout_or_till(name: str, folder: Path) -> Layout | Till | None:
    """What reads purchases by a name: an owner's layout, which may be like a till, or a till; None is the plain one."""
    till = till_named(name) if layout_path(name, folder) is None else None
    if till is not None:
        return till
    layout = layout_named(name, folder, "purchases")
    return layout if layout is None or layout.like is None else like_a_till(layout, name)


def like_a_till(layout: Layout, name: str) -> Till:
    """A till that differs in some settings from one that is known."""
    till = till_named(layout.like or "")
    if till is None:
        raise LoyaltyError(
            "There is no till {till}, which the layout {name} is like.",
            till=layout.like,
            name=name,
            hint=did_you_mean(layout.like or "", list(till_names())),
        )
    return replace(till, own=layout)
