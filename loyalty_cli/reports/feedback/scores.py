"""Net promoter score and mean of some answers, each with the interval that holds the true value 95 times of 100."""

from __future__ import annotations

from math import sqrt
from statistics import fmean
from statistics import NormalDist
from statistics import stdev
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.student import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

Z = NormalDist().inv_cdf(0.975)
# Fewer scores say more of chance than of a shop: there is no interval of their mean, and no net promoter score is shown.
ENOUGH = 5


class Interval(NamedTuple):
    """A figure with the least and the greatest that the true one is likely to be; None where there are too few answers."""

    value: float
    low: float | None = None
    high: float | None = None


def net_promoter(promoters: int, passives: int, detractors: int) -> Interval | None:
    """Percent of promoters less percent of detractors, from -100 to 100.

    Adjusted Wald interval: three answers are added, three quarters each to promoters and detractors, and the variance is
    p + d - (p - d)^2. Of the methods compared it covers best where answers are few: B. Rocks, "Interval Estimation for the
    Net Promoter Score", The American Statistician (2016), https://arxiv.org/abs/1601.07235.
    """
    count = promoters + passives + detractors
    if not count:
        return None
    p, d = (promoters + 0.75) / (count + 3), (detractors + 0.75) / (count + 3)
    reach = Z * sqrt((p + d - (p - d) ** 2) / (count + 3))
    return Interval(100 * (promoters - detractors) / count, 100 * max(-1, p - d - reach), 100 * min(1, p - d + reach))


def mean(scores: Sequence[int]) -> Interval | None:
    """The mean with Student's interval: mean +/- t * s / sqrt(n)."""
    if not scores:
        return None
    middle = fmean(scores)
    if len(scores) < ENOUGH:
        return Interval(middle)
    reach = quantile(0.975, len(scores) - 1) * stdev(scores) / sqrt(len(scores))
    return Interval(middle, middle - reach, middle + reach)
