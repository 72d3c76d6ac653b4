"""Which layout reads a file of purchases: the one that was named, the till that knows its header, or the plain one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.found_layout import Chosen
from loyalty_cli.importers.found_layout import chosen
from loyalty_cli.importers.found_layout import doubts
from loyalty_cli.importers.found_layout import header_of
from loyalty_cli.importers.found_layout import IN_UTF8
from loyalty_cli.importers.found_layout import layout_in_utf8
from loyalty_cli.importers.found_layout import layout_of
from loyalty_cli.importers.found_layout import nothing_told
from loyalty_cli.importers.found_layout import recognised
from loyalty_cli.importers.found_layout import recognised_sheet
from loyalty_cli.importers.found_layout import refuse_doubtful
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.overlooked_discount import refuse_before_discount
from loyalty_cli.importers.receipts.settled import settled
from loyalty_cli.importers.till import Till
from loyalty_cli.operations.imports.layout_meant import layout_or_till
from loyalty_cli.operations.imports.workbooks import forms_of
from loyalty_cli.operations.imports.workbooks import ROWS_TO_KNOW
from loyalty_cli.operations.imports.workbooks import sheet_of
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import write_plain
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.encodings import refuse_damaged
from loyalty_cli.reading.forms.encodings import survey

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.importers.found_layout import Told
    from loyalty_cli.operations.open_shop import Shop

# The name of a layout with the form of dates that a file has shown: `square-items [M/D/YYYY]`.
WITH_FORM = re.compile(r"(?P<name>.+) \[(?P<form>.+)\]")


def layout_for(path: Path, name: str, folder: Path, told: Told = nothing_told) -> Chosen:
    """The layout of a file; ExportRefused if none fits, or if several tills claim the file.

    `told` gives the names of layouts that other files of the same store had.
    """
    named = layout_or_till(name, folder)
    surveyed = survey(path)
    if isinstance(named, Layout):
        refuse_damaged(path, surveyed, named.encoding)
        found = chosen(name, named, path, surveyed, told)
        return replace(found, warnings=(*found.warnings, *doubts(path, surveyed, named.encoding)))
    refuse_damaged(path, surveyed, "utf-16" if surveyed.is_utf16 else "utf-8-sig" if surveyed.is_utf8 else "cp1252")
    if named is not None:
        found = chosen(name, layout_of(named, path, surveyed), path, surveyed, told)
        if named.own is not None and "encoding" in named.own.model_fields_set:
            return replace(found, warnings=(*found.warnings, *doubts(path, surveyed, named.own.encoding)))
    else:
        found = replace(recognised(path, surveyed, told=told), by_header=True)
        refuse_before_discount(path, found.layout or plain_layout(header_of(path, "utf-8-sig"), path.name), path.name)
    refuse_doubtful(path, found)
    return found


def layout_for_workbook(shop: Shop, path: Path, name: str) -> Chosen:
    """The layout of a workbook, whose text is written aside; its cells that are dates are written as ISO."""
    with sheet_of(shop, path) as plain:
        return layout_of_sheet(shop, path, name, plain)


def layout_of_sheet(shop: Shop, path: Path, name: str, plain: Path) -> Chosen:
    """The layout of a workbook whose text goes to a place; its first rows are written first, to know whose it is."""
    write_plain(path, plain, CellForms(), rows=ROWS_TO_KNOW)
    name, form = name_and_form(name)
    named = layout_or_till(name, shop.folder)
    known = Chosen(name=name, layout=layout_in_utf8(named, plain), survey=survey(plain)) if named else recognised_sheet(plain)
    layout = known.layout or plain_layout(header_of(plain, "utf-8"), path.name)
    dates = "YYYY-MM-DD HH:mm:ss" if date_form(layout.dates).has_time else "YYYY-MM-DD"
    write_plain(path, plain, forms_of(layout, dates))
    own = (form,) if form else layout.date_form or (layout.dates,)
    # A sheet has no cells behind the last one that anybody has filled.
    uneven = layout.uneven_rows or not layout.header
    layout = layout.model_copy(update={"date_form": tuple(dict.fromkeys((*own, dates))), "uneven_rows": uneven})
    if named is None:
        refuse_before_discount(plain, layout.model_copy(update=IN_UTF8), path.name)
    return Chosen(name=known.name, layout=settled(layout, plain), survey=survey(plain), plain=plain, by_header=named is None)


def layout_of_mended(plain: Path, name: str, folder: Path) -> Chosen:
    """The layout for mended rows of a till, which stand in a plain file now; the dates keep the form they had."""
    bare, form = name_and_form(name)
    named = layout_or_till(bare, folder)
    surveyed = survey(plain)
    if isinstance(named, Till):
        named = layout_of(replace(named, delimiters=(",",)), plain, surveyed)
    if form and named is not None:
        named = named.model_copy(update={"date_form": (form,)})
    return Chosen(name=name, layout=named, survey=surveyed)


def name_and_form(name: str) -> tuple[str, str]:
    """The name of a layout, and the form of dates that a file has shown, "" where its name has none."""
    found = WITH_FORM.fullmatch(name)
    return (found["name"], found["form"]) if found else (name, "")
