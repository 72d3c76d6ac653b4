"""What a member spends in a visit: the Gamma-Gamma model.

Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013). The fewer visits are known of a member, the nearer is what
is expected of them to the mean of all.
"""

from __future__ import annotations

from math import exp
from math import inf
from math import lgamma
from math import log
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.least import least

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.knowing.least import Point

ENOUGH = 1500
FARTHEST = 9.0


class Paid(NamedTuple):
    """So many visits, and the mean paid in one."""

    visits: int
    mean: float


class Group(NamedTuple):
    """The members of so many visits: what each paid in all of them, and the sum of the logarithms of their means."""

    visits: int
    totals: list[float]
    logarithms: float


class Spend(NamedTuple):
    """The three numbers of the model; `v` is in the unit of the money."""

    p: float
    q: float
    v: float

    def likelihood(self, groups: Iterable[Group]) -> float:
        """The logarithm of how likely these means are (equation 1a); what members of as many visits share is reckoned once."""
        p, q, v = self
        start = q * log(v) - lgamma(q)
        total = 0.0
        for visits, totals, logarithms in groups:
            shape = p * visits
            total += len(totals) * (start + lgamma(shape + q) - lgamma(shape) + shape * log(visits)) + (shape - 1) * logarithms
            total -= (shape + q) * sum([log(each + v) for each in totals])
        return total

    def expected(self, paid: Paid) -> float:
        """The mean to expect of a member in the long run (equation 5)."""
        return self.p * (self.v + paid.visits * paid.mean) / (self.p * paid.visits + self.q - 1)


def grouped(paid: Iterable[Paid]) -> Iterator[Group]:
    """Members by how often they came."""
    means: dict[int, list[float]] = {}
    for visits, mean in paid:
        means.setdefault(visits, []).append(mean)
    for visits, of_these in means.items():
        yield Group(visits, [visits * mean for mean in of_these], sum(map(log, of_these)))


def fitted(paid: Sequence[Paid]) -> Spend:
    """The numbers under which these means are likeliest; all must be above zero."""
    asked = paid[:: -(-len(paid) // ENOUGH) or 1]
    # Relative to the mean, the search starts as near in groszy as in dollars.
    unit = sum(each.mean for each in asked) / len(asked)
    relative = list(grouped(Paid(each.visits, each.mean / unit) for each in asked))

    def unlikely(point: Point) -> float:
        # Without q > 1 there is no mean of all members.
        if max(map(abs, point)) > FARTHEST:
            return inf
        return -Spend(exp(point[0]), 1 + exp(point[1]), exp(point[2])).likelihood(relative)

    p, q, v = least(unlikely, (1.0, 1.0, 0.0))
    return Spend(exp(p), 1 + exp(q), exp(v) * unit)
