"""A till's file with all that is known before its rows are read: its store, its layout, its damage."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.found_layout import header_of
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.receipts.settled import UndecidedDatesError
from loyalty_cli.importers.till import Till
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.imports.layout_chosen import layout_for
from loyalty_cli.operations.imports.layout_chosen import layout_for_workbook
from loyalty_cli.operations.imports.layout_chosen import layout_of_mended
from loyalty_cli.operations.imports.layout_chosen import name_and_form
from loyalty_cli.operations.imports.layout_files import layout_print
from loyalty_cli.operations.imports.layout_meant import entry_of
from loyalty_cli.operations.imports.layout_meant import layout_or_till
from loyalty_cli.operations.imports.mended_file import place_of_origin
from loyalty_cli.operations.imports.mended_file import read_mended
from loyalty_cli.operations.imports.source_file import SourceFile
from loyalty_cli.operations.imports.workbooks import origin_in
from loyalty_cli.operations.stores.meant import store_for
from loyalty_cli.operations.stores.meant import store_meant
from loyalty_cli.reading.csv.workbooks import is_workbook
from loyalty_cli.reading.forms.encodings import judged_survey
from loyalty_cli.store.imports.imports import ImportedFile
from loyalty_cli.store.imports.imports import layouts_of
from loyalty_cli.store.imports.imports import never_ends_a_line
from loyalty_cli.store.imports.set_aside import FOLDER
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.imports.files_meant import Said
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.reading.forms.encodings import Fingerprint
    from loyalty_cli.reading.forms.encodings import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Export(SourceFile):
    """One file with all that is known before its rows are read."""

    store: str
    survey: Survey
    stamp: tuple[int, int]
    record: ImportedFile
    # Whether the last row is whole though its line has no end: the layout says so, or the till has never ended one.
    ends_whole: bool = False
    # Somebody said that it is a store of its own.
    another: bool = False
    # Nobody has named its layout.
    by_header: bool = False
    warnings: tuple[Phrase, ...] = ()


def exports_of(shop: Shop, prints: Mapping[Path, Fingerprint], program: Program, said: Said) -> list[Export]:
    """The files of one command; those whose dates leave a question come after the others, which may answer it."""
    found: dict[Path, Export] = {}
    waiting: list[Path] = []
    asked = Asked(said=said, program=program)
    try:
        for path, taken in prints.items():
            try:
                found[path] = export_of(shop, path, taken, asked)
            except UndecidedDatesError:
                waiting.append(path)
        names = frozenset((export.store, export.record.layout) for export in found.values())
        for path in waiting:
            found[path] = export_of(shop, path, prints[path], replace(asked, others=names))
    except LoyaltyError:
        for export in found.values():
            export.discard()
        raise
    return [found[path] for path in prints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command says of its files, and the stores and layouts of those that are settled already."""

    said: Said
    program: Program
    others: frozenset[tuple[str, str]] = frozenset()

    def told(self, shop: Shop, store: str) -> set[str]:
        """The names of the layouts that files of a store have had so far."""
        with shop.reading() as connection:
            before = layouts_of(connection, store)
        return before | {layout for of_store, layout in self.others if of_store == store}


def export_of(shop: Shop, path: Path, taken: Fingerprint, asked: Asked) -> Export:
    """A file with its store and layout; refused if its bytes can not be of that layout."""
    store, stores = asked.said.store, asked.program.stores
    origin = origin_in(shop, path)
    if origin is not None:
        return export_of_mended(shop, path, taken, origin=origin, store=store)
    entry_store, entry = entry_of(path, shop.folder, stores)
    with shop.reading() as connection:
        store = store_for(connection, store or entry_store, stores, another=asked.said.another_store)
    name = asked.said.layout or entry.layout
    told = partial(asked.told, shop, store)
    found = layout_for_workbook(shop, path, name) if is_workbook(path) else layout_for(path, name, shop.folder, told)
    open_end = found.survey.size > 0 and not found.survey.ends_with_newline
    record = ImportedFile(
        kind="purchases", file=path.name, sha256=taken.sha256, store=store, layout=found.name, open_end=open_end,
        layout_sha256=layout_print(name, shop.folder),
    )  # fmt: skip
    with shop.reading() as connection:
        learned = open_end and never_ends_a_line(connection, record)
    return Export(
        path=path,
        store=store,
        layout=found.layout,
        survey=found.survey,
        stamp=taken.stamp,
        record=record,
        ends_whole=learned or (found.layout is not None and found.layout.last_line == "whole"),
        plain=found.plain,
        another=asked.said.another_store,
        warnings=found.warnings,
        by_header=found.by_header,
    )


def export_of_mended(shop: Shop, path: Path, taken: Fingerprint, *, origin: int, store: str) -> Export:
    """Rows that were set aside and have been mended: they go the way of the file they come from."""
    with shop.reading() as connection:
        name, first_store = place_of_origin(connection, origin, "purchases", path.name)
        store = store_meant(connection, store) if store else present_name(connection, first_store)
    source = mended_source(shop, path, origin, (name, first_store))
    record = ImportedFile(
        kind="purchases", file=path.name, sha256=taken.sha256, store=store, layout=name, mends=origin,
        layout_sha256=layout_print(name_and_form(name)[0], shop.folder),
    )  # fmt: skip
    with source.kept_if_well():
        survey = judged_survey(source.read_as[0], "utf-8-sig")
    return Export(
        path=path,
        store=store,
        layout=source.layout,
        survey=survey,
        stamp=taken.stamp,
        record=record,
        mended=source.mended,
        plain=source.plain,
    )


def mended_source(shop: Shop, path: Path, origin: int, place: tuple[str, str]) -> SourceFile:
    """The mended rows of a file or a workbook, without our own columns, in the layout of the import they come from."""
    name, home = place[0], shop.database.parent / FOLDER
    if is_workbook(path):
        sheet = layout_for_workbook(shop, path, name)
        source = SourceFile(path=path, layout=sheet.layout, plain=sheet.plain)
        with source.kept_if_well():
            return replace(source, mended=read_mended(source.text, origin, place, layout=sheet.layout, home=home))
    named = layout_or_till(name_and_form(name)[0], shop.folder)
    chosen = named if isinstance(named, Layout) else None
    till = named if isinstance(named, Till) else None
    mended = read_mended(path, origin, place, layout=chosen, till=till, home=home)
    if till is not None:
        of_till = layout_of_mended(mended.plain, name, shop.folder).layout
        chosen = None if of_till is None else mended.in_plain_form(of_till)
        mended = replace(mended, layout=chosen)
    elif chosen is None and mended.resaved:
        layout = settled(plain_layout(header_of(mended.plain, "utf-8"), path.name), mended.plain)
        mended = replace(mended, layout=mended.with_its_decimals(layout))
    return SourceFile(path=path, layout=chosen, mended=mended)
