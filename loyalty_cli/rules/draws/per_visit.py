"""A prize draw with so many tickets for each visit in its period.

    draws:
      regulars:
        dates: 2027-03-01 to 2027-05-31
        tickets_per_visit: 1
        visit_at_least: 20.00
        prizes: {coffee machine: 1}

A visit is one day in one store: several receipts of that day in that store are one visit, and their lines that fit
`only:` come to at least `visit_at_least` together. Nobody gets more by paying in parts.
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


class PerVisit(DrawBlock):
    """Tickets by visits within the draw's period."""

    tickets_per_visit: Tickets = Field(description="how many tickets a visit gives")
    visit_at_least: Amount = Field(1, description="how much a visit comes to at least")

    @property
    def counting(self) -> Counts:
        """What is added up."""
        return "visits"

    def counted(self, amount: int) -> int:
        """One visit, if enough was bought."""
        return int(amount >= self.visit_at_least)

    def worth(self, summed: int) -> Fraction:
        """Each for itself."""
        return Fraction(summed * self.tickets_per_visit)

    def tickets(self, summed: int) -> int:
        """So many for each visit."""
        return self.capped(summed * self.tickets_per_visit)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        return phrase(
            "{count} ticket for each visit of at least {amount}; a visit is one day in one store.",
            "{count} tickets for each visit of at least {amount}; a visit is one day in one store.",
            count=self.tickets_per_visit,
            amount=money(self.visit_at_least),
        )


RULE = PerVisit
