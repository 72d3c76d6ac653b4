"""Who can use at least so many points.

    points: {earn: {basic: {points: 1, for_every: 1.00}}}
    segments:
      savers: {points: 500}

Points that still wait do not count.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Whole
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class Points(Condition):
    """Points that can be used."""

    short: ClassVar[str] = "at_least"
    asks_standing: ClassVar[bool] = True

    at_least: Whole = Field(description="how many at least: 500")

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether there are so many."""
        return Stands(at.points >= self.at_least)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("at least {count} point", "at least {count} points", count=self.at_least)


RULE = Points
