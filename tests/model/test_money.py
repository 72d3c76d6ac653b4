"""Money: shared without losing a grosz, rounded once, written as machines read it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.model.money import Currency
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import shared

AMOUNTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=20)


def test_ten_zloty_over_three_lines_as_published() -> None:
    # 10.00 over 59.99, 23.50 and 7.35 (90.84): 6.6039.., 2.5869.., 0.8091.. -> 6.60, 2.58, 0.80 and two grosze left;
    # the largest remainders are 0.91 (third) and 0.69 (second)
    assert shared(1000, [5999, 2350, 735]) == [660, 259, 81]


def test_a_tie_goes_to_the_first_line() -> None:
    # 0.05 over two equal lines: 2.5 each
    assert shared(5, [1, 1]) == [3, 2]


@given(total=AMOUNTS, weights=WEIGHTS)
def test_the_parts_sum_exactly(total: int, weights: list[int]) -> None:
    assert sum(shared(total, weights)) == total


@given(total=AMOUNTS, weights=WEIGHTS)
def test_no_part_is_a_whole_unit_away_from_its_exact_share(total: int, weights: list[int]) -> None:
    if sum(weights):
        for part, weight in zip(shared(total, weights), weights, strict=True):
            assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(numerator=AMOUNTS, denominator=st.integers(1, 10**6))
def test_rounding_is_to_the_stated_side(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    assert 0 <= exact - rounded(numerator, denominator, "down") < 1
    assert 0 <= rounded(numerator, denominator, "up") - exact < 1
    assert abs(rounded(numerator, denominator, "half up") - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("amount", "digits", "text"),
    [(123450, 2, "1234.50"), (-5, 2, "-0.05"), (0, 2, "0.00"), (1234, 0, "1234"), (-1234, 3, "-1.234")],
)
def test_an_amount_is_written_with_a_point_and_the_currencys_digits(amount: int, digits: int, text: str) -> None:
    assert Currency(code="XXX", digits=digits).plain(amount) == text
