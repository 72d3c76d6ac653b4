"""How many of the points that were given will be used: the shop's own history, completed by what older points did.

The additive method of loss reserving: use in each month of age, in shares of the points that could be used, weighted
(T. Mack, Schadenversicherungsmathematik, 1997; its error as in Merz and Wüthrich, Claims Run-off Uncertainty, 2008). What is used more
or less in some months than in others, by a trend or the season, is known apart (calendar_of_use). Habits that change otherwise show
in what the shop's own earlier estimates missed by, and widen what an estimate lies between.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from loyalty_cli.books.calendar_of_use import calendar_of
from loyalty_cli.books.calendar_of_use import History
from loyalty_cli.books.calendar_of_use import YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.books.calendar_of_use import Calendar

# Fewer months than this say nothing of what will be used: then all of it is expected to be.
LEAST_MONTHS = 6
# The quantile of the normal law that leaves a tenth on each side: four of five are within.
TEN_PERCENT = 1.281552
TAIL = 3
# How many months back estimates are made again, to be held against what was used since; a year had to be known then.
LOOK_BACK = (6, 9)


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected share of a cohort's points that will have been used, and between what it lies four times of five."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is used in each month of age, in shares of what was given; its scatter; how much was given in all; and the calendar.

    `missed` is how many times as large as their errors said the squares were of what earlier estimates missed by.
    """

    rates: Sequence[float]
    scatters: Sequence[float]
    weights: Sequence[float]
    tail: float
    calendar: Calendar
    missed: float = 1.0


def pattern(histories: Sequence[History]) -> Pattern | None:
    """The pattern of use by age; None where the history is too short to have one, or nobody has used anything yet."""
    known = by_age(histories)
    return None if known is None else replace(known, missed=missed(histories))


def by_age(histories: Sequence[History]) -> Pattern | None:
    """The pattern of use, whatever earlier estimates missed by."""
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
    later = ahead(history, known)
    share = least + sum(known.rates[age] * usual for age, _, usual in later) + known.tail
    spread = TEN_PERCENT * sqrt(error_of(history, known, later) * known.missed)
    return Expected(*(min(max(each, least), most) for each in (share, share - spread, share + spread)))


def ahead(history: History, known: Pattern) -> list[tuple[int, int, float]]:
    """The months that are to come for a month's points: their age then, how far off it is, and the factor of the calendar."""
    ages = range(len(history.used), len(known.rates))
    return [(age, month, known.calendar.factor(month)) for month, age in enumerate(ages, 1)]


def error_of(history: History, known: Pattern, later: Sequence[tuple[int, int, float]]) -> float:
    """The squared error of what is expected to be used in some months to come."""
    error = sum(known.scatters[age] * (usual / history.given + usual**2 / known.weights[age]) for age, _, usual in later)
    return error + known.calendar.error([(month, known.rates[age] * usual) for age, month, usual in later])


def missed(histories: Sequence[History]) -> float:
    """By how much more than their errors said earlier estimates missed, in squares; 1 where it was no more or is not known yet."""
    found = []
    for months in LOOK_BACK:
        told = [(as_it_was(each, months), each) for each in histories if each.given > 0 and len(each.used) > months]
        known = by_age([then for then, _ in told])
        if known is None or len(known.rates) < YEAR:
            continue
        squares = errors = 0.0
        for then, now in told:
            later = ahead(then, known)[:months]
            used = sum(now.used[age] for age, _, _ in later) / now.given
            squares += (used - sum(known.rates[age] * usual for age, _, usual in later)) ** 2
            errors += error_of(then, known, later)
        if errors:
            found.append(squares / errors)
    return max(1.0, sum(found) / len(found)) if found else 1.0


def as_it_was(history: History, months: int) -> History:
    """What was known of a month's points so many months before."""
    since = history.used[-months:]
    return History(history.given, history.used[:-months], history.left + sum(since))
