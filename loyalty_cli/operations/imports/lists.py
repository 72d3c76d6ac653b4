"""What imports of lists share: one file after the other, in one transaction; a mended list finds its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import PLAIN
from loyalty_cli.importers.found_layout import header_of
from loyalty_cli.importers.found_layout import IN_UTF8
from loyalty_cli.importers.lists.plain import plain_list
from loyalty_cli.importers.lists.rows import ListFile
from loyalty_cli.importers.lists.twice import NamesOfCards
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.listed import ListedMember
from loyalty_cli.model.purchase_batch import SetAside
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.files_meant import files_meant
from loyalty_cli.operations.imports.files_meant import found_again
from loyalty_cli.operations.imports.files_meant import refuse_if_growing
from loyalty_cli.operations.imports.layout_meant import layout_named
from loyalty_cli.operations.imports.left_parts import name_what_was_left
from loyalty_cli.operations.imports.mended_file import place_of_origin
from loyalty_cli.operations.imports.mended_file import read_mended
from loyalty_cli.operations.imports.new_cards import likely_spoiled
from loyalty_cli.operations.imports.new_cards import rounded
from loyalty_cli.operations.imports.rejects_file import published
from loyalty_cli.operations.imports.rejects_file import SetAsideKeeper
from loyalty_cli.operations.imports.said import FileResult
from loyalty_cli.operations.imports.source_file import SourceFile
from loyalty_cli.operations.imports.workbooks import origin_in
from loyalty_cli.operations.imports.workbooks import write_sheet
from loyalty_cli.operations.in_force import keep_readings
from loyalty_cli.reading.csv.workbooks import is_workbook
from loyalty_cli.reading.forms.encodings import fingerprint
from loyalty_cli.reading.forms.encodings import judged_survey
from loyalty_cli.reading.forms.encodings import survey
from loyalty_cli.store.imports import imports
from loyalty_cli.store.imports.imports import Counts
from loyalty_cli.store.imports.imports import ImportedFile
from loyalty_cli.store.imports.names import next_id
from loyalty_cli.store.imports.set_aside import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.importers.lists.rows import Cells
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.reading.forms.encodings import Survey
    from loyalty_cli.store.database import Connection

# Takes the connection, the import's number and a record; says new, changed or known, or why not.
Save = Callable[["Connection", int, Any], str | Phrase | Clash]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKind:
    """A kind of list: its name, how a row becomes a record, how the record is kept, and what follows at the end."""

    name: str
    make: Callable[[Cells], Any]
    save: Save
    digits: int
    after: Callable[[Connection], None] | None = None


def import_lists(
    shop: Shop, files: Sequence[str], kind: ListKind, *, layout: str | None, dry_run: bool, language: str = ""
) -> list[FileResult]:
    """Read lists into the shop's database, all in one transaction."""
    name_what_was_left(shop)
    results: list[FileResult] = []
    keepers: list[SetAsideKeeper] = []
    lists: list[ListMeant] = []
    paths = files_meant(files)
    try:
        with found_again(paths):
            for path in paths:
                lists.append(list_meant(shop, path, kind.name, layout))  # noqa: PERF401 - those made so far are discarded
        with found_again(paths), shop.changing(dry_run=dry_run) as connection:
            for found in lists:
                keepers.append(SetAsideKeeper(shop.database.parent, language=language))
                results.append(import_list(shop, connection, found, kind, keeper=keepers[-1]))
                keepers[-1].complete()
            if kind.after is not None:
                kind.after(connection)
            keep_readings(connection)
        if not dry_run:
            for result, set_aside in zip(results, published(keepers), strict=True):
                result.set_aside_file = set_aside
    finally:
        for keeper in keepers:
            keeper.discard()
        for found in lists:
            found.discard()
    return results


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMeant(SourceFile):
    """One list with the name of its layout."""

    layout_name: str


