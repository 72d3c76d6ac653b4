"""The cells of a table as people read them: one text per cell, the unit once in the heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.model.shown.posted import posted_said
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.safe import safe
from loyalty_cli.render.words import say
from loyalty_cli.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.figures import Figures

NUMBERS = frozenset({"money", "points", "count", "number", "percent"})


def heading(column: Column, table: Table, language: str) -> str:
    """The heading of a column with its unit: `Spent, PLN`, `Share, %`; the month stays 2026-11 everywhere."""
    text = word(column.heading, language) if column.heading else column.name
    if column.kind == "money" and table.currency:
        return f"{text}, {table.currency}"
    return f"{text}, %" if column.kind == "percent" else text


def column_texts(column: Column, cells: Sequence[Cell], table: Table, language: str) -> list[str]:
    """The cells of one column as text; an unknown cell is empty."""
    written = writing(column, cells, table, language)
    return ["" if cell in (None, "") else written(cell) for cell in cells]


def writing(column: Column, cells: Iterable[Cell], table: Table, language: str) -> Callable[[str | int], str]:
    """How the cells of a column are written; percents have the same digits all down the column."""
    figures = figures_of(language)
    unit, digits = percent_digits(cells) if column.kind == "percent" else (1, 0)
    by_kind: dict[str, Callable[[str | int], str]] = {
        "money": lambda cell: figures.number(int(cell), table.digits),
        "points": lambda cell: figures.number(int(cell)),
        "count": lambda cell: figures.number(int(cell)),
        "percent": lambda cell: figures.number(int(cell) // unit, digits),
        "number": decimals_written(cells, figures) if column.kind == "number" else str,
        "day": lambda cell: figures.day(int(cell)),
        "moment": lambda cell: figures.moment(str(cell), table.timezone),
        "word": lambda cell: word(str(cell), language),
        "posted": lambda cell: say(posted_said(str(cell)), language),
        "said": lambda cell: say(said_again(str(cell)), language),
    }
    return by_kind.get(column.kind, lambda cell: safe(str(cell)))


def decimals_written(cells: Iterable[Cell], figures: Figures) -> Callable[[str | int], str]:
    """How decimals are written: with the same digits after the point all down the column."""
    digits = decimal_digits(cells)

    def write(cell: str | int) -> str:
        whole, _, part = str(cell).partition(".")
        return figures.number(int(f"{whole}{part:0<{digits}}"), digits)

    return write


def decimal_digits(cells: Iterable[Cell]) -> int:
    """The digits after the point that a column of decimals needs.

    >>> decimal_digits(["7", "12.5", "0.25", None])
    2
    """
    return max((len(str(cell).partition(".")[2]) for cell in cells if cell is not None), default=0)


def percent_digits(cells: Iterable[Cell]) -> tuple[int, int]:
    """The basis points in one last digit, and the digits after the point that a column of percents needs.

    >>> percent_digits([500, 750]), percent_digits([500, 1200])
    ((10, 1), (100, 0))
    """
    known = [int(cell) for cell in cells if cell is not None]
    if all(cell % 100 == 0 for cell in known):
        return 100, 0
    return (10, 1) if all(cell % 10 == 0 for cell in known) else (1, 2)
