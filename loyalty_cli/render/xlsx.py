"""XLSX for spreadsheets: numbers are numbers, days are dates, and no text can become a formula."""

from __future__ import annotations

import io
from typing import Any
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from loyalty_cli.render.words import say
from loyalty_cli.render.words import word
from loyalty_cli.render.xlsx_column import ColumnWriter
from loyalty_cli.render.xlsx_column import number_format

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look

# A text is written as text: XlsxWriter's own write() would take "=1+1" for a formula.
NOTHING_IS_GUESSED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# The headings stand in the fourth line, below the title, the basis and an empty line.
HEADINGS = 3
FORBIDDEN_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")


def render(outcome: Outcome, look: Look) -> bytes:
    """A workbook with a sheet for each table."""
    out = io.BytesIO()
    book = Workbook(out, NOTHING_IS_GUESSED)
    book.set_properties({"created": look.made_at.replace(tzinfo=None)})
    names: set[str] = set()
    for table in outcome.tables:
        sheet = book.add_worksheet(sheet_name(say(table.title, look.language), names))
        fill(book, sheet, table, look)
    if not outcome.tables:
        sheet = book.add_worksheet()
        for row, said in enumerate(outcome.said):
            sheet.write_string(row, 0, say(said, look.language))
    book.close()
    return out.getvalue()


def sheet_name(title: str, taken: set[str]) -> str:
    """A title as Excel allows it for a sheet: at most 31 signs, and each name once."""
    name = title.translate(FORBIDDEN_IN_SHEET_NAMES)[:28].strip() or "-"
    while name.lower() in taken:
        stem, _, number = name.rpartition(" ")
        name = f"{stem} {int(number) + 1}" if number.isdecimal() and stem else f"{name} 2"
    taken.add(name.lower())
    return name


def fill(book: Any, sheet: Any, table: Table, look: Look) -> None:
    """Title and basis, headings that stay in sight, the rows, the totals and the notes."""
    faint = book.add_format({"font_color": "#666666"})
    sheet.write_string(
        0, 0, say(table.title, look.language), book.add_format({"bold": True, "font_size": 14})
    )
    if table.basis is not None:
        sheet.write_string(1, 0, say(table.basis, look.language), faint)
    fill_columns(book, sheet, table, look)
    below = HEADINGS + 1 + len(table.rows)
    if not table.rows and table.empty is not None:
        sheet.write_string(below, 0, say(table.empty, look.language))
    for number, note in enumerate(table.notes, start=2):
        sheet.write_string(below + number, 0, say(note, look.language), faint)
    if table.rows:
        sheet.autofilter(HEADINGS, 0, below - 1, len(table.columns) - 1)
    print_well(sheet)


def fill_columns(book: Any, sheet: Any, table: Table, look: Look) -> None:
    """Every column with its heading, its cells and its sum; the line of sums is named where that is free."""
    totals = table.totals()
    below = HEADINGS + 1 + len(table.rows)
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        total = totals[index] if totals is not None else None
        shown = number_format(column, cells, table, look)
        writer = ColumnWriter(column=column, table=table, look=look, number_format=shown)
        sheet.set_column(index, index, writer.width(cells, total))
        writer.write(book, sheet, (HEADINGS, index), cells)
        if totals is not None:
            writer.write_total(book, sheet, (below, index), total)
    if totals is not None and totals[0] is None:
        label = book.add_format({"bold": True, "top": 1})
        sheet.write_string(below, 0, word("Total", look.language), label)


def print_well(sheet: Any) -> None:
    """Headings stay in sight on the screen and on every printed page."""
    sheet.freeze_panes(HEADINGS + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADINGS)
    sheet.set_footer("&L&A&R&P / &N")
