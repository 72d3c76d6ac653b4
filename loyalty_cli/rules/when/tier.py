"""When a member reaches a tier.

    tiers: {by: spend, ladder: {guest: {at_least: 0}, patron: {at_least: 5000.00}}}
    rewards:
      new patron: {when: {tier: patron}, at_most: once, give: {badge: patron}}
      patron again: {when: {tier: patron}, at_most: once in calendar year, give: {points: 200}}

Due each time the tier is reached; `at_most: once` gives it the first time only. Losing the tier later takes nothing back.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.fed import Fed

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class ReachedTier(Fed):
    """A tier is reached."""

    short: ClassVar[str] = "tier"

    tier: str = Field(description="the tier that is reached")

    @property
    def asset(self) -> str:
        """The tier."""
        return f"tier:{self.tier}"

    @property
    def can_be_undone(self) -> bool:
        """A tier that is left was reached all the same."""
        return False

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For reaching the tier {name}", name=self.tier)


RULE = ReachedTier
