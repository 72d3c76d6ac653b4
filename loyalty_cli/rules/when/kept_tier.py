"""When a member keeps a tier at its review.

    tiers: {by: spend, counted_over: calendar year, going_down: one step, ladder: {guest: {at_least: 0}, gold: {at_least: 5000.00}}}
    rewards:
      still gold: {when: {kept_tier: gold}, give: {badge: faithful}}

A review is the last day of the window that the ladder counts over: of the year, of the quarter, of the year of membership; of
a month where it counts the last months. Kept is a tier that enough was bought for; grace, or a tier held otherwise, is not.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import KEPT
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.fed import Fed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class KeptTier(Fed):
    """A tier is kept at a review."""

    short: ClassVar[str] = "tier"

    tier: str = Field(description="the tier that is kept")

    @property
    def asset(self) -> str:
        """That it was kept."""
        return KEPT + self.tier

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For keeping the tier {name}", name=self.tier)


RULE = KeptTier
