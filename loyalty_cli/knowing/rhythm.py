"""How long a member usually stays away, and who has stayed away longer than they ever do."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

# Two pauses are no rhythm.
PAUSES = 3


class Rhythm(NamedTuple):
    """The days between visits: the median, the longest of nine in ten, and those since the last visit."""

    usual: int
    long: int
    away: int

    @property
    def late(self) -> int:
        """By how many days a member is later than nine in ten of their own pauses; 0 is not late."""
        return max(self.away - self.long, 0)


def rhythm(days: Sequence[Day], today: Day) -> Rhythm | None:
    """The rhythm of visits on these days, in order; None of too few.

    >>> rhythm([0, 7, 14, 22, 28], 50)
    Rhythm(usual=7, long=8, away=22)
    """
    pauses = sorted(later - earlier for earlier, later in pairwise(days))
    if len(pauses) < PAUSES:
        return None
    return Rhythm(int(median(pauses) + 0.5), pauses[-(-9 * len(pauses) // 10) - 1], today - days[-1])
