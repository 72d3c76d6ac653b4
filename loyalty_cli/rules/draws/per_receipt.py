"""A prize draw with so many tickets for each receipt of its period.

    draws:
      receipt lottery:
        dates: 2027-03-01 to 2027-05-31
        tickets_per_receipt: 1
        receipt_at_least: 50.00
        prizes: {voucher: 20}

A receipt counts when its lines that fit `only:` come to at least `receipt_at_least`; after a return, what is left.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.draws.block import Counts
from loyalty_cli.rules.draws.block import DrawBlock
from loyalty_cli.rules.draws.block import Tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PerReceipt(DrawBlock):
    """Tickets by receipts within the draw's period."""

    tickets_per_receipt: Tickets = Field(description="how many tickets a receipt gives")
    receipt_at_least: Amount = Field(1, description="the smallest receipt that counts")

    @property
    def counting(self) -> Counts:
        """What is added up."""
        return "receipts"

    def counted(self, amount: int) -> int:
        """One receipt, if it is large enough."""
        return int(amount >= self.receipt_at_least)

    def worth(self, summed: int) -> Fraction:
        """Each for itself."""
        return Fraction(summed * self.tickets_per_receipt)

    def tickets(self, summed: int) -> int:
        """So many for each receipt."""
        return self.capped(summed * self.tickets_per_receipt)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        return phrase(
            "{count} ticket for each receipt of at least {amount}.",
            "{count} tickets for each receipt of at least {amount}.",
            count=self.tickets_per_receipt,
            amount=money(self.receipt_at_least),
        )


RULE = PerReceipt
