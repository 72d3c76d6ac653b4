"""Two groups compared by their means: the difference, and between which bounds it lies.

What members spend is skewed: few spend very much, and a control group is small. Welch's interval then has only the few of the
small group to tell how widely members differ, and covered 77 % to 91 % instead of 95 % of simulated shops (log-normal spend with
sigma 1 and 1.5, control groups of 10 to 100 beside 19 times as many). Where chance alone has made the groups they differ alike,
so the spread of all together tells: Student's interval covered 93 % to 96 % there, as exact permutation did.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.student import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence


class Summary(NamedTuple):
    """A group: how many, their mean, the sum of the squared distances from it."""

    size: int
    mean: float
    squares: float


class Difference(NamedTuple):
    """How much more the first group has on average, between which bounds, and the standard error."""

    value: float
    low: float
    high: float
    error: float

    @property
    def sign(self) -> int:
        """1 for more, -1 for less, 0 where the bounds allow for both."""
        return (self.low > 0) - (self.high < 0)


def summary(values: Sequence[float]) -> Summary:
    """A group in figures."""
    mean = sum(values) / len(values) if values else 0.0
    return Summary(len(values), mean, sum((value - mean) ** 2 for value in values))


def compared(one: Summary, other: Summary, level: float) -> Difference:
    """The difference of two means with Student's interval from the pooled spread; three values or more in all.

    With the pooled standard deviation: NIST, Dataplot reference manual, T TEST,
    https://www.itl.nist.gov/div898/software/dataplot/refman1/auxillar/t_test.htm
    """
    freedom = one.size + other.size - 2
    error = sqrt((one.squares + other.squares) / freedom * (1 / one.size + 1 / other.size))
    return between(one.mean - other.mean, error, freedom, level)


def paired(differences: Sequence[float], level: float) -> Difference:
    """The mean of differences within pairs with Student's interval; two pairs or more."""
    own = summary(differences)
    return between(own.mean, sqrt(own.squares / (own.size - 1) / own.size), own.size - 1, level)


def between(value: float, error: float, freedom: int, level: float) -> Difference:
    """A value with Student's bounds."""
    reach = quantile((1 + level) / 2, freedom) * error
    return Difference(value, value - reach, value + reach, error)
