"""A prize draw whose tickets come only from rewards and from free entries.

    draws:
      spring draw:
        dates: 2027-03-01 to 2027-05-31
        tickets_from: rewards
        prizes: {sewing machine: 1}
    rewards:
      big basket: {when: {one_purchase: 500.00}, give: {tickets: 3 in spring draw}}

Rewards and `loyalty draw entry` can add tickets to every other kind of draw, too.
"""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.draws.block import Counts
from loyalty_cli.rules.draws.block import DrawBlock

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class FromRewards(DrawBlock):
    """No tickets for purchases as such."""

    tickets_from: Literal["rewards", "free entry"] = Field(
        description="rewards, or free entry where only `loyalty draw entry` gives tickets"
    )

    @property
    def counting(self) -> Counts:
        """What is added up."""
        return "nothing"

    def tickets(self, summed: int) -> int:
        """None."""
        return 0

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """How tickets come about, for the announcement."""
        if self.tickets_from == "rewards":
            return phrase("Tickets come with rewards.")
        return phrase("Tickets come by free entry.")


RULE = FromRewards
