"""What a rule brings, from members who have it and members whom chance keeps out: the difference, and how sure it is."""

from __future__ import annotations

from math import ceil
from math import inf
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.knowing.comparison import compared
from loyalty_cli.knowing.comparison import Difference
from loyalty_cli.knowing.comparison import summary
from loyalty_cli.knowing.student import quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

# The bounds of all measures of one comparison hold together with this probability (Bonferroni: Dunn, JASA 56, 1961).
#
# It is 39 in 40 and not the usual 19 in 20, for the same comparison is looked at every week, and each look is one more chance to see
# an effect where there is none. Of 8 x 200 simulated shops without an effect 194 to 199 of each 200 then show none; at 19 in 20
# they were 188 to 195. It costs power: with 20 members kept out of 110 an effect of a half is found in 53 of 100 shops instead of 65,
# one of three tenths in 18 instead of 24.
SURE = 0.975
# An effect worth knowing is five percent of what members without the rule do; it is to be found in four of five cases.
WORTH_KNOWING, POWER = 0.05, 0.8
# With fewer on a side nothing is said.
LEAST = 10
# What takes longer than ten years is not waited for.
MOST_WEEKS = 520


class Measured(NamedTuple):
    """One measure of one member: in the time before, and in the two halves of the time that is compared."""

    before: float
    first: float
    second: float

    @property
    def during(self) -> float:
        """The whole time that is compared."""
        return self.first + self.second


class Uplift(NamedTuple):
    """One measure: the mean with the rule and without it, the difference, and in how many weeks one worth knowing would show.

    `weeks` is 0 where it would have shown by now, and infinite where only more members can tell.
    """

    having: float
    without: float
    difference: Difference
    weeks: float


def uplift_of(having: Sequence[Measured], without: Sequence[Measured], weeks: float, level: float) -> Uplift | None:
    """The comparison over so many weeks; None where one side is too small."""
    if min(len(having), len(without)) < LEAST:
        return None
    one, other = adjusted(having, without)
    difference = compared(summary(one), summary(other), level)
    plain = [summary([each.during for each in side]).mean for side in (having, without)]
    needed = weeks_needed([*having, *without], (len(having), len(without)), difference.error, (weeks, WORTH_KNOWING * plain[1], level))
    return Uplift(plain[0], plain[1], difference, max(0.0, needed - weeks))


def adjusted(having: Sequence[Measured], without: Sequence[Measured]) -> tuple[list[float], list[float]]:
    """What each did less what was to be expected from the time before, which chance has not divided quite evenly.

    One slope for all: CUPED (Deng, Xu, Kohavi, Walker: "Improving the Sensitivity of Online Controlled Experiments by Utilizing
    Pre-Experiment Data", WSDM 2013). It leaves the effect as it is and takes away most of how members differ.
    """
    everybody = [*having, *without]
    before = summary([each.before for each in everybody])
    during = sum(each.during for each in everybody) / len(everybody)
    product = sum((each.before - before.mean) * (each.during - during) for each in everybody)
    slope = product / before.squares if before.squares else 0.0
    one, other = ([each.during - slope * (each.before - before.mean) for each in side] for side in (having, without))
    return one, other


class Spread(NamedTuple):
    """How members differ, as variances of what one does in a week on average: from week to week, lastingly, and by slow change."""

    weekly: float
    lasting: float
    slow: float

    def error(self, weeks: float) -> float:
        """The variance of a member's mean over so many weeks, of which as many weeks before have told what they can.

        Of what lasts, a time before that varies by itself tells a part: the reliability of Spearman (1904).
        """
        untold = self.lasting * self.weekly / (weeks * self.lasting + self.weekly) if self.weekly else 0.0
        return self.weekly / weeks + untold + self.slow


def spread_of(everybody: Sequence[Measured], residual: float, weeks: float) -> Spread:
    """The spread by its sources, from the variance that is left of what members did in so many weeks.

    The two halves of a time differ by what varies from week to week; the time before and this one share what lasts.
    """
    halves = summary([each.first - each.second for each in everybody])
    before = summary([each.before for each in everybody])
    shared = sum((each.before - before.mean) * each.during for each in everybody)
    found = Spread(halves.squares / (halves.size - 1) / weeks, max(0.0, shared) / (before.size - 1) / weeks**2, 0.0)
    return found._replace(slow=max(0.0, residual / weeks**2 - found.error(weeks)))


def weeks_needed(everybody: Sequence[Measured], sizes: tuple[int, int], error: float, asked: tuple[float, float, float]) -> float:
    """In how many weeks in all an effect worth knowing would show; `asked` are the weeks so far, the effect in them, the level.

    The sample size is the usual one for two means (NIST e-Handbook, 7.2.2.2): the standard error must be so small that the effect
    is the sum of the two quantiles times as large.
    """
    weeks, effect, level = asked
    both = 1 / sizes[0] + 1 / sizes[1]
    spread = spread_of(everybody, error**2 / both, weeks)
    reach = quantile((1 + level) / 2, sum(sizes) - 2) + NormalDist().inv_cdf(POWER)
    if error * reach <= effect:
        return 0.0

    def shows(after: float) -> bool:
        return sqrt(both * spread.error(after)) * reach <= effect / weeks

    return next((float(after) for after in range(ceil(weeks), MOST_WEEKS + 1) if shows(after)), inf)


def whole_weeks(weeks: float) -> int | None:
    """Weeks as they are said; None where no number of them would do."""
    return None if weeks == inf else ceil(weeks)
