"""How many of the points that were given will be used: the shop's own history, completed by what older points did.

The additive method of loss reserving: use in each month of age, in shares of the points that could be used, weighted
(T. Mack, Schadenversicherungsmathematik, 1997; its error as in Merz and Wüthrich, Claims Run-off Uncertainty, 2008). What is used more
or less in some months than in others, by a trend or the season, is known apart (calendar_of_use).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from loyalty_cli.books.calendar_of_use import calendar_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.books.calendar_of_use import Calendar
    from loyalty_cli.books.calendar_of_use import History

# Fewer months than this say nothing of what will be used: then all of it is expected to be.
LEAST_MONTHS = 6
# The quantile of the normal law that leaves a tenth on each side: four of five are within.
TEN_PERCENT = 1.281552
TAIL = 3


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected share of a cohort's points that will have been used, and between what it lies four times of five."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is used in each month of age, in shares of what was given; its scatter; how much was given in all; and the calendar."""

    rates: Sequence[float]
    scatters: Sequence[float]
    weights: Sequence[float]
    tail: float
    calendar: Calendar


def pattern(histories: Sequence[History]) -> Pattern | None:
    """The pattern of use by age; None where the history is too short to have one, or nobody has used anything yet."""
    told = [each for each in histories if each.given > 0]
    if len(told) < LEAST_MONTHS or not any(any(each.used) for each in told):
        return None
    ages = max(len(each.used) for each in told)
    calendar = calendar_of(told)
    # The last month of every history is the same one, 0.
    usual = [calendar.factor(month) for month in range(1 - ages, 1)]
    rates: list[float] = []
    scatters: list[float] = []
    weights: list[float] = []
    for age in range(ages):
        seen = [(each.used[age], each.given * usual[age - len(each.used)]) for each in told if len(each.used) > age]
        weight = sum(given for _, given in seen)
        rate = sum(used for used, _ in seen) / weight
        rates.append(rate)
        weights.append(weight)
        apart = sum((used - rate * given) ** 2 / given for used, given in seen)
        # One month alone has no scatter of its own: it is taken to be as that of the age before.
        scatters.append(apart / (len(seen) - 1) if len(seen) > 1 else scatters[-1])
    ended = any(each.left <= 0 for each in told)
    return Pattern(rates, scatters, weights, 0.0 if ended else tail_of(rates), calendar)


def tail_of(rates: Sequence[float]) -> float:
    """What is used beyond the oldest age that was seen, if use goes on to fall as it did over the last ages."""
    late, before = sum(rates[-TAIL:]), sum(rates[-2 * TAIL : -TAIL])
    if not late:
        return 0.0
    falls = min(late / before, 0.95) if before else 0.95
    return late * falls / (1 - falls)


def expected(history: History, known: Pattern | None) -> Expected:
    """What will have been used of a month's points; never less than was, never more than still can be."""
    used = sum(history.used)
    if history.given <= 0:
        return Expected(1.0, 1.0, 1.0)
    least, most = used / history.given, (used + max(history.left, 0)) / history.given
    if known is None:
        return Expected(most, least, most)
    later = [(age, month, known.calendar.factor(month)) for month, age in enumerate(range(len(history.used), len(known.rates)), 1)]
    share = least + sum(known.rates[age] * usual for age, _, usual in later) + known.tail
    error = sum(known.scatters[age] * (usual / history.given + usual**2 / known.weights[age]) for age, _, usual in later)
    error += known.calendar.error([(month, known.rates[age] * usual) for age, month, usual in later])
    spread = TEN_PERCENT * sqrt(error)
    return Expected(*(min(max(each, least), most) for each in (share, share - spread, share + spread)))
