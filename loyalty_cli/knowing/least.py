"""The least value of a function of a few numbers.

The simplex method of Nelder and Mead, "A Simplex Method for Function Minimization", The Computer Journal 7 (1965), 308-313,
with their coefficients 1, 2, 1/2, 1/2. A library for it would be a hundred times the size of this program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

Point = tuple[float, ...]


def least(function: Callable[[Point], float], start: Sequence[float], *, step: float = 0.5, exact: float = 1e-10) -> Point:
    """Where the function is least, from a start on; it stops when all corners have the same value to within `exact`.

    >>> [round(x, 3) for x in least(lambda p: (p[0] - 3) ** 2 + (p[1] + 1) ** 2, (0, 0))]
    [3.0, -1.0]
    """
    first = tuple(start)
    points = [first, *(moved(first, place, step) for place in range(len(first)))]
    corners = sorted((function(point), point) for point in points)
    for _ in range(200 * len(first)):
        (best, _), (worst, last) = corners[0], corners[-1]
        if worst - best <= exact * (abs(best) + exact):
            break
        middle = tuple(sum(each) / len(first) for each in zip(*(point for _, point in corners[:-1]), strict=True))

        def at(factor: float, middle: Point = middle, last: Point = last) -> tuple[float, Point]:
            point = tuple(centre + factor * (centre - far) for centre, far in zip(middle, last, strict=True))
            return function(point), point

        tried = at(1.0)
        if tried[0] < best:
            tried = min(tried, at(2.0))
        elif tried[0] >= corners[-2][0]:
            tried = min(at(0.5), at(-0.5))
            if tried[0] >= worst:
                home = corners[0][1]
                nearer = [tuple((x + y) / 2 for x, y in zip(home, point, strict=True)) for _, point in corners[1:]]
                corners = sorted([corners[0], *((function(point), point) for point in nearer)])
                continue
        corners = sorted([*corners[:-1], tried])
    return corners[0][1]


def moved(point: Point, place: int, step: float) -> Point:
    """A point with one of its numbers moved."""
    return (*point[:place], point[place] + step, *point[place + 1 :])
