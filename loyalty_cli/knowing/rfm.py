"""Recency, frequency, money: each member's place among all, in fifths.

Hughes, "Strategic Database Marketing" (1994). 5 is the best fifth; whoever is equal has the same place.
"""

from __future__ import annotations

from typing import Literal
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Group = Literal["best", "regular", "new", "slipping", "rare"]


class Place(NamedTuple):
    """The fifths of a member."""

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


def places(last: Sequence[int], visits: Sequence[int], spent: Sequence[int]) -> list[Place]:
    """The places of members by the day of their last visit, their visits and what they spent."""
    return [Place(*each) for each in zip(fifths(last), fifths(visits), fifths(spent), strict=True)]
