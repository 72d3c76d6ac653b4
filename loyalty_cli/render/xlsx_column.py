"""One column of a sheet: its number format, its width, and each cell as a number, a date or a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.render.cells import column_texts
from loyalty_cli.render.cells import decimal_digits
from loyalty_cli.render.cells import heading
from loyalty_cli.render.cells import NUMBERS
from loyalty_cli.render.cells import percent_digits
from loyalty_cli.render.figures import in_zone
from loyalty_cli.render.safe import safe
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say
from loyalty_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.look import Look

WIDEST = 60
# Kinds whose long texts go on in a further line.
WRAPPED = frozenset({"text", "said", "word"})
# Letters of a page are wider than the digits by which a sheet measures its columns.
WIDER = 1.1


def number_format(column: Column, cells: Sequence[Cell], table: Table, look: Look) -> str:
    """How Excel shows the column; it puts the reader's own marks for the comma and the point."""
    day = "yyyy-mm-dd" if look.language == "en" else "dd.mm.yyyy"
    digits = table.digits if column.kind == "money" else 0
    if column.kind == "percent":
        digits = percent_digits(cells)[1]
    elif column.kind == "number":
        digits = decimal_digits(cells)
    after_point = "." + "0" * digits if digits else ""
    formats = {
        "money": f"#,##0{after_point}",
        "points": "#,##0",
        "count": "#,##0",
        "number": f"#,##0{after_point}",
        "percent": f"0{after_point}%",
        "day": day,
        "month": "yyyy-mm",
        "moment": f"{day} hh:mm",
    }
    return formats.get(column.kind, "@")


def two_lines(text: str) -> int:
    """The width of a text that goes on in a second line, between words.

    >>> two_lines("Taken back, PLN"), two_lines("Month")
    (10, 5)
    """
    words = text.split(" ")
    return min(max(width_of(" ".join(words[:count])), width_of(" ".join(words[count:]))) for count in range(1, len(words) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWriter:
    """Writes the cells of one column."""

    column: Column
    table: Table
    look: Look
    number_format: str

    def width(self, cells: Sequence[Cell], total: Cell) -> float:
        """Wide enough for the heading with its filter button and for every cell, within reason."""
        texts = column_texts(self.column, [*cells, total], self.table, self.look.language)
        widest = max(map(width_of, texts), default=0)
        return min(WIDEST, max(widest + 3, two_lines(self.heading) + 5))

    def lines(self, cells: Sequence[Cell], width: float) -> list[int]:
        """In how many lines each cell stands in a column of this width."""
        if self.column.kind not in WRAPPED:
            return [1] * len(cells)
        texts = column_texts(self.column, cells, self.table, self.look.language)
        return [sum(ceil(width_of(line) * WIDER / (width - 1)) or 1 for line in text.split("\n")) for text in texts]

    @property
    def heading(self) -> str:
        """The heading; a percent shows its sign in the cells."""
        if self.column.kind == "percent":
            return word(self.column.heading, self.look.language)
        return heading(self.column, self.table, self.look.language)

    @property
    def align(self) -> dict[str, Any]:
        """Numbers stand right, all else left and not too near to the numbers before it."""
        if self.column.kind in NUMBERS:
            return {"align": "right"}
        return {"align": "left", "indent": int(self.column is not self.table.columns[0])}

    def write(self, book: Any, sheet: Any, start: tuple[int, int], cells: Sequence[Cell]) -> None:
        """The heading at the start and the cells below it."""
        top, index = start
        style = {"bold": True, "bottom": 1, **self.align, "bg_color": "#EFEFEA", "valign": "vcenter", "text_wrap": True}
        sheet.write_string(top, index, self.heading, book.add_format(style))
        style = {"num_format": self.number_format, **self.align, "valign": "top", "text_wrap": self.column.kind in WRAPPED}
        shown = book.add_format(style)
        for row, cell in enumerate(cells, start=top + 1):
            self.write_cell(sheet, (row, index), cell, shown)

    def write_total(self, book: Any, sheet: Any, place: tuple[int, int], total: Cell) -> None:
        """The sum under a line."""
        shown = book.add_format({"num_format": self.number_format, "bold": True, "top": 1, **self.align})
        if total is None:
            sheet.write_blank(*place, None, shown)
        else:
            self.write_cell(sheet, place, total, shown)

    def write_cell(self, sheet: Any, place: tuple[int, int], cell: Cell, shown: Any) -> None:
        """One cell by its kind; an unknown one stays empty."""
        if cell is None:
            return
        value = self.value(cell)
        if isinstance(value, str):
            sheet.write_string(*place, value, shown)
        elif isinstance(value, date):
            sheet.write_datetime(*place, value, shown)
        else:
            sheet.write_number(*place, value, shown)

    def value(self, cell: str | int) -> str | float | date:
        """The cell as a number, a date or a text."""
        match self.column.kind:
            case "money":
                return float(int(cell) / 10**self.table.digits)
            case "percent":
                return int(cell) / WHOLE
            case "points" | "count":
                return int(cell)
            case "number":
                return float(cell)
            case "day":
                return date_of(int(cell))
            case _:
                return self.text_or_date(str(cell))

    def text_or_date(self, cell: str) -> str | date:
        """A month and a moment as dates, our own words in the reader's language, everything else as it is."""
        match self.column.kind:
            case "month":
                return date.fromisoformat(f"{cell}-01")
            case "moment":
                local = in_zone(cell, self.table.timezone)
                return safe(cell) if local is None else local.replace(tzinfo=None)
            case "word":
                return word(cell, self.look.language)
            case "posted":
                return say(posted_said(cell), self.look.language)
            case "said":
                return say(said_again(cell), self.look.language)
            case _:
                return safe(cell)
