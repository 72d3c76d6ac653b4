"""Workbooks on their way in: the text of a sheet, written beside the database for the time of an import."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.left_parts import FOLDER
from loyalty_cli.reading.csv.workbooks import CellForms
from loyalty_cli.reading.csv.workbooks import write_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.operations.open_shop import Shop

SHEETS = ".sheets"


@contextlib.contextmanager
def sheet_of(shop: Shop, path: Path) -> Iterator[Path]:
    """Where the text of a workbook goes; if what is done with it fails, nothing stays there."""
    home = shop.database.parent / FOLDER / SHEETS
    home.mkdir(parents=True, exist_ok=True)
    plain = home / path.name
    try:
        yield plain
    except BaseException:
        discard_sheet(plain)
        raise


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


def discard_sheet(plain: Path) -> None:
    """Leave nothing behind."""
    plain.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        plain.parent.rmdir()
        plain.parent.parent.rmdir()
