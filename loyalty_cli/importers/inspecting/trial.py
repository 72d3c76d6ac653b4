"""What an import would do with a file, as far as it was tried while the file was inspected."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.importers.lists.twice import Twice
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.model.shown.phrase import Phrase

MOST_REASONS = 3
# How the reason of a row begins that only goes along with another one of its receipt.
ANOTHER_ROW = "another row of this receipt"


@dataclass(slots=True, kw_only=True)
class Trial:
    """What an import would do; `refused` if it would refuse the file whole. A list has rows that come in as its lines."""

    kind: str = "purchases"
    receipts: int = 0
    lines: int = 0
    total: int = 0
    ignored: int = 0
    set_aside: int = 0
    minus: int = 0
    reasons: list[tuple[int, Phrase]] = field(default_factory=list)
    refused: Phrase | None = None
    whole: bool = True
    # Cards of a list of members that have two names there.
    twice: list[Twice] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Whether most of the file goes in."""
        return self.refused is None and self.set_aside <= self.lines

    def count(self, batch: PurchaseBatch) -> None:
        """Count one batch."""
        self.receipts += len(batch.numbers)
        self.lines += len(batch.amounts)
        self.total += sum(batch.totals) - paid_back(batch)
        self.ignored += batch.ignored
        self.minus += batch.minus
        self.set_aside += len(batch.set_aside)
        own = [(each.line, each.reason) for each in batch.set_aside if not each.reason.text.startswith(ANOTHER_ROW)]
        self.reasons += own[: MOST_REASONS - len(self.reasons)]

    def data(self) -> dict[str, object]:
        """The same in numbers for a script; the total in minor units."""
        return {
            "whole_file": self.whole,
            "receipts": self.receipts,
            "lines": self.lines,
            "total_minor": self.total,
            "set_aside": self.set_aside,
            "ignored": self.ignored,
            "reasons": [{"line": line, "reason": str(why)} for line, why in self.reasons],
            "refused": str(self.refused) if self.refused is not None else None,
        }


def paid_back(batch: PurchaseBatch) -> int:
    """What the till says was paid back of receipts of this batch since; an import books it with them."""
    if not batch.refunds:
        return 0
    totals = dict(zip(zip(batch.stores, batch.numbers, strict=True), batch.totals, strict=True))
    back = 0
    for refund in batch.refunds:
        total = max(0, totals.get((refund.store, refund.number), 0))
        back += total if refund.amount is None else min(refund.amount, total)
    return back
