"""Gives tickets in a prize draw.

    draws:
      spring draw: {dates: 2027-03-01 to 2027-05-31, tickets_from: rewards, prizes: {sewing machine: 1}}
    rewards:
      big basket: {when: {one_purchase: 500.00}, give: {tickets: 3 in spring draw}}

They count if they are given between the draw's first and last day. Instead of `3 in spring draw` a block can be
written: `{count: 3, draw: spring draw}`.
"""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class GivenTickets(Give):
    """A number of tickets in one draw."""

    short: ClassVar[str] = "tickets"
    held_as: ClassVar[str] = "tickets"

    count: Whole = Field(description="how many tickets")
    draw: str = Field(description="the draw they are for")

    @model_validator(mode="before")
    @classmethod
    def apart(cls, value: Any) -> Any:
        """`3 in spring draw` as the two settings it means."""
        if not isinstance(value, dict) or set(value) != {"tickets"}:
            return value
        count, word, draw = str(value["tickets"]).partition(" in ")
        if not word:
            raise refuse("{text} does not say which draw.", "Write {example}.", text=count, example="3 in spring draw")
        return {"count": count.strip(), "draw": draw.strip()}

    def given(self) -> Given:
        """The tickets."""
        return Given(asset=f"ticket:{self.draw}", quantity=self.count)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("{count} ticket for {draw}", "{count} tickets for {draw}", count=self.count, draw=self.draw)


RULE = GivenTickets
