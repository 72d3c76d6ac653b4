"""A report as data: typed columns, rows, a title and the notes a reader needs. Every format is made from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase

Kind = Literal["text", "word", "said", "posted", "code", "money", "points", "count", "number", "percent", "day", "moment", "month"]
"""What the cells of a column hold, and so how they look.

text a name; word one of our own words, translated for people; said a kept
sentence (model/kept_phrase.py), translated for people; posted a name of the books (shown/posted.py), said in words to people;
code an identifier that must stay text; money minor
units; points and count whole numbers; number a decimal as exact text, `-1234.5`;
percent basis points (500 = 5 %); day a day number; moment an ISO UTC instant; month `2026-11`. None is an empty cell.
"""

Cell = str | int | None


# The heading of a column that is asked for by its name, as in a query: the same in every language.
AS_NAMED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its stable machine name, its heading (English, translated when shown; AS_NAMED keeps the name) and its kind."""

    name: str
    heading: str
    kind: Kind = "text"
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A report's content. `basis` says which days are counted and by which date; `empty` is said if no row is there.

    Moments are kept in UTC; people read them in `timezone`. In a tree, rows stand below their value of `gathered_by`.
    `short` is a title for where there is little room, such as the name of a sheet.
    """

    name: str
    title: Phrase
    columns: Sequence[Column]
    rows: Sequence[tuple[Cell, ...]]
    currency: str
    digits: int = 2
    basis: Phrase | None = None
    notes: Sequence[Phrase] = ()
    empty: Phrase | None = None
    timezone: str = "UTC"
    gathered_by: str = ""
    short: Phrase | None = None

    def totals(self) -> tuple[Cell, ...] | None:
        """The sums of the columns that have one, in column order, or None if no column has.

        Of a column in which nothing is known there is no sum either: it is not nothing.
        """
        if not any(column.total for column in self.columns) or not self.rows:
            return None
        return tuple(
            sum(known) if column.total and (known := [cell for row in self.rows if isinstance(cell := row[index], int)]) else None
            for index, column in enumerate(self.columns)
        )
