"""Members without a rule who are most like those with it, by what they did before: weaker evidence than chance gives.

Whoever a rule reaches has often chosen it, by buying more; and who buys more in the very days that are compared both gets its
reward and has spent more. So the days are cut in two: whom it reached in the first half is compared, by the second half alone, with
somebody who until then came as often and spent about as much, whether or not it reached them later. That is the landmark method
(Giobbie-Hurder, Gelber, Regan: "Challenges of Guarantee-Time Bias", Journal of Clinical Oncology 31, 2013), with nearest neighbours
without replacement within the same number of visits (Rosenbaum and Rubin, The American Statistician 39, 1985; Stuart, Statistical
Science 25, 2010), and what still differed before is taken out as in `uplift.adjusted`.

In 4 x 50 simulated shops without an effect, with rewards for one purchase, a sum, or 3 or 5 visits, it told of one in 6; comparing
the same days before and after told of one in all of them. It costs power: of effects by a half it found few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

# Two members are alike if one spent at most a quarter more than the other.
ALIKE = 1.25


class Before(NamedTuple):
    """A member by what is known from before: visits and spend."""

    member: int
    visits: int
    spent: int


def pairs(having: Sequence[Before], others: Iterable[Before]) -> list[tuple[int, int]]:
    """Each member with the rule and the one without it who is most alike; who has no like is left out."""
    pools: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for other in others:
        pools[kind_of(other.visits)].append((other.spent, other.member))
    for pool in pools.values():
        pool.sort()
    found = []
    for each in sorted(having, key=lambda one: (one.spent, one.member)):
        pool = pools[kind_of(each.visits)]
        place = nearest(pool, each.spent)
        if place is not None and are_alike(pool[place][0], each.spent):
            found.append((each.member, pool.pop(place)[1]))
    return found


def kind_of(visits: int) -> int:
    """Visits that are as good as the same: 0, 1, 2 to 3, 4 to 7, 8 to 15 ..."""
    return visits.bit_length()


def nearest(pool: Sequence[tuple[int, int]], spent: int) -> int | None:
    """Where the nearest spend stands."""
    place = bisect_left(pool, (spent, 0))
    around = [at for at in (place - 1, place) if 0 <= at < len(pool)]
    return min(around, key=lambda at: abs(pool[at][0] - spent), default=None)


def are_alike(one: int, other: int) -> bool:
    """Whether two spends are near enough."""
    return max(one, other) <= ALIKE * min(one, other) or one == other
