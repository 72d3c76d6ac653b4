"""XLSX for spreadsheets: numbers are numbers, days are dates, and no text can become a formula."""

from __future__ import annotations

import io
from dataclasses import dataclass
from dataclasses import replace
from math import ceil
from typing import Any
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.bands import keys_of
from loyalty_cli.render.safe import safe
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say
from loyalty_cli.render.words import word
from loyalty_cli.render.xlsx_column import ColumnWriter
from loyalty_cli.render.xlsx_column import number_format
from loyalty_cli.render.xlsx_column import WIDER

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
LONGEST_NAME = 31
# So many worths beside their points make a table too wide: they have a sheet of their own.
FEWEST_WORTHS = 5
# Letters of the standard font that a turned A4 page holds at three quarters of its size.
WIDEST_ON_A_PAGE = 170
PART_OF_FIRST_PAGE = 0.45
FONT_SIZE = 11
# A line is so much higher than its letters.
LINE = 1.4
FORBIDDEN_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\'")


def render(outcome: Outcome, look: Look) -> bytes:
    """A workbook with a sheet for each table."""
    out = io.BytesIO()
    book = Workbook(out, NOTHING_IS_GUESSED)
    book.set_properties(properties(outcome, look))
    names: set[str] = set()
    for table in [part for whole in outcome.tables for part in parts_of(whole)]:
        titles = [say(each, look.language) for each in (table.title, table.short) if each]
        sheet = book.add_worksheet(sheet_name(next((one for one in titles if len(one) <= LONGEST_NAME), titles[0]), names))
        fill(book, sheet, table, look)
    if not outcome.tables:
        sheet = book.add_worksheet()
        for row, said in enumerate(outcome.said):
            sheet.write_string(row, 0, say(said, look.language))
    book.close()
    return out.getvalue()


def parts_of(table: Table) -> list[Table]:
    """A table, or two of one that has points and what each of them is worth: first the points, then the money."""
    points = [column.heading for column in table.columns if column.kind == "points"]
    places = range(len(table.columns))
    worths = [at for at in places if table.columns[at].kind == "money" and table.columns[at].heading in points]
    if len(worths) < FEWEST_WORTHS:
        return [table]
    keys = [at for at in places if table.columns[at].kind in {"month", "text"}]
    others = [at for at in places if at not in worths]
    # In the order of their points.
    worths.sort(key=lambda at: points.index(table.columns[at].heading))
    return [
        replace(
            table,
            title=title,
            columns=[table.columns[at] for at in part],
            rows=[tuple(row[at] for at in part) for row in table.rows],
        )
        for title, part in ((table.title, others), (phrase("{title}, in money", title=table.title), [*keys, *worths]))
    ]


def properties(outcome: Outcome, look: Look) -> dict[str, Any]:
    """What the file says of itself: whose it is, what it shows, of which days, and when it was made."""
    first = outcome.tables[0] if outcome.tables else None
    return {
        "title": say(first.title, look.language) if first else "",
        "subject": say(first.basis, look.language) if first and first.basis else "",
        "author": look.shop,
        "company": look.shop,
        "comments": "loyalty",
        "created": look.made_at.replace(tzinfo=None),
    }


def sheet_name(title: str, taken: set[str]) -> str:
    """A title as Excel allows it for a sheet: at most 31 signs, cut between words, and each name once."""
    whole = " ".join(title.translate(FORBIDDEN_IN_SHEET_NAMES).split()) or "-"
    name = whole if len(whole) <= LONGEST_NAME else whole[: LONGEST_NAME + 1].rpartition(" ")[0] or whole[:LONGEST_NAME]
    for number in range(2, len(taken) + 3):
        if name.lower() not in taken:
            break
        name = f"{whole[: LONGEST_NAME - len(str(number)) - 1].rstrip()} {number}"
    taken.add(name.lower())
    return name


