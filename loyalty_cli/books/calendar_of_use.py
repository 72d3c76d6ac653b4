"""How much more or less is used in some months than in others, whatever the age of the points: a trend, and the season.

Use in a month of age is taken apart from that of the calendar month by equal margins (G. C. Taylor, Separation of inflation and other
effects from the distribution of non-life insurance claim delays, ASTIN Bulletin 9, 1977). Through the logarithms of the months goes a
trend, a year's wave, both or neither: what Schwarz's criterion prefers (Estimating the dimension of a model, Annals of Statistics 6,
1978), so that a shop without either has neither. Months are counted from the last one that is known, which is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos
from math import exp
from math import log
from math import pi
from math import sin
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

YEAR = 12
ROUNDS = 6
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class History:
    """One month's points: how many were given and stayed, how many were used in each month since, and how many are left."""

    given: int
    used: Sequence[int]
    left: int


class Shape(NamedTuple):
    """A curve over the months: its terms, and how many months must be known for it."""

    terms: tuple[Callable[[int], float], ...]
    months: int


def level(_: int) -> float:
    """The same in every month."""
    return 1.0


def trend(month: int) -> float:
    """Years since the last month."""
    return month / YEAR


def summer(month: int) -> float:
    """One part of a year's wave."""
    return sin(2 * pi * month / YEAR)


def winter(month: int) -> float:
    """The other part of it."""
    return cos(2 * pi * month / YEAR)


NEITHER = Shape((level,), 0)
# A wave that was seen less than one and a half times is not told from a trend.
SHAPES = (
    NEITHER,
    Shape((level, trend), YEAR),
    Shape((level, summer, winter), YEAR + YEAR // 2),
    Shape((level, trend, summer, winter), YEAR + YEAR // 2),
)


class Month(NamedTuple):
    """A month's use against what its points' ages make expect: the logarithm, and the expected points as its weight."""

    month: int
    effect: float
    weight: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """The curve that was found: a factor on use for every month, and the errors of its terms (their covariances)."""

    shape: Shape = NEITHER
    values: Sequence[float] = (0.0,)
    errors: Sequence[Sequence[float]] = ((0.0,),)

    def factor(self, month: int) -> float:
        """How many times as much as usual is used in a month."""
        return exp(sum(value * term(month) for value, term in zip(self.values, self.shape.terms, strict=True)))

    def error(self, uses: Sequence[tuple[int, float]]) -> float:
        """The squared error of a sum of uses, each with its month, that comes from the curve's terms; its level is no error of its own."""
        slopes = [0.0, *(sum(use * term(month) for month, use in uses) for term in self.shape.terms[1:])]
        return sum(one * other * self.errors[a][b] for a, one in enumerate(slopes) for b, other in enumerate(slopes))


def calendar_of(told: Sequence[History]) -> Calendar:
    """The curve of a shop's history; a flat one where no other is likelier."""
    months = effects(told)
    if not months:
        return Calendar()
    fitted = [fit(shape, months) for shape in SHAPES if len(months) >= shape.months]
    likeliest = min((each for each in fitted if each is not None), key=lambda each: each[0], default=None)
    if likeliest is None or likeliest[1].shape is NEITHER:
        return Calendar()
    return likeliest[1]


def effects(told: Sequence[History]) -> list[Month]:
    """Each month's use against that of its points' ages, both estimated in turn until they agree."""
    ages = max(len(each.used) for each in told)
    cells = [(len(each.used) - 1 - age, age, used, each.given) for each in told for age, used in enumerate(each.used)]
    factors = [1.0] * ages
    expected: list[float] = []
    for _ in range(ROUNDS):
        of_age = [[0.0, 0.0] for _ in range(ages)]
        for back, age, used, given in cells:
            of_age[age][0] += used
            of_age[age][1] += given * factors[back]
        rates = [used / given if given else 0.0 for used, given in of_age]
        found, expected = [0.0] * ages, [0.0] * ages
        for back, age, used, given in cells:
            found[back] += used
            expected[back] += given * rates[age]
        factors = [used / usual if usual else 1.0 for used, usual in zip(found, expected, strict=True)]
    return [Month(-back, log(factors[back]), expected[back]) for back in range(ages) if expected[back] > 0 and factors[back] > 0]


def fit(shape: Shape, months: Sequence[Month]) -> tuple[float, Calendar] | None:
    """A curve by weighted least squares with Schwarz's criterion; None where the months do not determine it."""
    rows = [[term(each.month) for term in shape.terms] for each in months]
    size = range(len(shape.terms))
    normal = [[sum(each.weight * row[a] * row[b] for row, each in zip(rows, months, strict=True)) for b in size] for a in size]
    inverse = inverted(normal)
    if inverse is None or len(months) <= len(size):
        return None
    right = [sum(each.weight * row[a] * each.effect for row, each in zip(rows, months, strict=True)) for a in size]
    values = [sum(inverse[a][b] * right[b] for b in size) for a in size]
    left = sum(
        each.weight * (each.effect - sum(value * term for value, term in zip(values, row, strict=True))) ** 2
        for row, each in zip(rows, months, strict=True)
    )
    scatter = left / (len(months) - len(size))
    mean = max(left / sum(each.weight for each in months), 1e-12)
    criterion = len(months) * log(mean) + log(len(months)) * len(size)
    return criterion, Calendar(shape, values, [[scatter * cell for cell in row] for row in inverse])


def inverted(matrix: Matrix) -> Matrix | None:
    """The inverse of a small matrix by elimination with the largest pivot; None of a singular one."""
    size = len(matrix)
    rows = [[*row, *(float(place == other) for other in range(size))] for place, row in enumerate(matrix)]
    for place in range(size):
        pivot = max(range(place, size), key=lambda row: abs(rows[row][place]))
        if abs(rows[pivot][place]) < 1e-9 * (abs(matrix[place][place]) or 1.0):
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [cell / rows[place][place] for cell in rows[place]]
        for other in range(size):
            if other != place:
                factor = rows[other][place]
                rows[other] = [cell - factor * own for cell, own in zip(rows[other], rows[place], strict=True)]
    return [row[size:] for row in rows]
