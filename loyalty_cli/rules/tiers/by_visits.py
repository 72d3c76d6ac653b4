"""Tiers by visits within the window.

    tiers:
      by: visits
      counted_over: membership year
      ladder:
        new: {at_least: 0}
        regular: {at_least: 10}

A visit is a receipt; one that was returned whole does not count.
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


class VisitsRung(Rung):
    """A tier by visits within the window."""

    at_least: Whole = Field(default_factory=no_floor, description="visits within the window")


class ByVisits(Ladder):
    """A ladder by visits within the window."""

    by: Literal["visits"] = Field(description="visits")
    ladder: dict[str, VisitsRung] = Field(description="the tiers from the lowest to the highest")

    def measured(self, amount: int, points: int) -> int:
        """What a purchase counts towards the next tier."""
        return 1

    def counts(self) -> Phrase:
        """What a tier goes by, before the window is said."""
        return phrase("Your tier goes by how often you have bought")

    def floor_said(self, amount: int, _: Callable[[int], Money]) -> Phrase:
        """What must be reached for a tier."""
        return phrase("from {count} purchase on", "from {count} purchases on", count=amount)


RULE = ByVisits
