"""A prize draw with the same number of tickets for each member.

    draws:
      anniversary:
        dates: 2027-09-01 to 2027-09-30
        tickets_per_member: 1
        for: who bought something
        bought_at_least: 30.00
        prizes: {hamper: 3}

`for: every member` admits everybody who is a member by the last day, also those who bought nothing.
"""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.draws.block import DrawBlock
from loyalty_cli.rules.draws.block import Tickets

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PerMember(DrawBlock):
    """Tickets for being a member, or for having bought something within the draw's period."""

    tickets_per_member: Tickets = Field(description="how many tickets each has")
    who: Literal["every member", "who bought something"] = Field(
        "who bought something", alias="for", description="every member, or who bought something in the period"
    )
    bought_at_least: Amount = Field(1, description="how much was bought in the period, less returns, where that is asked")

    @property
    def for_everyone(self) -> int:
        """The tickets that a member has without buying."""
        return self.capped(self.tickets_per_member) if self.who == "every member" else 0

    def tickets(self, summed: int) -> int:
        """The tickets of somebody who bought so much; everybody's are added when the draw is closed."""
        if self.who == "every member" or summed < self.bought_at_least:
            return 0
        return self.capped(self.tickets_per_member)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        if self.who == "every member":
            return phrase("{count} ticket for each member.", "{count} tickets for each member.", count=self.tickets_per_member)
        return phrase(
            "{count} ticket for each member who buys for at least {amount}.",
            "{count} tickets for each member who buys for at least {amount}.",
            count=self.tickets_per_member,
            amount=money(self.bought_at_least),
        )


RULE = PerMember
