"""Workbooks (XLSX) as plain text: the first sheet that has rows becomes a CSV file in UTF-8, a line for each row.

Read with openpyxl, which is an extra: pip install "loyalty-cli[xlsx]".
"""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.dates import written_as

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZIP = b"PK\x03\x04"
# A spreadsheet keeps fifteen digits; more in a file are noise of binary fractions.
DIGITS = ".15g"
MIDNIGHT = datetime(1, 1, 1)  # noqa: DTZ001 - a wall clock
# Whole numbers up to here are kept exactly, among them cards of sixteen digits.
EXACT = 1 << 53


@dataclass(frozen=True, slots=True, kw_only=True)
class CellForms:
    """How cells that are numbers, dates or times are written as text."""

    decimal_mark: str = "."
    date_form: str = "YYYY-MM-DD HH:mm:ss"
    time_form: str = "HH:mm:ss"

    def text(self, cell: object) -> str:
        """A cell as the till would have written it into a CSV file."""
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if abs(cell) <= EXACT and cell == int(cell):
                return str(int(cell))
            return format(Decimal(format(cell, DIGITS)), "f").replace(".", self.decimal_mark)
        if isinstance(cell, date | time | timedelta):
            moment, form = self.moment(cell)
            return written_as(moment, form)
        # A line break inside a cell would shift the numbers of the lines.
        return "" if cell is None else " ".join(str(cell).splitlines())

    def moment(self, cell: date | time | timedelta) -> tuple[datetime, str]:
        """A date or a time as a wall clock shows it, and the form it is written in."""
        if isinstance(cell, datetime):
            return cell, self.date_form
        if isinstance(cell, timedelta):
            return MIDNIGHT + cell, self.time_form
        if isinstance(cell, time):
            return datetime.combine(MIDNIGHT, cell), self.time_form
        return datetime.combine(cell, time()), self.date_form


def is_workbook(path: Path) -> bool:
    """Whether a file is an XLSX workbook."""
    with path.open("rb") as file:
        if file.read(len(ZIP)) != ZIP:
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def write_plain(path: Path, plain: Path, forms: CellForms, *, rows: int | None = None) -> None:
    """Write the first sheet that has rows, or the first rows of it, as CSV; row n stands on line n."""
    with plain.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in islice(rows_of(path), rows):
            writer.writerow([forms.text(cell) for cell in row])


def rows_of(path: Path) -> Iterator[tuple[object, ...]]:
    """The rows of the first sheet that has any."""
    try:
        import openpyxl
    except ImportError as error:
        raise ExportRefused(
            "{file} is a workbook, and openpyxl, which reads workbooks, is not installed.",
            hint=phrase('Install it: pip install "loyalty-cli[xlsx]", or save the sheet as CSV.'),
            file=path.name,
        ) from error
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise unreadable(path, error) from error
    try:
        for sheet in book.worksheets:
            # Some programs state a size that is not true; without it every row is read.
            sheet.reset_dimensions()
            rows = padded(sheet.iter_rows(values_only=True))
            if (first := next(rows, None)) is not None:
                yield first
                yield from rows
                return
    finally:
        book.close()


def padded(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Rows of one width, that of the widest of the first ones; nothing for a sheet without a filled cell."""
    top = list(islice(rows, 200))
    width = max((filled(row) for row in top), default=0)
    if not width:
        return
    for row in (*top, *rows):
        length = max(filled(row), width)
        yield (*row[:length], *([None] * (length - len(row))))


def filled(row: tuple[object, ...]) -> int:
    """How many cells a row has up to its last filled one."""
    return next((place for place in range(len(row), 0, -1) if row[place - 1] not in (None, "")), 0)


def unreadable(path: Path, error: Exception) -> ExportRefused:
    """The refusal of a workbook that is damaged, or locked with a password."""
    return ExportRefused(
        "{file} can not be read as a workbook: {why}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase("Open it, save it anew as XLSX or CSV without a password, and import that."),
        file=path.name,
        why=str(error),
    )
