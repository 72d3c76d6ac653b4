"""Recency, frequency, money: each member's score from 1 to 5, by fifths of all members or by fixed bounds.

Hughes, "Strategic Database Marketing" (1994). 5 is the best; whoever is equal has the same score.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.rfm import RfmBounds

Group = Literal["best", "regular", "new", "slipping", "rare"]


class Place(NamedTuple):
    """The scores of a member."""

    recency: int
    frequency: int
    money: int

    @property
    def group(self) -> Group:
        """Of five simple groups: recency and frequency decide."""
        if self.recency >= 4:
            return "best" if self.frequency >= 4 else "regular" if self.frequency >= 2 else "new"
        return "slipping" if self.frequency >= 3 else "rare"


def fifths(values: Sequence[int]) -> list[int]:
    """The fifth of each value: 1 and the whole fifths of all values that are less.

    >>> fifths([10, 20, 30, 40, 50]), fifths([7, 7, 9])
    ([1, 2, 3, 4, 5], [1, 1, 4])
    """
    less: dict[int, int] = {}
    for place, value in enumerate(sorted(values)):
        less.setdefault(value, place)
    return [1 + 5 * less[value] // len(values) for value in values]


def scores(values: Sequence[int], bounds: Sequence[int]) -> list[int]:
    """The score of each value: from each bound on it is one more; without bounds the fifth.

    >>> scores([1, 2, 16], [2, 4, 8, 16])
    [1, 2, 5]
    """
    return [1 + bisect_right(bounds, value) for value in values] if bounds else fifths(values)


def places(days: Sequence[int], visits: Sequence[int], spent: Sequence[int], bounds: RfmBounds) -> list[Place]:
    """The places of members by the days since their last visit, their visits and what they spent."""
    # Fewer days are better: from a bound on the score is one less.
    recency = [6 - score for score in scores(days, bounds.recency)] if bounds.recency else fifths([-each for each in days])
    return [Place(*each) for each in zip(recency, scores(visits, bounds.frequency), scores(spent, bounds.money), strict=True)]
