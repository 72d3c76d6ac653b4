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
    from collections.abc import Sequence

    from loyalty_cli.knowing.least import Point

ENOUGH = 1500
FARTHEST = 9.0


class Paid(NamedTuple):
    """So many visits, and the mean paid in one."""

    visits: int
    mean: float


class Spend(NamedTuple):
    """The three numbers of the model; `v` is in the unit of the money."""

    p: float
    q: float
    v: float

    def likelihood(self, paid: Sequence[Paid]) -> float:
        """The logarithm of how likely these means are (equation 1a)."""
        p, q, v = self
        start = q * log(v) - lgamma(q)
        total = 0.0
        for visits, mean in paid:
            shape = p * visits
            total += start + lgamma(shape + q) - lgamma(shape) + (shape - 1) * log(mean) + shape * log(visits)
            total -= (shape + q) * log(visits * mean + v)
        return total

    def expected(self, paid: Paid) -> float:
        """The mean to expect of a member in the long run (equation 5)."""
        return self.p * (self.v + paid.visits * paid.mean) / (self.p * paid.visits + self.q - 1)


def fitted(paid: Sequence[Paid]) -> Spend:
    """The numbers under which these means are likeliest; all must be above zero."""
    asked = paid[:: -(-len(paid) // ENOUGH) or 1]
    # Relative to the mean, the search starts as near in groszy as in dollars.
    unit = sum(each.mean for each in asked) / len(asked)
    relative = [Paid(each.visits, each.mean / unit) for each in asked]

    def unlikely(point: Point) -> float:
        # Without q > 1 there is no mean of all members.
        if max(map(abs, point)) > FARTHEST:
            return inf
        return -Spend(exp(point[0]), 1 + exp(point[1]), exp(point[2])).likelihood(relative)

    p, q, v = least(unlikely, (1.0, 1.0, 0.0))
    return Spend(exp(p), 1 + exp(q), exp(v) * unit)
