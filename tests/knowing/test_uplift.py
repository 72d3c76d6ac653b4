"""What a rule brings, in shops whose truth is known: made by a seeded generator, with an effect and without one."""

from __future__ import annotations

from functools import cache
from math import exp
from math import inf
from random import Random

import pytest

from loyalty_cli.knowing.comparison import compared
from loyalty_cli.knowing.comparison import Difference
from loyalty_cli.knowing.comparison import summary
from loyalty_cli.knowing.uplift import adjusted
from loyalty_cli.knowing.uplift import Measured
from loyalty_cli.knowing.uplift import SURE
from loyalty_cli.knowing.uplift import Uplift
from loyalty_cli.knowing.uplift import uplift_of

RUNS, WEEKS = 200, 12
# Both measures together as the report takes them: 97.5 %, each at 98.75 %.
LEVEL = 1 - (1 - SURE) / 2
# Visits a week and the logarithm of a basket; members differ in both (a gamma and a normal distribution).
RATE, SHAPE, BASKET, OF_MEMBERS, OF_BASKETS = 0.5, 0.8, 3.5, 0.6, 0.7
MEAN_BASKET = exp(BASKET + (OF_MEMBERS**2 + OF_BASKETS**2) / 2)


def member(chance: Random, effect: float) -> tuple[Measured, Measured]:
    """Visits and spend of somebody who buys by a Poisson process, `effect` times as often in the time compared."""
    rate, basket = chance.gammavariate(SHAPE, RATE / SHAPE), chance.gauss(BASKET, OF_MEMBERS)

    def of(weeks: float, rate: float) -> tuple[int, float]:
        visits, time = 0, chance.expovariate(rate)
        while time < weeks:
            visits, time = visits + 1, time + chance.expovariate(rate)
        return visits, sum(exp(chance.gauss(basket, OF_BASKETS)) for _ in range(visits))

    before, first, second = of(WEEKS, rate), of(WEEKS / 2, rate * effect), of(WEEKS / 2, rate * effect)
    return Measured(before[0], first[0], second[0]), Measured(before[1], first[1], second[1])


@cache
def found(effect: float, *, seed: int = 20_260_901, having: int = 90, without: int = 20) -> list[tuple[Uplift, Uplift]]:
    """Visits and spend as they were found in each of the shops."""
    chance, shops = Random(seed), []
    for _ in range(RUNS):
        one = [member(chance, effect) for _ in range(having)]
        other = [member(chance, 1) for _ in range(without)]
        both = [uplift_of([each[n] for each in one], [each[n] for each in other], WEEKS, LEVEL) for n in (0, 1)]
        shops.append((both[0], both[1]))
    return shops  # type: ignore[return-value]


def holds(difference: Difference, truth: float) -> bool:
    """Whether the truth lies between the bounds."""
    return difference.low <= truth <= difference.high


def test_without_an_effect_none_is_seen_in_95_of_100_shops() -> None:
    nothing = sum(all(each.difference.sign == 0 for each in shop) for shop in found(1.0))
    assert nothing >= 0.95 * RUNS


@pytest.mark.parametrize("effect", [1.0, 1.5])
def test_the_bounds_hold_as_often_as_they_say(effect: float) -> None:
    visits = RATE * WEEKS * (effect - 1)
    truth = visits, visits * MEAN_BASKET
    together = sum(all(holds(each.difference, true) for each, true in zip(shop, truth, strict=True)) for shop in found(effect))
    # 97.5 % of 200 are 195, give or take 2 x sqrt(200 x 0.975 x 0.025) = 4
    assert together >= 191


def test_a_large_effect_is_seen_more_often_than_not() -> None:
    # By a half, with 20 members kept out of 110: about every second time.
    assert sum(visits.difference.sign > 0 for visits, _ in found(1.5)) >= 0.45 * RUNS


@pytest.mark.parametrize("seed", range(1, 4))
def test_in_each_200_shops_without_an_effect_190_show_none(seed: int) -> None:
    # All together 97.5 % of 200 are 195, with a spread of 2.2: fewer than 190 would be one time in a hundred.
    assert sum(all(each.difference.sign == 0 for each in shop) for shop in found(1.0, seed=seed)) >= 0.95 * RUNS


def test_what_chance_divided_unevenly_before_is_taken_out() -> None:
    # Everybody does twice as much as before, and one side had more before: 2 x (4 - 2) = 4 without, 0 with the time before.
    one, other = ([Measured(before, before, before) for before in side] for side in ((3.0, 5.0), (1.0, 3.0)))
    sides = adjusted(one, other)
    assert compared(summary(sides[0]), summary(sides[1]), 0.95).value == pytest.approx(0)


def test_the_weeks_that_are_missing_follow_from_what_varies() -> None:
    # Nothing lasts: each half is 9 or 11, half of the members first the one and then the other; a week is a half.
    # Per week: variance of the difference of the halves 4 x 100 / 99 over 2 weeks = 2.02; the sum is always 20, nothing slow.
    side = [Measured(0, 9, 11), Measured(0, 11, 9)] * 25
    even = uplift_of(side, side, 2, 0.95)
    assert even is not None
    assert (even.difference.value, even.weeks) == (0, 0)
    # Sums of 18 and 22 and no change within: all that differs lasts, no time before tells of it, and weeks do not help.
    # Error sqrt(4 x 100 / 98 x 2 / 50) = 0.404, times 1.984 + 0.842 = 1.14, is more than 5 % of 20 = 1.
    lasting = [Measured(0, 9, 9), Measured(0, 11, 11)] * 25
    never = uplift_of(lasting, lasting, 2, 0.95)
    assert never is not None
    assert never.weeks == inf


def test_the_weeks_foretold_are_the_same_later() -> None:
    chance = Random(7)
    shops = [[member(chance, 1) for _ in range(1500)] for _ in range(2)]
    early = uplift_of([each[0] for each in shops[0]], [each[0] for each in shops[1]], WEEKS, LEVEL)
    assert early is not None
    # With only a quarter as many members on each side a mean varies twice as much.
    fewer = uplift_of([each[0] for each in shops[0][:375]], [each[0] for each in shops[1][:375]], WEEKS, LEVEL)
    assert fewer is not None
    assert early.weeks < fewer.weeks


def test_of_too_few_nothing_is_said() -> None:
    side = [Measured(1, 1, 1)] * 10
    assert uplift_of(side, side[:9], 4, LEVEL) is None
