"""When a member enters a segment.

    segments:
      drowsy: {not_here_for: 45 days}
    rewards:
      wake up: {when: {enters: drowsy}, at_most: once in 90 days, give: {coupon: come back}}
    coupons:
      come back: {discount: 10%, valid_for: 30 days}

It happens on the first morning on which the member belongs to it; on the day on which the program begins, to all who do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.fed import OfSegment

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Enters(OfSegment):
    """A segment is entered."""

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For becoming one of: {name}", name=self.segment)


RULE = Enters
