"""Workbooks (XLSX) as plain text: the first sheet that has rows becomes a CSV file in UTF-8, a line for each row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.archives import DAMAGE as ARCHIVE_DAMAGE
from loyalty_cli.reading.archives import opened
from loyalty_cli.reading.csv.sheets import rows_of
from loyalty_cli.reading.csv.workbook_parts import DAMAGE
from loyalty_cli.reading.csv.workbook_parts import SameColumns
from loyalty_cli.reading.csv.workbook_parts import TooMuch
from loyalty_cli.reading.forms.dates import written_as

if TYPE_CHECKING:
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
        with opened(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except ARCHIVE_DAMAGE:
        return False


def write_plain(path: Path, plain: Path, forms: CellForms, *, rows: int | None = None) -> None:
    """Write the first sheet that has rows, or the first rows of it, as CSV; row n stands on line n."""
    with plain.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, lineterminator="\n")
        try:
            for row in islice(rows_of(path), rows):
                writer.writerow([forms.text(cell) for cell in row])
        except TooMuch as error:
            raise ExportRefused(
                "{file} holds far more than a workbook of its size can.",
                hint=phrase("Open it, save the sheet as CSV, and import that."),
                file=path.name,
            ) from error
        except SameColumns as error:
            raise ExportRefused(
                "{file} has several sheets with the same columns, such as {sheet}; only the first would be read.",
                hint=phrase("Save each sheet as a file of its own, and import these."),
                file=path.name,
                sheet=str(error),
            ) from error
        except DAMAGE as error:
            raise unreadable(path) from error


def unreadable(path: Path) -> ExportRefused:
    """The refusal of a workbook that is damaged, or locked with a password."""
    return ExportRefused(
        "{file} can not be read as a workbook.",
        hint=phrase("Open it, save it anew as XLSX or CSV without a password, and import that."),
        file=path.name,
    )
