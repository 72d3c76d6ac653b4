"""A prize draw with a ticket for every so much bought in its period.

    draws:
      spring draw:
        dates: 2027-03-01 to 2027-05-31
        one_ticket_for_every: 500.00
        at_most: 20 tickets
        prizes: {sewing machine: {count: 1, worth: 1900.00}, fabric box: 10}
        reserves: 5
        claim_within: 14 days
        excluded: {groups: [staff, relatives of staff], younger_than: 18 years}
        randomness: {from: drand quicknet, at: 2027-06-05 20:00}

Whole tickets only: what is left over from one receipt adds to the next one in the period. Returns count off.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.draws.block import DrawBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PerAmount(DrawBlock):
    """Tickets by turnover within the draw's period."""

    one_ticket_for_every: Amount = Field(description="how much money gives one ticket")

    @field_validator("one_ticket_for_every")
    @classmethod
    def not_nothing(cls, amount: int) -> int:
        """A ticket for every 0.00 would never end."""
        if not amount:
            raise refuse("0 would give tickets without end.", "Write an amount such as {example}.", example="500.00")
        return amount

    def worth(self, summed: int) -> Fraction:
        """Each for itself."""
        return Fraction(summed, self.one_ticket_for_every)

    def tickets(self, summed: int) -> int:
        """Whole tickets for an amount bought in the period."""
        return self.capped(max(0, summed) // self.one_ticket_for_every)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        return phrase("One ticket for every {amount} bought.", amount=money(self.one_ticket_for_every))


RULE = PerAmount
