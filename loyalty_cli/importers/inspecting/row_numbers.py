"""The numbers of any columns side by side, row by row: what arithmetic says of columns whose names may mean anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.seen_receipts import cell
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.reading.likely.numbers import value_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from loyalty_cli.importers.inspecting.inspection import Inspection
    from loyalty_cli.importers.inspecting.seen_columns import SeenColumn

# So many rows tell enough of a column.
MOST_COMPARED = 5000
NEARLY_ALL = 0.97
# One coin more or less, in thousandths: tills round what they show.
A_COIN = 10
HUNDRED_PERCENT = 100_000


class RowNumbers:
    """Reads columns as numbers in thousandths, each once."""

    def __init__(self, of: Inspection) -> None:
        self.rows = of.table.rows[:MOST_COMPARED]
        self.form, self.signs = of.number_form, of.signs
        self.known: dict[int, list[int | None]] = {}

    def of(self, column: SeenColumn) -> list[int | None]:
        """A column's numbers; None where there is none."""
        if column.place not in self.known:
            texts = (cell(row, column).removesuffix("%").strip() for row in self.rows)
            self.known[column.place] = [value_of(text, self.form, self.signs) if text else None for text in texts]
        return self.known[column.place]

    def agree(self, columns: Iterable[SeenColumn], rule: Callable[..., int | None], *, telling: int = -1) -> bool:
        """Whether the last column is what the rule makes of the others, on nearly all rows.

        Only rows count on which the column at `telling` (counted from 0) is not nought; without one of those nothing is
        proved. Signs do not matter.
        """
        rows = list(zip(*(self.of(column) for column in columns), strict=True))
        told = right = 0
        for row in rows:
            if None in row or (telling >= 0 and not row[telling]):
                continue
            expected = rule(*(abs(number) for number in row[:-1]))
            if expected is not None:
                told += 1
                right += abs(abs(row[-1]) - expected) <= A_COIN
        return told > 0 and right >= NEARLY_ALL * told


def same(first: int) -> int:
    """The number itself."""
    return first


def product(count: int, price: int) -> int:
    """Quantity times price."""
    return (count * price + PIECE // 2) // PIECE


def plus(first: int, second: int) -> int:
    """Both together."""
    return first + second


def less(first: int, second: int) -> int:
    """The first without the second."""
    return first - second


def less_product(count: int, price: int, off: int) -> int:
    """Quantity times price, less what came off."""
    return product(count, price) - off


def less_percent(first: int, percent: int) -> int | None:
    """The first less so many percent of it."""
    return first - (first * percent + HUNDRED_PERCENT // 2) // HUNDRED_PERCENT if percent <= HUNDRED_PERCENT else None
