"""Is a member still active, and how often will they come: the BG/NBD model.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way", Marketing Science 24 (2005), 275-284; its numbers kept from
overflow as in Fader and Hardie, "Overcoming the BG/NBD Model's #NUM! Error Problem" (2013). While active, a member buys at
random at a rate of their own (gamma: r, alpha); after each purchase they may leave for good with a chance of their own (beta: a, b).
"""

from __future__ import annotations

from collections import Counter
from math import exp
from math import inf
from math import lgamma
from math import log
from math import log1p
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.least import least

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.knowing.least import Point

# So many members tell the four numbers well enough; the chances of every member are worked out with them.
ENOUGH = 1500
# Beyond these logarithms the model has become a simpler one, and only wanders.
FARTHEST = 9.0


class History(NamedTuple):
    """Purchases after the first, and the weeks from the first to the last and to now."""

    again: int
    last: float
    now: float


class Group(NamedTuple):
    """The members of so many purchases after the first: how many, and the weeks to the last and to now with how many have them."""

    again: int
    members: int
    times: list[tuple[float, float, int]]


class Activity(NamedTuple):
    """The four numbers of the model, with time in weeks."""

    r: float
    alpha: float
    a: float
    b: float

    def likelihood(self, groups: Iterable[Group]) -> float:
        """The logarithm of how likely these histories are; what members of as many purchases share is reckoned once."""
        r, alpha, a, b = self
        start = r * log(alpha) - lgamma(r) + lgamma(a + b) - lgamma(b)
        total = 0.0
        for again, members, times in groups:
            total += members * (start + lgamma(r + again) + lgamma(b + again) - lgamma(a + b + again))
            power = r + again
            if not again:
                total -= power * sum([count * log(alpha + now) for _, now, count in times])
                continue
            left = log(a / (b + again - 1))
            for last, now, count in times:
                known = log(alpha + now)
                # How much likelier it is that the member has left than that they stay; its exponential may be beyond all numbers.
                gone = left + power * (known - log(alpha + last))
                total += count * ((gone + log1p(exp(-gone)) if gone > 0 else log1p(exp(gone))) - power * known)
        return total

    def alive(self, history: History) -> float:
        """The probability that a member is still active; 1 after a single purchase, for one leaves only after a later one."""
        again, last, now = history
        if not again:
            return 1.0
        odds = log(self.a / (self.b + again - 1)) + (self.r + again) * log((self.alpha + now) / (self.alpha + last))
        return 1 / (1 + exp(min(odds, 700.0)))

    def expected(self, history: History, weeks: float) -> float:
        """The purchases to expect of a member in the next weeks.

        Equation 10 of the paper after Euler's transformation of the hypergeometric function, which keeps its terms small.
        """
        r, alpha, a, b = self._replace(a=self.a + 1e-6 if abs(self.a - 1) < 1e-6 else self.a)
        share = weeks / (alpha + history.now + weeks)
        third = a + b + history.again - 1
        rest: float = (1 - share) ** (a - 1) * hypergeometric(a + b - 1 - r, a - 1, third, share)
        return third / (a - 1) * (1 - rest) * self.alive(history)


def hypergeometric(a: float, b: float, c: float, z: float) -> float:
    """Gauss's series 2F1(a, b; c; z) for 0 <= z < 1.

    >>> round(hypergeometric(1, 1, 2, 0.5), 6), round(2 * log(2), 6)
    (1.386294, 1.386294)
    """
    term = total = 1.0
    for place in range(10_000):
        term *= (a + place) * (b + place) / ((c + place) * (place + 1)) * z
        total += term
        if abs(term) < 1e-12 * abs(total):
            break
    return total


def grouped(histories: Iterable[History]) -> list[Group]:
    """Members by how often they came again."""
    times: dict[int, list[tuple[float, float, int]]] = {}
    for (again, last, now), members in Counter(histories).items():
        times.setdefault(again, []).append((last, now, members))
    return [Group(again, sum(members for *_, members in these), these) for again, these in times.items()]


def fitted(histories: Sequence[History], *, enough: int = ENOUGH) -> Activity:
    """The numbers under which the histories are likeliest; of very many members, evenly chosen ones are asked."""
    step = -(-len(histories) // enough) or 1
    asked = histories[::step]
    groups = grouped(asked)
    # Rates are of the order of one over the usual time known, whatever the shop.
    usual = log(max(sum(history.now for history in asked) / len(asked) / 8, 0.1))

    def unlikely(point: Point) -> float:
        if max(map(abs, point)) > FARTHEST:
            return inf
        return -Activity(*map(exp, point)).likelihood(groups)

    return Activity(*map(exp, least(unlikely, (-1.0, usual, 0.0, 1.0))))
