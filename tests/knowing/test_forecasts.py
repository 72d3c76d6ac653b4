"""Forecasts by hand, and over simulated shops with seasons whose truth is known."""

from __future__ import annotations

import random
from math import cos
from math import pi

from loyalty_cli.knowing.seasonal import of_flow
from loyalty_cli.knowing.seasonal import of_level


def test_equal_months_go_on_and_have_no_error() -> None:
    found = of_flow([100] * 8, 3)
    assert found is not None
    # Checks: from after month 1 to after month 5 three months can be compared
    assert tuple(found) == (300, 300, 300, 5, 0.0)


def test_a_season_comes_again_with_its_growth() -> None:
    year = [100, 100, 400] * 4
    found = of_flow([*year, *(2 * each for each in year), *(4 * each for each in year)], 3)
    # Doubled every year: 8 x (100 + 100 + 400)
    assert found is not None
    assert found.expected == 8 * 600


def test_without_held_back_months_there_is_no_range() -> None:
    found = of_flow([10, 20, 30], 12)
    # 12 x (10 + 20 + 30) / 3
    assert found is not None
    assert tuple(found) == (240, None, None, 0, None)
    assert of_flow([], 3) is None


def test_what_is_owed_goes_on_growing() -> None:
    found = of_level([100, 110, 120, 130, 140, 150], 3)
    # 10 a month; checked after months 2 and 3, from where three months can be compared
    assert found is not None
    assert tuple(found) == (180, 180, 180, 2, 0.0)


def shop(seed: int, months: int) -> list[int]:
    """A shop's turnover by month: a season of a year, half a percent more every month, and noise of 8 %."""
    dice = random.Random(seed)
    return [
        round(100_000 * (1 + 0.3 * cos(2 * pi * month / 12)) * 1.005**month * dice.gauss(1, 0.08)) for month in range(months)
    ]


def test_eight_in_ten_of_simulated_shops_lie_in_the_range() -> None:
    for ahead in (3, 12):
        inside = 0
        for seed in range(200):
            course = shop(seed, 48 + ahead)
            found = of_flow(course[:48], ahead)
            assert found is not None
            assert found.low is not None
            assert found.high is not None
            inside += found.low <= sum(course[48:]) <= found.high
        # 80 % of 200 with three standard errors of 2.8 % each
        assert 0.71 <= inside / 200 <= 0.95, (ahead, inside)
