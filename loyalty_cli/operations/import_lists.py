"""What imports of members and of products share: one file after the other, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.lists import ListFile
from loyalty_cli.model.phrase import Phrase
from loyalty_cli.model.purchase_batch import SetAside
from loyalty_cli.operations.files_meant import files_meant
from loyalty_cli.operations.files_meant import refuse_if_growing
from loyalty_cli.operations.import_files import layout_named
from loyalty_cli.operations.import_files import PLAIN
from loyalty_cli.operations.import_said import FileResult
from loyalty_cli.operations.rejects_file import SetAsideKeeper
from loyalty_cli.reading.encodings import fingerprint
from loyalty_cli.reading.encodings import judged_survey
from loyalty_cli.store import imports
from loyalty_cli.store.imports import Counts
from loyalty_cli.store.imports import ImportedFile

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.importers.lists import Cells
    from loyalty_cli.operations.shop import Shop
    from loyalty_cli.store.database import Connection

# Takes the connection, the import's number and a record; says new, changed or known, or why not.
Save = Callable[["Connection", int, Any], str | Phrase]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """A kind of list: its name, how a row becomes a record, how the record is kept, and what follows at the end."""

    name: str
    make: Callable[[Cells], Any]
    save: Save
    digits: int
    after: Callable[[Connection], None] | None = None


def import_lists(
    shop: Shop, files: Sequence[str], kind: ListKind, *, layout: str | None, dry_run: bool
) -> list[FileResult]:
    """Read lists into the shop's database, all in one transaction."""
    name = layout or PLAIN
    chosen = (name, layout_named(name, shop.folder, kind.name))
    results: list[FileResult] = []
    keepers: list[SetAsideKeeper] = []
    try:
        with shop.changing(dry_run=dry_run) as connection:
            for path in files_meant(files):
                keepers.append(SetAsideKeeper(shop.database.parent))
                results.append(import_list(shop, connection, path, kind, layout=chosen, keeper=keepers[-1]))
            if kind.after is not None:
                kind.after(connection)
        if not dry_run:
            for keeper, result in zip(keepers, results, strict=True):
                result.set_aside_file = keeper.publish()
    finally:
        for keeper in keepers:
            keeper.discard()
    return results


def import_list(
    shop: Shop,
    connection: Connection,
    path: Path,
    kind: ListKind,
    *,
    layout: tuple[str, Layout | None],
    keeper: SetAsideKeeper,
) -> FileResult:
    """Read one list by a layout, given with its name."""
    name, chosen = layout
    taken = fingerprint(path)
    judged_survey(path, chosen.encoding if chosen else "utf-8-sig")
    record = ImportedFile(kind=kind.name, file=path.name, sha256=taken.sha256, store="", layout=name)
    import_id = imports.begin_import(connection, record, shop.moment)
    keeper.begin(connection, import_id, path, chosen)
    source = ListFile(path, chosen, kind.name, kind.make, digits=kind.digits)
    tally = {"read": 0, "new": 0, "changed": 0, "known": 0}
    for line, row, made in source.records():
        tally["read"] += 1
        answer = made if isinstance(made, Phrase) else kind.save(connection, import_id, made)
        if isinstance(answer, Phrase):
            keeper.keep([SetAside(line, row, answer)], source.header)
        else:
            tally[answer] += 1
    keeper.refuse_if_nothing_fits(tally["read"])
    refuse_if_growing(path, taken.stamp)
    counts = Counts(
        read=tally["read"],
        imported=tally["new"],
        lines=tally["changed"],
        known=tally["known"],
        set_aside=keeper.count,
    )
    imports.end_import(connection, import_id, counts)
    return FileResult(
        file=path.name,
        import_id=import_id,
        counts=counts,
        reasons=keeper.first,
        told_before=keeper.told_before,
    )