def fill(book: Any, sheet: Any, table: Table, look: Look) -> None:
    """Title and basis, headings that stay in sight, the rows, the totals and the notes."""
    faint = {"font_color": "#666666"}
    widths = fill_columns(book, sheet, table, look)
    first, last = columns_of_sentences(table, widths)
    lines = Lines(book=book, sheet=sheet, first=first, last=last, room=sum(widths[first : last + 1]))
    lines.write(0, say(table.title, look.language), {"bold": True, "font_size": 14})
    if table.basis is not None:
        lines.write(1, say(table.basis, look.language), faint)
    below = HEADINGS + 1 + len(table.rows)
    if not table.rows and table.empty is not None:
        lines.write(below, say(table.empty, look.language), {})
    for number, note in enumerate(table.notes, start=2):
        lines.write(below + number, say(note, look.language), faint)
    if table.rows:
        sheet.autofilter(HEADINGS, 0, below - 1, len(table.columns) - 1)
    print_well(sheet, table, look, room=sum(widths))


def columns_of_sentences(table: Table, widths: list[float]) -> tuple[int, int]:
    """The first and the last column that a title or a note stands over: all, or those of the first of two pages.

    What names the rows is printed on both pages, so no sentence begins there.
    """
    if sum(widths) <= WIDEST_ON_A_PAGE:
        return 0, len(widths) - 1
    first = keys_of(table)
    on_first = [index for index in range(len(widths)) if sum(widths[: index + 1]) <= sum(widths) * PART_OF_FIRST_PAGE]
    return first, max(first, *on_first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Sentences above and below a table: each over all its columns and as high as it needs, so that no printer cuts it."""

    book: Any
    sheet: Any
    first: int
    last: int
    room: float

    def write(self, row: int, text: str, style: dict[str, Any]) -> None:
        """A sentence in a row of its own."""
        shown = self.book.add_format({"text_wrap": True, "valign": "top", **style})
        points = style.get("font_size", FONT_SIZE)
        if self.last > self.first:
            self.sheet.merge_range(row, self.first, row, self.last, "", shown)
        self.sheet.write_string(row, self.first, text, shown)
        lines = ceil(width_of(text) * points / FONT_SIZE * WIDER / self.room)
        self.sheet.set_row(row, lines * points * LINE)


def fill_columns(book: Any, sheet: Any, table: Table, look: Look) -> list[float]:
    """Every column with its heading, its cells and its sum, which is named where that is free; how wide each is."""
    totals = table.totals()
    below = HEADINGS + 1 + len(table.rows)
    widths = []
    lines = 1
    heights = [1] * len(table.rows)
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        total = totals[index] if totals is not None else None
        shown = number_format(column, cells, table, look)
        writer = ColumnWriter(column=column, table=table, look=look, number_format=shown)
        widths.append(writer.width(cells, total))
        sheet.set_column(index, index, widths[-1])
        lines = max(lines, 2 if width_of(writer.heading) + 5 > widths[-1] else 1)
        writer.write(book, sheet, (HEADINGS, index), cells)
        heights = list(map(max, heights, writer.lines(cells, widths[-1])))
        if totals is not None:
            writer.write_total(book, sheet, (below, index), total)
    sheet.set_row(HEADINGS, lines * FONT_SIZE * LINE)
    # Not every program finds out by itself how high a row is in which a text goes on.
    for row, count in enumerate(heights, start=HEADINGS + 1):
        if count > 1:
            sheet.set_row(row, count * FONT_SIZE * LINE)
    if totals is not None and totals[0] is None:
        label = book.add_format({"bold": True, "top": 1})
        sheet.write_string(below, 0, word("Total", look.language), label)
    return widths


def print_well(sheet: Any, table: Table, look: Look, *, room: float) -> None:
    """Headings stay in sight on the screen and on every printed page, which names the shop, the report and its days."""
    sheet.freeze_panes(HEADINGS + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    # A table so wide that it could not be read any more goes on beside, with what names its rows again.
    sheet.fit_to_pages(1 if room <= WIDEST_ON_A_PAGE else 2, 0)
    if room > WIDEST_ON_A_PAGE:
        sheet.repeat_columns(0, keys_of(table) - 1)
    sheet.repeat_rows(HEADINGS)
    title, basis = (say(each, look.language) if each else "" for each in (table.title, table.basis))
    sheet.set_header(f"&L{plain(look.shop)}&R{plain(title)}")
    sheet.set_footer(f"&L{plain(basis)}&R&P / &N")


def plain(text: str) -> str:
    """A text in a printed margin, in which an ampersand would begin a code; Excel takes 255 signs in all."""
    return safe(text)[:120].replace("&", "&&")
