"""Net promoter score and mean with their intervals, against published figures and by drawing again and again."""

from __future__ import annotations

from random import Random

import pytest

from loyalty_cli.knowing.student import quantile
from loyalty_cli.reports.feedback.scores import mean
from loyalty_cli.reports.feedback.scores import net_promoter


def test_the_interval_of_the_net_promoter_score_is_the_adjusted_wald_one() -> None:
    # 162 promoters, 108 passives, 54 detractors: 100 x (162 - 54) / 324 = 33.33.
    # p = 162.75 / 327 = 0.497706, d = 54.75 / 327 = 0.167431, p - d = 0.330275, variance 0.665138 - 0.109082 = 0.556056,
    # sqrt(0.556056 / 327) = 0.0412369, times 1.959964 = 0.0808228
    found = net_promoter(162, 108, 54)
    assert found is not None
    assert found == pytest.approx((33.3333, 24.9452, 41.1098), abs=0.001)
    # A population of 1/2, 1/3 and 1/6 has the variance 5/9, so 324 answers have the standard error 4.1
    # (stats.stackexchange.com, question 18603): the plain interval is 33.3 +/- 8.1.
    assert found[1:] == pytest.approx((33.3 - 8.1, 33.3 + 8.1), abs=0.5)


@pytest.mark.parametrize("count", [300, 1023, 9_999])
def test_thirds_have_an_interval_as_wide_as_is_published(count: int) -> None:
    # cybaea.net, "Net Promoter Score confidence intervals 2" (2016): with thirds the width is 320 / sqrt(n), rounded there
    found = net_promoter(count // 3, count // 3, count // 3)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert (found.high - found.low) * count**0.5 == pytest.approx(320, abs=2)


def test_the_interval_holds_the_true_score_95_times_of_100() -> None:
    chance, held = Random(20_261_128), 0
    for _ in range(2000):
        drawn = chance.choices((1, 0, -1), weights=(50, 30, 20), k=30)
        found = net_promoter(drawn.count(1), drawn.count(0), drawn.count(-1))
        assert found is not None
        held += (found.low or 0) <= 30 <= (found.high or 0)
    assert 0.935 <= held / 2000 <= 0.975


def test_a_score_of_few_or_equal_answers_stays_within_its_bounds() -> None:
    assert net_promoter(0, 0, 0) is None
    for counts in ((1, 0, 0), (0, 0, 1), (2, 0, 0), (0, 1, 0)):
        found = net_promoter(*counts)
        assert found is not None
        assert -100 <= (found.low or 0) < (found.high or 0) <= 100


@pytest.mark.parametrize(("freedom", "published"), [(4, 2.776), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)])
def test_students_t_is_as_in_the_tables(freedom: int, published: float) -> None:
    assert quantile(0.975, freedom) == pytest.approx(published, abs=0.01)


def test_the_mean_has_an_interval_from_five_scores_on() -> None:
    assert mean([]) is None
    assert mean([3, 4]) == (3.5, None, None)
    # s = sqrt(10 / 4) = 1.5811, / sqrt(5) = 0.7071, x 2.776 = 1.963
    assert mean([1, 2, 3, 4, 5]) == pytest.approx((3, 1.037, 4.963), abs=0.01)
