"""How unevenly something is spread: Lorenz's curve and Gini's coefficient.

Lorenz, "Methods of Measuring the Concentration of Wealth", Publications of the American Statistical Association 9 (1905);
Gini, "Variabilita e mutabilita" (1912).
"""

from __future__ import annotations

from itertools import accumulate
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def gini(amounts: Sequence[int]) -> float:
    """0 where all have the same, near 1 where one has all; amounts below zero count as nothing.

    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4])
    (0.0, 0.75)
    """
    ordered = sorted(max(amount, 0) for amount in amounts)
    total, count = sum(ordered), len(ordered)
    if not total:
        return 0.0
    return (2 * sum(place * amount for place, amount in enumerate(ordered, 1)) - (count + 1) * total) / (count * total)


def tenths(amounts: Sequence[int]) -> list[tuple[int, int]]:
    """How many have how much, for each tenth from the best down; a number that ten does not divide is spread evenly.

    >>> tenths([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])[:2]
    [(1, 10), (1, 9)]
    """
    ordered = sorted((max(amount, 0) for amount in amounts), reverse=True)
    sums = [0, *accumulate(ordered)]
    cuts = [len(ordered) * tenth // 10 for tenth in range(11)]
    return [(end - start, sums[end] - sums[start]) for start, end in pairwise(cuts)]
