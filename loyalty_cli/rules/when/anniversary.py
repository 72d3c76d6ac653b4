"""On the day a member joined, every year, or some days before or after it.

    rewards:
      a year with us: {when: {anniversary: on the day}, give: {points: 50}}

The first time is a year after joining. Members known by their card alone have no such day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import date_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.yearly import Yearly

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Anniversary(Yearly):
    """The day of joining, in later years."""

    def first(self, known: MemberFacts) -> tuple[int, int, int] | None:
        """A year after joining."""
        if known.joined is None:
            return None
        joined = date_of(known.joined)
        return joined.month, joined.day, joined.year + 1

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return self.said_of(phrase("On the anniversary of your membership"))


RULE = Anniversary
