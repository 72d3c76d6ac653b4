"""Intervals as they were published, and who is compared with whom."""

from __future__ import annotations

import pytest

from loyalty_cli.knowing.comparison import compared
from loyalty_cli.knowing.comparison import paired
from loyalty_cli.knowing.comparison import Summary
from loyalty_cli.knowing.comparison import summary
from loyalty_cli.knowing.matching import Before
from loyalty_cli.knowing.matching import pairs
from loyalty_cli.knowing.student import cumulative
from loyalty_cli.knowing.student import quantile

# Student: "The Probable Error of a Mean", Biometrika 6, 1908: hours of sleep more with one of two drugs, of ten people.
ONE = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
OTHER = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


@pytest.mark.parametrize(
    ("probability", "freedom", "t"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, table of upper critical values
    [(0.975, 1, 12.706), (0.975, 2, 4.303), (0.95, 5, 2.015), (0.975, 10, 2.228), (0.99, 30, 2.457), (0.999, 100, 3.174)],
)
def test_quantiles_are_those_of_the_tables(probability: float, freedom: float, t: float) -> None:
    assert quantile(probability, freedom) == pytest.approx(t, abs=0.0005)
    assert cumulative(t, freedom) == pytest.approx(probability, abs=0.0001)


def test_two_groups_are_compared_as_in_the_handbook() -> None:
    # NIST's car mileage data, miles per gallon of 249 American and 79 Japanese cars, as Boost.Math works them through: t is -12.6206,
    # https://boostorg.github.io/math/doc/html/math_toolkit/stat_tut/weg/st_eg/two_sample_students_t.html
    cars = Summary(249, 20.14458, 248 * 6.41470**2), Summary(79, 30.48101, 78 * 6.10771**2)
    found = compared(*cars, 0.95)
    assert found.value == pytest.approx(-10.33643, abs=1e-5)
    assert found.error == pytest.approx(0.81902, abs=1e-5)
    assert found.value / found.error == pytest.approx(-12.62059, abs=1e-5)
    # The critical value for 326 degrees of freedom is 1.9673: 10.33643 -+ 1.9673 x 0.81902 = 8.7252 and 11.9477
    assert found.low == pytest.approx(-11.9477, abs=2e-4)
    assert found.high == pytest.approx(-8.7252, abs=2e-4)
    assert found.sign == -1


def test_hours_of_sleep_are_compared_as_everybody_does() -> None:
    # R's data set sleep, https://stat.ethz.ch/R-manual/R-devel/library/datasets/html/sleep.html:
    # t.test(extra ~ group, data = sleep, var.equal = TRUE), and with paired = TRUE
    plain = compared(summary(ONE), summary(OTHER), 0.95)
    assert plain.low == pytest.approx(-3.363874, abs=1e-6)
    assert plain.high == pytest.approx(0.203874, abs=1e-6)
    assert plain.sign == 0
    couples = paired([other - one for one, other in zip(ONE, OTHER, strict=True)], 0.95)
    assert couples.value == pytest.approx(1.58)
    assert couples.low == pytest.approx(0.7001142, abs=1e-6)
    assert couples.high == pytest.approx(2.4598858, abs=1e-6)
    assert couples.sign == 1


def test_each_member_is_compared_with_the_most_alike_once() -> None:
    having = [Before(1, 4, 100), Before(2, 5, 110), Before(3, 1, 50), Before(4, 9, 900)]
    others = [Before(11, 7, 105), Before(12, 4, 120), Before(13, 2, 50), Before(14, 8, 700), Before(15, 4, 99)]
    # 4 to 7 visits: 100 is nearest to 99, 110 to 105. One visit has nobody; 900 is more than a quarter above 700.
    assert pairs(having, others) == [(1, 15), (2, 11)]
