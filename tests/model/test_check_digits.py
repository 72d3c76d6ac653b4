"""Check digits, against published numbers."""

from __future__ import annotations

import pytest

from loyalty_cli.model.check_digits import check_digit
from loyalty_cli.model.check_digits import ean_holds
from loyalty_cli.model.check_digits import luhn_holds


def test_check_digits_are_the_published_ones() -> None:
    assert check_digit("400638133393", "ean") == "1"  # 4006381333931, the usual example
    assert check_digit("7992739871", "luhn") == "3"  # 79927398713, the usual example
    assert check_digit("123", "none") == ""


@pytest.mark.parametrize("number", ["4006381333931", "96385074", "036000291452"])
def test_the_published_examples_of_ean_hold(number: str) -> None:
    assert ean_holds(number)


@pytest.mark.parametrize("number", ["4006381333932", "400638133393", "４００６３８１３３３９３１", "400638133393X", ""])
def test_a_wrong_digit_a_wrong_length_and_other_letters_are_no_ean(number: str) -> None:
    assert not ean_holds(number)


def test_luhn_sees_a_wrong_digit_and_needs_more_than_one() -> None:
    assert luhn_holds("79927398713")
    assert [luhn_holds(text) for text in ("79927398710", "0", "", "7992739871X")] == [False] * 4
