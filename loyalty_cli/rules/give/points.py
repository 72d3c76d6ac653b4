"""Gives points.

    rewards:
      big basket: {when: {one_purchase: 500.00}, give: {points: 100}}

Given points wait, lapse and are taken back like earned ones.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Points(Give):
    """A number of points, usable and lapsing like earned ones."""

    short: ClassVar[str] = "points"

    points: Whole

    def given(self) -> Given:
        """The points."""
        return Given(asset="points", quantity=self.points)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("{count} point", "{count} points", count=self.points)


RULE = Points
