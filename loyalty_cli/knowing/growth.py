"""How the number of members who buy grows and shrinks, month by month."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

SLEEPS = 3
LOST = 12


class Month(NamedTuple):
    """Members of a month.

    They bought for the first time; bought again; came back after three whole months or more; or bought not: for less than three
    months, for less than twelve, or longer.
    """

    month: int
    new: int
    again: int
    back: int
    paused: int
    sleeping: int
    lost: int


def growth(months_of_members: Iterable[Collection[int]], until: int) -> list[Month]:
    """The months from the first purchase of all through one, from the months in which each member bought.

    >>> growth([{1, 2}, {1}], 2)[1]
    Month(month=2, new=0, again=1, back=0, paused=1, sleeping=0, lost=0)
    """
    counts: Counter[tuple[int, int]] = Counter()
    first = until + 1
    for own in months_of_members:
        bought = sorted(month for month in own if month <= until)
        if not bought:
            continue
        first = min(first, bought[0])
        counts[bought[0], 0] += 1
        for month, following in zip(bought, [*bought[1:], until + 1], strict=True):
            for away in range(1, following - month):
                counts[month + away, 3 + (away >= SLEEPS) + (away >= LOST)] += 1
            if following <= until:
                counts[following, 2 if following - month > SLEEPS else 1] += 1
    return [Month(month, *(counts[month, kind] for kind in range(6))) for month in range(first, until + 1)]