def list_meant(shop: Shop, path: Path, kind: str, layout: str | None) -> ListMeant:
    """A list and how to read it; mended rows go the way of the file they come from."""
    origin = origin_in(shop, path)
    if origin is None:
        return list_of_layout(shop, path, kind, layout or PLAIN)
    with shop.reading() as connection:
        place = place_of_origin(connection, origin, kind, path.name)
    if is_workbook(path):
        found = list_of_layout(shop, path, kind, place[0])
    else:
        found = ListMeant(path=path, layout_name=place[0], layout=layout_named(place[0], shop.folder, kind))
    with found.kept_if_well():
        mended = read_mended(found.text, origin, place, layout=found.layout, home=shop.database.parent / FOLDER)
        if found.layout is None and mended.resaved and kind != "feedback":
            mended = replace(mended, layout=mended.with_its_decimals(plain_list(kind, header_of(mended.plain, "utf-8"), path.name)))
    return replace(found, mended=mended)


def list_of_layout(shop: Shop, path: Path, kind: str, name: str) -> ListMeant:
    """A list in the layout of a name, as a workbook or as text."""
    layout = layout_named(name, shop.folder, kind)
    if is_workbook(path):
        plain = write_sheet(shop, path, layout)
        layout = layout.model_copy(update=IN_UTF8) if layout is not None else None
        return ListMeant(path=path, layout_name=name, layout=layout, plain=plain)
    if layout is None and survey(path).is_utf16:
        layout = plain_list(kind, header_of(path, "utf-16"), path.name).model_copy(update={"encoding": "utf-16"})
    return ListMeant(path=path, layout_name=name, layout=layout)


def import_list(shop: Shop, connection: Connection, found: ListMeant, kind: ListKind, *, keeper: SetAsideKeeper) -> FileResult:
    """Read one list."""
    taken = fingerprint(found.path)
    mended = found.mended
    path, layout = found.read_as
    surveyed = judged_survey(path, layout.encoding if layout else "utf-8-sig")
    record = ImportedFile(
        kind=kind.name,
        file=found.path.name,
        sha256=taken.sha256,
        store="",
        layout=found.layout_name,
        mends=mended.import_id if mended is not None else None,
    )
    first_card = next_id(connection, "card")
    import_id = imports.begin_import(connection, record, shop.moment)
    keeper.begin(connection, import_id, file=found.path, layout=found.layout, mends=record.mends)
    source = ListFile(path, layout, kind.name, make=kind.make, digits=kind.digits)
    names = NamesOfCards()
    tally = read_rows(connection, import_id, source, kind, keeper=keeper, names=names)
    if tally["unreadable"] == tally["read"]:
        keeper.refuse_if_nothing_fits(tally["read"])
    refuse_if_growing(found.path, taken.stamp)
    if mended is not None:
        mended.mark(connection, import_id)
    counts = Counts(
        read=tally["read"],
        imported=tally["new"],
        lines=tally["changed"],
        known=tally["known"],
        set_aside=keeper.count,
        conflicts=tally["conflicts"],
    )
    imports.end_import(connection, import_id, counts)
    return FileResult(
        file=found.path.name,
        import_id=import_id,
        counts=counts,
        reasons=keeper.first,
        told_before=keeper.told_before,
        warnings=[
            *names.said(),
            *likely_spoiled(connection, first_card),
            *rounded(connection, first_card),
            *open_end_said(found, surveyed, source.csv.last_line if tally["read"] else 0),
        ],
    )


def open_end_said(found: ListMeant, surveyed: Survey, last_line: int) -> list[Phrase]:
    """What is said of a list whose last line has no end: the till or the mail may have cut it short."""
    if found.mended is not None or surveyed.ends_with_newline or not last_line:
        return []
    text = "{file} ends in the middle of a line; look whether its last row, in line {line}, is whole."
    return [phrase(text, file=found.path.name, line=last_line)]


def read_rows(
    connection: Connection,
    import_id: int,
    source: ListFile[Any],
    kind: ListKind,
    *,
    keeper: SetAsideKeeper,
    names: NamesOfCards,
) -> Counter[str]:
    """Keep each row, or set it aside; how many of each."""
    tally: Counter[str] = Counter()
    for line, row, made in source.records():
        tally["read"] += 1
        answer = made if isinstance(made, Phrase) else kind.save(connection, import_id, made)
        if isinstance(answer, str):
            tally[answer] += 1
            if isinstance(made, ListedMember):
                names.add(line, made)
            continue
        tally["conflicts"] += isinstance(answer, Clash)
        tally["unreadable"] += isinstance(made, Phrase)
        reason = answer.reason if isinstance(answer, Clash) else answer
        keeper.keep([SetAside(line, row, reason)], source.header)
    return tally
