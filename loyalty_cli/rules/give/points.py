"""Gives points.

    rewards:
      big basket: {when: {one_purchase: 500.00}, give: {points: 100}}

Given points wait, lapse and are taken back like earned ones.
"""

from __future__ import annotations

from typing import ClassVar

from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.give.given import Given


class Points(Settings):
    """A number of points, usable and lapsing like earned ones."""

    short: ClassVar[str] = "points"

    points: Whole

    def given(self) -> Given:
        """The points."""
        return Given(asset="points", quantity=self.points)


RULE = Points
