"""Forecasts by hand, and over simulated shops with seasons whose truth is known."""

from __future__ import annotations

import random
from math import cos
from math import exp
from math import pi
from typing import NamedTuple

import pytest

from loyalty_cli.knowing.seasonal import Check
from loyalty_cli.knowing.seasonal import of_flow
from loyalty_cli.knowing.seasonal import of_level
from loyalty_cli.knowing.seasonal import typical


def test_equal_months_go_on_and_have_no_error() -> None:
    found = of_flow([100] * 12, 3)
    assert found is not None
    # Over three months there are nine checks, from after month 1 to after month 9
    assert tuple(found) == (300, 300, 300, 9, 0.0)


def test_a_season_comes_again_with_its_growth() -> None:
    year = [100, 100, 400] * 4
    found = of_flow([*year, *(2 * each for each in year), *(4 * each for each in year)], 3)
    # Doubled every year: 8 x (100 + 100 + 400)
    assert found is not None
    assert found.expected == 8 * 600


def test_without_held_back_months_there_is_no_range() -> None:
    found = of_flow([30], 12)
    assert found is not None
    assert tuple(found) == (360, None, None, 0, None)
    assert of_flow([], 3) is None


def test_a_short_history_is_checked_over_less_than_was_asked_for() -> None:
    found = of_flow([10, 20, 30], 12)
    # 12 x (10 + 20 + 30) / 3 = 240. Over one month: 10 was told and 20 came, 15 was told and 30 came: both err by half of what came.
    # Of less than a year there is no range.
    assert found is not None
    assert tuple(found) == (240, None, None, 2, 0.5)


def test_a_range_comes_from_what_was_told_and_came() -> None:
    found = of_flow([100] * 6 + [200] * 6, 3)
    # Over three months there are nine checks. After months 1 to 3 300 was told and came; then 300, 300, 300, 400, 500, 600 was told and
    # 400, 500, 600, 600, 600, 600 came: errors of 1/3, 2/3, 1, 1/2, 1/5 and 0 of what was told. Their squares are 1.84556 in all, and
    # sqrt(1.84556 / 9) = 0.45284. Nine checks of three months are 3 x 9 / 6 = 4 free ones: 1.533 x 0.45284 x 600 = 416.5 either way.
    assert found is not None
    assert found[:4] == (600, 183, 1017, 9)


def test_errors_over_more_months_than_could_be_checked_are_larger() -> None:
    found = of_flow([100] * 6 + [200] * 6, 12)
    # Over four months there are eight checks, as many as are wanted; 400 was told and came after months 1 and 2, then 400, 400, 400, 400,
    # 533.3 and 666.7 was told, and 500, 600, 700, 800, 800, 800 came: 1/4, 1/2, 3/4, 1, 1/2 and 1/5 of it, squares 2.165 in all,
    # sqrt(2.165 / 8) = 0.52022. Over one month 100 was told twice and 200 came, then 133.3 and 166.7: 1, 1/2, 1/5, squares 1.29 of 11
    # checks, 0.34244. So the power is ln(0.52022 / 0.34244) / ln 4 = 0.3016, and with a quarter more than a half: sqrt(12 / 4) = 1.7321.
    # 3 x 8 / 8 = 3 free ones: 1.638 x 0.52022 x 1.7321 x 2400 = 3542 either way.
    assert found is not None
    assert found[:4] == (2400, 0, 5942, 8)


def test_months_before_anything_lapsed_tell_nothing_of_lapsing() -> None:
    # As if the first half year, in which no points could lapse yet, had not been: 100 a month for a year. Counted in, three months of
    # 0 would have been told and up to 300 have come, which is no share of 0.
    assert of_flow([0] * 6 + [100] * 12, 3) == of_flow([100] * 12, 3)


def test_an_error_against_nothing_that_was_told_is_a_share_of_what_came() -> None:
    # 0 was told and 500 came: all of it, 1. 100 was told and 150 came: 1/2. sqrt((1 + 1/4) / 2) = 0.7906
    assert typical([Check(0, 500), Check(100, 150)], abs) == pytest.approx(0.7906, abs=0.0001)


def test_what_is_owed_goes_on_growing() -> None:
    found = of_level([100, 110, 120, 130, 140, 150], 3)
    # 10 a month; checked month by month from after month 2 to after month 5
    assert found is not None
    assert tuple(found) == (180, 180, 180, 4, 0.0)


class Truth(NamedTuple):
    """How a simulated shop trades: its season, growth and noise as shares, and how far its level wanders each month."""

    season: float
    growth: float
    noise: float
    wanders: float


SHOPS = {
    "seasons": Truth(0.3, 0.005, 0.08, 0),
    "calm": Truth(0.1, 0, 0.03, 0),
    "noisy": Truth(0.3, 0, 0.15, 0),
    "growing": Truth(0.2, 0.02, 0.08, 0),
    "wandering": Truth(0.3, 0, 0.05, 0.03),
    "no seasons": Truth(0, 0, 0.08, 0),
    "wandering far": Truth(0.3, 0, 0.05, 0.05),
}


def shop(truth: Truth, seed: int, months: int) -> list[int]:
    """A shop's turnover by month."""
    dice, level, course = random.Random(seed), 0.0, []
    for month in range(months):
        level += dice.gauss(0, truth.wanders)
        season = 1 + truth.season * cos(2 * pi * month / 12)
        course.append(round(100_000 * season * exp(truth.growth * month + level) * dice.gauss(1, truth.noise)))
    return course


@pytest.mark.parametrize("ahead", [3, 12])
@pytest.mark.parametrize("history", [21, 24, 36])
def test_eight_in_ten_of_simulated_shops_lie_in_the_range(history: int, ahead: int) -> None:
    shares = {}
    for number, (name, truth) in enumerate(SHOPS.items()):
        inside = 0
        for seed in range(100):
            course = shop(truth, 1000 * number + seed, history + ahead)
            found = of_flow(course[:history], ahead)
            assert found is not None
            assert found.low is not None
            assert found.high is not None
            inside += found.low <= sum(course[history:]) <= found.high
        shares[name] = inside
    # 80 of 100 with the spread of 4 that chance gives; of all 700 shops together with 1.5 percentage points.
    assert 70 <= sum(shares.values()) / len(shares) <= 92, (sum(shares.values()) / len(shares), shares)
    assert all(60 <= share <= 99 for share in shares.values()), shares
