"""A batch in the making: columns from which receipts can still be dropped."""

from __future__ import annotations

from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.receipts.heads import Heads
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.model.purchase_batch import Refund
    from loyalty_cli.model.purchase_batch import SetAside
    from loyalty_cli.reading.csv.files import Rows


class Draft:
    """A batch in the making: columns from which receipts can still be dropped."""

    def __init__(self, rows: Rows, starts: list[int], heads: Heads, lines: Lines) -> None:
        self.heads = heads
        self.lines = lines
        self.file_lines = list(map(rows.lines.__getitem__, starts))
        self.starts = [*starts, len(rows.cells)]
        self.lost: list[tuple[str, str]] = []
        self.set_aside: list[SetAside] = []
        self.refunds: list[Refund] = []
        # Rows of cancelled receipts.
        self.ignored = 0

    def drop(self, rows: Rows, faults: Faults, gone: Sequence[int], behind: int) -> None:
        """Take out receipts that were cancelled, and those with faults, whose rows are set aside."""
        self.ignored += sum(self.starts[receipt + 1] - self.starts[receipt] for receipt in gone)
        faulty = set(faults.receipts(self.starts[:-1])).difference(gone)
        for receipt in sorted(faulty):
            key = self.heads.stores[receipt], self.heads.numbers[receipt]
            own = faults.set_aside(rows, self.starts[receipt], self.starts[receipt + 1], behind)
            self.set_aside += [row._replace(key=key) for row in own]
            self.lost.append(key)
        self.leave_out({*faulty, *gone})
        lost = set(self.lost)
        self.refunds = [refund for refund in self.refunds if (refund.store, refund.number) not in lost]

    def leave_out(self, receipts: Collection[int]) -> None:
        """Take receipts out of the columns."""
        lengths = list(map(sub, self.starts[1:], self.starts))
        for receipt in sorted(receipts, reverse=True):
            self.lines.drop(self.starts[receipt], self.starts[receipt + 1])
            self.heads.drop(receipt)
            del lengths[receipt], self.file_lines[receipt]
        self.starts = list(accumulate(lengths, initial=0))
