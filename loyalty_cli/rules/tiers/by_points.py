"""Tiers by points earned within the window.

    points:
      earn:
        basic: {points: 1, for_every: 1.00}
    tiers:
      by: points
      counted_over: calendar year
      ladder:
        bronze: {at_least: 0}
        silver: {at_least: 500}

Points earned, never the balance: spending points does not cost a tier.
"""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.tiers.ladder import Ladder
from loyalty_cli.rules.tiers.ladder import no_floor
from loyalty_cli.rules.tiers.ladder import Rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class PointsRung(Rung):
    """A tier by points earned within the window."""

    at_least: Whole = Field(default_factory=no_floor, description="points earned within the window")


class ByPoints(Ladder):
    """A ladder by points earned within the window."""

    by: Literal["points"] = Field(description="points")
    ladder: dict[str, PointsRung] = Field(description="the tiers from the lowest to the highest")

    def measured(self, amount: int, points: int) -> int:
        """What a purchase counts towards the next tier."""
        return points

    def counts(self) -> Phrase:
        """What a tier goes by, before the window is said."""
        return phrase("Your tier goes by the points you have earned")

    def floor_said(self, amount: int, _: Callable[[int], Money]) -> Phrase:
        """What must be reached for a tier."""
        return phrase("from {count} point on", "from {count} points on", count=amount)


RULE = ByPoints
