"""What is wrong with the rows of a batch, and the rows that are set aside because of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.importers.receipts.filling import looks_like_totals
from loyalty_cli.model.purchase_batch import SetAside
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.cells import Column
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.reading.csv.files import Rows

Value = TypeVar("Value")


class Faults:
    """Reasons by the row's place in its batch."""

    def __init__(self) -> None:
        self.reasons: defaultdict[int, list[Phrase]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self.reasons)

    def add(self, row: int, reason: Phrase) -> None:
        """Note what is wrong with a row."""
        if reason not in self.reasons[row]:
            self.reasons[row].append(reason)

    def take_back(self, row: int, reason: Phrase) -> None:
        """Note that something is not wrong with a row after all."""
        if reason in self.reasons[row]:
            self.reasons[row].remove(reason)
        if not self.reasons[row]:
            del self.reasons[row]

    def read(
        self,
        column: Column[Value],
        texts: Sequence[str],
        rows: Sequence[int] | None,
        filler: Value,
        cells: Sequence[str] | None = None,
    ) -> list[Value]:
        """The meaning of a column's cells; a cell that means nothing is noted and filled.

        Where the texts are parts of cells, what is noted names the whole `cells`.
        """
        values = column.memo.column(texts)
        if column.memo.bad:
            column.memo.bad = False
            for place, value in enumerate(values):
                if value is None:
                    self.add(place if rows is None else rows[place], column.why((texts if cells is None else cells)[place]))
                    values[place] = filler
        return values

    def receipts(self, starts: Sequence[int]) -> list[int]:
        """The receipts that have such rows, in order."""
        return sorted({bisect_right(starts, row) - 1 for row in self.reasons})

    def set_aside(self, rows: Rows, first: int, last: int, behind: int) -> list[SetAside]:
        """All rows of one receipt, each with its own reason or the line of the row that has one.

        The last cells of each, so many as were put together behind its own, are left off again.
        """
        culprit = min(row for row in self.reasons if first <= row < last)
        sibling = phrase("another row of this receipt is set aside: line {line}", line=rows.lines[culprit])
        head = rows.lines[first]
        return [
            SetAside(
                rows.lines[row],
                rows.cells[row][: len(rows.cells[row]) - behind],
                self.reason(row, rows.cells[row]) if row in self.reasons else sibling,
                head,
            )
            for row in range(first, last)
        ]

    def reason(self, row: int, cells: list[str]) -> Phrase:
        """Why a row is set aside; a sum of others is called so."""
        if looks_like_totals(cells):
            return phrase("this looks like a row of totals; if it is one, name its words in the layout: total_rows")
        return joined(self.reasons[row])


def joined(reasons: list[Phrase]) -> Phrase:
    """Several reasons as one."""
    first, *others = reasons
    return phrase("{one}; {other}", one=first, other=joined(others)) if others else first
