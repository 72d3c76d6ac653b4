"""The columns of a table as texts, and the bands in which a wide table stands one below the other.

No value is left out where there is little room: each band begins with the columns that name the row, and goes on with as
many of the others as fit; points come before their worth in money.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.cells import column_texts
from loyalty_cli.render.cells import heading
from loyalty_cli.render.cells import NUMBERS
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table

GAP = 2
# A name folded narrower than this can not be read any more.
NARROWEST_TEXT = 12
# A word longer than this is broken before a column is moved into another band.
LONGEST_WORD = 20
# What is counted; a percent of zero says something.
COUNTED = frozenset({"money", "points", "count"})
# No more columns than these are repeated to name a row.
MOST_KEYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A column as people read it: its heading, its texts, and the sum of all rows."""

    name: str
    kind: str
    heading: str
    texts: Sequence[str]
    total: str

    @property
    def right(self) -> bool:
        """Numbers stand right."""
        return self.kind in NUMBERS

    @property
    def foldable(self) -> bool:
        """Whether a text may go on in the next line; a number, a day and a code never do."""
        return self.kind in {"text", "said", "posted", "word"}

    @property
    def content(self) -> int:
        """The width of the widest cell."""
        return max(max(map(width_of, self.texts), default=0), width_of(self.total))

    @property
    def width(self) -> int:
        """The width at which nothing is folded."""
        return max(self.content, width_of(self.heading))

    @property
    def narrowest(self) -> int:
        """The width below which a number would be cut or a name could not be read; headings fold between words."""
        words = max(map(width_of, self.heading.split()), default=1)
        if not self.foldable:
            return max(words, self.content)
        longest = max((width_of(word) for text in self.texts for word in text.split(" ")), default=0)
        return max(words, min(self.content, max(NARROWEST_TEXT, min(longest, LONGEST_WORD))))


def columns_shown(table: Table, language: str, *, rows: int | None = None) -> list[Shown]:
    """Every column of the first so many rows; the totals are those of all."""
    totals = table.totals() or tuple(None for _ in table.columns)
    first = table.rows if rows is None else table.rows[:rows]
    return [
        one_column(column, [*(row[index] for row in first), totals[index]], table, language) for index, column in enumerate(table.columns)
    ]


def one_column(column: Column, cells: Sequence[Cell], table: Table, language: str) -> Shown:
    """A column with its texts; the last cell is the total."""
    texts = column_texts(column, cells, table, language)
    title = heading(column, table, language)
    return Shown(name=column.name, kind=column.kind, heading=title, texts=texts[:-1], total=texts[-1])


def without_zeros(columns: Sequence[Shown], table: Table, room: int, *, gap: int = GAP) -> tuple[list[Shown], list[str]]:
    """Where there is little room, the columns that are not zero from top to bottom; and the headings of those that are.

    What names the rows stays, and so does everything in a table that is all zero.
    """
    if sum(column.narrowest + gap for column in columns) - gap <= room or not table.rows:
        return list(columns), []
    keys = keys_of(table)
    zeros = {
        column.name
        for place, column in enumerate(columns)
        if place >= keys and column.kind in COUNTED and all(row[place] == 0 for row in table.rows)
    }
    if not any(column.kind in COUNTED and column.name not in zeros for column in columns[keys:]):
        return list(columns), []
    left = [column for column in columns if column.name not in zeros]
    return left, [column.heading for column in columns if column.name in zeros]


def zeros_said(left_out: Sequence[str]) -> list[Phrase]:
    """That columns were left out, if some were."""
    return [phrase("Not shown, for they are zero throughout: {columns}.", columns="; ".join(left_out))] if left_out else []


def bands(columns: Sequence[Shown], table: Table, room: int, *, gap: int = GAP) -> list[list[Shown]]:
    """The columns in bands that fit into the room; one band, if everything fits."""

    def fits(band: Sequence[Shown]) -> bool:
        return sum(column.narrowest + gap for column in band) - gap <= room

    if fits(columns):
        return [list(columns)]
    keys = list(columns[: keys_of(table)])
    made: list[list[Shown]] = []
    # A column that says nothing of these rows takes no room from the others.
    for group in points_and_worths([column for column in columns[len(keys) :] if column.content], table):
        band = list(keys)
        for column in group:
            if len(band) > len(keys) and not fits([*band, column]):
                made.append(band)
                band = list(keys)
            band.append(column)
        made.append(band)
    # Where the name of a row and one column are too wide together, each stands alone.
    return [part for band in made for part in ([band] if fits(band) else [keys, band[len(keys) :]])]


def keys_of(table: Table) -> int:
    """How many of the first columns name a row: as few as tell all rows apart, else one."""
    return next(
        (
            count
            for count in range(1, min(MOST_KEYS, len(table.columns) - 1) + 1)
            if len({row[:count] for row in table.rows}) == len(table.rows)
        ),
        1,
    )


def points_and_worths(columns: Sequence[Shown], table: Table) -> list[list[Shown]]:
    """Where points have their worth beside them: all others first, then the worths in the order of their points."""
    points = [column.heading for column in table.columns if column.kind == "points"]
    place = {column.name: points.index(column.heading) for column in table.columns if column.kind == "money" and column.heading in points}
    worths = sorted((column for column in columns if column.name in place), key=lambda column: place[column.name])
    return [group for group in ([column for column in columns if column.name not in place], worths) if group]


def total_label(columns: Sequence[Shown], language: str) -> str:
    """The first cell of the line of totals: its name, where no total stands there and it fits."""
    label = say(phrase("Total"), language)
    return columns[0].total or (label if width_of(label) <= columns[0].width else "")
