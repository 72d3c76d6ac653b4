"""BG/NBD and Gamma-Gamma against published figures; the CDNOW sample comes from the wheel of lifetimes, where it is installed.

Published: Fader, Hardie and Lee (2005), table 2 and their spreadsheet; Fader and Hardie (2013), "The Gamma-Gamma Model".
"""

from __future__ import annotations

import csv
import random
from importlib.metadata import files
from importlib.metadata import PackageNotFoundError
from math import exp
from math import log
from pathlib import Path

import pytest

from loyalty_cli.knowing import activity
from loyalty_cli.knowing import spend
from loyalty_cli.knowing.activity import Activity
from loyalty_cli.knowing.activity import History
from loyalty_cli.knowing.spend import Paid
from loyalty_cli.knowing.spend import Spend

CDNOW = Activity(0.2425982, 4.413684, 0.7929899, 2.426167)
SPEND = Spend(6.25, 3.74, 15.44)


def sample() -> list[dict[str, str]]:
    """The 2,357 customers of the sample by 30 September 1997."""
    try:
        found = [path for path in files("lifetimes") or () if path.name == "cdnow_customers_summary_with_transactions.csv"]
    except PackageNotFoundError:
        found = []
    if not found:
        pytest.skip("pip install --no-deps lifetimes brings the sample")
    with Path(str(found[0].locate())).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_purchases_to_expect_of_somebody_new_are_those_of_the_published_spreadsheet() -> None:
    weeks = (0.1429, 1.0, 3.0, 31.8571, 32.0, 78.0)
    published = (0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576)
    assert [CDNOW.expected(History(0, 0.0, 0.0), each) for each in weeks] == pytest.approx(published, abs=0.001)


def test_a_member_with_two_purchases_after_the_first_is_expected_to_buy_as_published() -> None:
    assert CDNOW.expected(History(2, 30.43, 38.86), 39) == pytest.approx(1.226, abs=0.001)


def test_a_member_is_as_active_as_the_formula_says() -> None:
    # One over 1 + a / (b + x - 1) x ((alpha + T) / (alpha + tx))^(r + x); with all four 1, x = 1, tx = 1, T = 3:
    # 1 + 1 / 1 x (4 / 2)^2 = 5
    assert Activity(1, 1, 1, 1).alive(History(1, 1, 3)) == pytest.approx(1 / 5)
    assert CDNOW.alive(History(0, 0, 38.86)) == 1


def test_a_member_with_very_many_purchases_overflows_nothing() -> None:
    often = History(780, 51.9, 52)
    assert 0 < CDNOW.alive(often) <= 1
    # At most the 780 of a year again; at the least half, for one in a thousand purchases is the last.
    assert 780 / 2 < CDNOW.expected(often, 52) < 780
    assert CDNOW.alive(History(780, 1, 52)) < 1e-100


def test_the_sample_has_the_published_likelihood_and_numbers() -> None:
    histories = [History(int(row["x"]), float(row["t_x"]), float(row["T"])) for row in sample()]
    assert len(histories) == 2357
    assert CDNOW.likelihood(activity.grouped(histories)) == pytest.approx(-9582.43, abs=0.01)
    found = activity.fitted(histories, enough=len(histories))
    assert tuple(found) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.002)


def test_the_sample_has_the_published_numbers_of_spend() -> None:
    paid = [Paid(int(row["x"]), float(row["zbar"])) for row in sample() if int(row["x"])]
    assert len(paid) == 946
    assert SPEND.likelihood(spend.grouped(paid)) == pytest.approx(-4055.92, abs=0.01)
    assert tuple(spend.fitted(paid)) == pytest.approx(SPEND, abs=0.03)


def test_what_a_member_spends_lies_between_their_own_mean_and_that_of_all() -> None:
    # p (v + x z) / (p x + q - 1) = 6.25 x (15.44 + 2 x 22.35) / (12.5 + 2.74) = 375.875 / 15.24 = 24.66
    assert SPEND.expected(Paid(2, 22.35)) == pytest.approx(24.66, abs=0.005)
    # Of nobody known: 6.25 x 15.44 / 2.74 = 35.22
    assert SPEND.expected(Paid(0, 0)) == pytest.approx(35.22, abs=0.005)


def simulated(truth: Activity, members: int, seed: int) -> tuple[list[History], list[int], list[bool]]:
    """Members who buy and leave as the model says, for 52 weeks, their purchases in the 26 weeks after, and who has not left by then."""
    dice = random.Random(seed)
    histories, later, active = [], [], []
    for _ in range(members):
        rate = dice.gammavariate(truth.r, 1 / truth.alpha)
        leave = dice.betavariate(truth.a, truth.b)
        now, times, left = 0.0, [], False
        while (now := now + dice.expovariate(max(rate, 1e-9))) < 78:
            times.append(now)
            if dice.random() < leave:
                left = now <= 52
                break
        known = [time for time in times if time <= 52]
        histories.append(History(len(known), known[-1] if known else 0.0, 52.0))
        later.append(len(times) - len(known))
        active.append(not left)
    return histories, later, active


def test_of_a_simulated_shop_the_purchases_to_come_are_foretold() -> None:
    histories, later, _ = simulated(Activity(0.8, 6.0, 0.9, 3.0), 1500, seed=7)
    found = activity.fitted(histories)
    expected = sum(found.expected(each, 26) for each in histories)
    assert expected == pytest.approx(sum(later), rel=0.1)


@pytest.mark.parametrize("seed", range(3))
def test_of_members_who_are_said_to_be_active_with_a_chance_so_many_are(seed: int) -> None:
    histories, _, active = simulated(Activity(0.8, 6.0, 0.9, 3.0), 3000, seed=100 + seed)
    found = activity.fitted(histories)
    said = sorted((found.alive(history), is_active) for history, is_active in zip(histories, active, strict=True) if history.again)
    for place in range(5):
        fifth = said[len(said) * place // 5 : len(said) * (place + 1) // 5]
        chance = sum(each for each, _ in fifth) / len(fifth)
        share = sum(is_active for _, is_active in fifth) / len(fifth)
        # Three standard errors of a share of so many, and two points for the four numbers, which are themselves only found.
        assert abs(share - chance) <= 3 * (chance * (1 - chance) / len(fifth)) ** 0.5 + 0.02, (place, chance, share, len(fifth))


def test_of_very_many_members_evenly_chosen_ones_are_asked() -> None:
    histories, _, _ = simulated(Activity(0.8, 6.0, 0.9, 3.0), 300, seed=1)
    assert activity.fitted(histories * 2, enough=300) == activity.fitted((histories * 2)[::2], enough=300)


def test_a_smaller_likelihood_is_what_other_numbers_have() -> None:
    histories, _, _ = simulated(Activity(0.8, 6.0, 0.9, 3.0), 300, seed=2)
    found, groups = activity.fitted(histories), activity.grouped(histories)
    for place in range(4):
        other = Activity(*(exp(log(value) + 0.1 * (place == at)) for at, value in enumerate(found)))
        assert other.likelihood(groups) < found.likelihood(groups)
