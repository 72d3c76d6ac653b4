"""How wide each column of a table on a screen may be, and which columns do not fit at all."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.render.cells import column_texts
from loyalty_cli.render.cells import heading
from loyalty_cli.render.cells import NUMBERS
from loyalty_cli.render.safe import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.model.shown.table import Table

GAP = 2
# A name folded narrower than this can not be read any more.
NARROWEST_TEXT = 12
# A word longer than this is broken before a whole column is left out.
LONGEST_WORD = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A column as it will stand on the page: its heading, its texts with the total last, and its width."""

    heading: str
    texts: Sequence[str]
    total: str
    right: bool
    foldable: bool
    width: int

    @property
    def narrowest(self) -> int:
        """The width below which a number would be cut or a name could not be read."""
        words = max(map(width_of, self.heading.split()), default=1)
        return max(words, self.longest_word if self.foldable else self.content)

    @property
    def longest_word(self) -> int:
        """The width at which names are folded between words only; a very long word may be broken."""
        longest = max((width_of(word) for text in self.texts for word in text.split(" ")), default=0)
        return min(self.content, max(NARROWEST_TEXT, min(longest, LONGEST_WORD)))

    @property
    def content(self) -> int:
        """The width of the widest cell."""
        return max(max(map(width_of, self.texts), default=0), width_of(self.total))


def shown(table: Table, language: str, width: int | None) -> tuple[list[Shown], list[str]]:
    """The columns that fit into the width, and the headings of those that do not."""
    totals = table.totals() or tuple(None for _ in table.columns)
    every = [
        one_column(column, [*(row[index] for row in table.rows), totals[index]], table, language)
        for index, column in enumerate(table.columns)
    ]
    if width is None:
        return every, []
    fitting = list(every)
    while len(fitting) > 2 and needed([column.narrowest for column in fitting]) > width:
        fitting.pop()
    widths = fitted(fitting, width)
    kept = [replace(column, width=new) for column, new in zip(fitting, widths, strict=True)]
    return kept, [column.heading for column in every[len(fitting) :]]


def one_column(column: Column, cells: Sequence[str | int | None], table: Table, language: str) -> Shown:
    """A column at its natural width."""
    texts = column_texts(column, cells, table, language)
    title = heading(column, table, language)
    return Shown(
        heading=title,
        texts=texts[:-1],
        total=texts[-1],
        right=column.kind in NUMBERS,
        foldable=column.kind in {"text", "said"},
        width=max(width_of(title), max(map(width_of, texts), default=0)),
    )


def needed(widths: Sequence[int]) -> int:
    """The width of a line with these columns."""
    return sum(widths) + GAP * (len(widths) - 1)


def fitted(columns: Sequence[Shown], width: int) -> list[int]:
    """Widths that fit: first headings wider than their cells are folded, then names."""
    widths = [column.width for column in columns]
    for floors in (
        [max(column.content, column.narrowest) for column in columns],
        [column.narrowest for column in columns],
    ):
        while (over := needed(widths) - width) > 0:
            room = [have - floor for have, floor in zip(widths, floors, strict=True)]
            widest = max(range(len(widths)), key=lambda index: (room[index], -index))
            if room[widest] <= 0:
                break
            widths[widest] -= min(over, max(1, room[widest] // 2))
    return widths
