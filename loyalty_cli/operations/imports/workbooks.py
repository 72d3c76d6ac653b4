"""Workbooks on their way in: the text of a sheet, written beside the database for the time of an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.aside import discard_aside
from loyalty_cli.operations.imports.aside import kept_if_well
from loyalty_cli.operations.imports.aside import place_aside
from loyalty_cli.operations.imports.mended_file import origin_of
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import is_workbook
from loyalty_cli.reading.csv.workbooks import write_plain
from loyalty_cli.store.imports.set_aside import FOLDER

# The rows of a workbook among which its header is looked for, and whether it is one of rows that were set aside.
ROWS_TO_KNOW = 60

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.operations.open_shop import Shop


def sheet_of(shop: Shop, path: Path) -> AbstractContextManager[Path]:
    """Where the text of a workbook goes; if what is done with it fails, nothing stays there."""
    return kept_if_well(place_aside(shop.database.parent / FOLDER, path.name))


def origin_in(shop: Shop, path: Path) -> int | None:
    """The import whose rows a file or a workbook brings back; None for any other."""
    if not is_workbook(path):
        return origin_of(path)
    with sheet_of(shop, path) as plain:
        write_plain(path, plain, CellForms(), rows=ROWS_TO_KNOW)
        origin = origin_of(plain)
    discard_aside(plain)
    return origin


def write_sheet(shop: Shop, path: Path, layout: Layout | None) -> Path:
    """Write the text of a workbook in the forms of a layout, or of the plain one."""
    forms = CellForms(date_form="YYYY-MM-DD") if layout is None else forms_of(layout, layout.dates)
    with sheet_of(shop, path) as plain:
        write_plain(path, plain, forms)
    return plain


def forms_of(layout: Layout, dates: str) -> CellForms:
    """How cells are written for a layout."""
    mark = "," if layout.decimal_mark == "," else "."
    return CellForms(decimal_mark=mark, date_form=dates, time_form=layout.time_form[0])
