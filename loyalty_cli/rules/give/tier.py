"""Gives a tier for a time, whatever the member has bought.

    tiers: {by: spend, ladder: {guest: {at_least: 0}, gold: {at_least: 5000.00, discount: 5%}}}
    rewards:
      taste of gold: {when: {one_purchase: 300.00}, at_most: once, give: {tier: {tier: gold, valid_for: 3 months}}}
      gold until Easter: {when: {event: spring survey}, give: {tier: {tier: gold, until: 2027-03-28}}}

The member has the tier from that day through the last one, with its discount and all that `only: {tiers: …}` gives. Who has
earned a higher tier keeps that. Goods that come back end it on that day.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import HELD
from loyalty_cli.model.shown.phrase import OnDay as SaidDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.settings import OnDay
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class TierForATime(Give):
    """A tier, held through a day."""

    short: ClassVar[str] = "tier"

    tier: str = Field(description="the tier")
    valid_for: Length | None = Field(None, description="how long the member has it, through the last day")
    until: OnDay | None = Field(None, description="or the last day, whenever it was given")

    @model_validator(mode="after")
    def ends_some_day(self) -> TierForATime:
        """It is for a time."""
        if (self.valid_for is None) == (self.until is None):
            raise refuse("The tier does not say for how long.", "Write valid_for or until: {example}.", example="valid_for: 3 months")
        return self

    def given(self) -> Given:
        """The tier, with its time."""
        return Given(asset=HELD + self.tier, quantity=1, valid_for=self.valid_for, until=self.until)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.until is not None:
            return phrase("the tier {name} until {day}", name=self.tier, day=SaidDay(self.until))
        return phrase("the tier {name} for {span}", name=self.tier, span=self.valid_for)


RULE = TierForATime
