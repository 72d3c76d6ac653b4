"""Who has one of some tiers.

    tiers: {by: spend, ladder: {guest: {at_least: 0}, patron: {at_least: 5000.00}}}
    segments:
      patrons who rest: {tiers: [patron], not_here_for: 60 days}

The tier counts as it stood when the day before ended.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Names
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class Tiers(Condition):
    """The tier is one of these."""

    short: ClassVar[str] = "tiers"
    asks_standing: ClassVar[bool] = True

    tiers: Names = Field(description="the tiers: [patron], or several")

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the tier on that morning is one of them."""
        return Stands(at.tier in self.tiers)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("one of the tiers: {names}", names=self.tiers)


RULE = Tiers
