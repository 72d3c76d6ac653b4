"""A prize draw with a ticket for every so much bought in its period.

    draws:
      spring draw:
        dates: 2027-03-01 to 2027-05-31
        one_ticket_for_every: 500.00
        at_most: 20 tickets
        prizes: {sewing machine: 1, fabric box: 10}
        reserves: 5

Whole tickets only: what is left over from one receipt adds to the next one in the period. Returns count off.
"""

from __future__ import annotations

from typing import Annotated
from typing import Literal

from pydantic import Field
from pydantic import field_validator
from pydantic import PlainValidator

from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import as_text
from loyalty_cli.reading.settings import InDates
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.reading.values import whole_of
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Only

Tickets = Annotated[
    int,
    PlainValidator(lambda value: whole_of(value, "tickets", "ticket")),
    as_text(r"^\d+( tickets?)?$", "such as 20 tickets"),
]


class PerAmount(Settings):
    """Tickets by turnover within the draw's period."""

    dates: InDates = Field(description="purchases of these days give tickets")
    one_ticket_for_every: Amount = Field(description="how much money gives one ticket")
    at_most: Tickets | None = Field(None, description="the most tickets one member can have")
    prizes: dict[str, Whole] = Field(description="each prize and how many of it, in the order they are drawn")
    reserves: Whole = Field(0, description="how many reserve winners are drawn behind the winners")
    one_member_wins: Literal["one prize", "one of each kind", "any number"] = Field(
        "one prize", description="how many prizes one member can win"
    )
    only: Only = Field(EVERYTHING, description="which purchases count")

    @field_validator("one_ticket_for_every")
    @classmethod
    def not_nothing(cls, amount: int) -> int:
        """A ticket for every 0.00 would never end."""
        if not amount:
            raise refuse("0 would give tickets without end.", "Write an amount such as {example}.", example="500.00")
        return amount

    @field_validator("prizes")
    @classmethod
    def some_prize(cls, prizes: dict[str, int]) -> dict[str, int]:
        """A draw needs a prize."""
        if not any(prizes.values()):
            raise refuse(
                "There is no prize.", "Name each prize and how many of it: {example}.", example="{sewing machine: 1}"
            )
        return prizes

    def tickets(self, amount: int) -> int:
        """Whole tickets for an amount bought in the period."""
        earned = max(0, amount) // self.one_ticket_for_every
        return earned if self.at_most is None else min(earned, self.at_most)


RULE = PerAmount
