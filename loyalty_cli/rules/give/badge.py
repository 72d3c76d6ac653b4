"""Gives a badge: something to be proud of, on which other rewards may feed.

    rewards:
      regular: {when: {visits: 10}, give: {badge: regular}}
      for regulars: {when: {badge: regular}, give: {points: 50}}

A badge costs nothing by itself; `loyalty explain` shows it.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Badge(Give):
    """One badge by its name."""

    short: ClassVar[str] = "badge"
    held_as: ClassVar[str] = "badges"

    badge: str = Field(description="the badge's name")

    def given(self) -> Given:
        """The badge."""
        return Given(asset=f"badge:{self.badge}", quantity=1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("the badge {name}", name=self.badge)


RULE = Badge
