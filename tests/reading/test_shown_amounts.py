"""Amounts as shops show them, in any language, and amounts with more decimals than the currency."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loyalty_cli.reading.forms.numbers import money_reader
from loyalty_cli.reading.forms.numbers import NumberForm

SHOWN = NumberForm(decimal="last", signs=("zł", "$", "€", "PLN"))


@pytest.mark.parametrize(
    ("text", "grosze"),
    [
        ("1 234,50 zł", 123450),
        ("1\u202f234,50\u00a0zł", 123450),
        ("$1,234.50", 123450),
        ("-$7.00", -700),
        ("1.234,50 €", 123450),
        ("PLN1,234.50", 123450),
        ("1,234,567.89", 123456789),
        ("12,50", 1250),
    ],
)
def test_the_last_mark_is_the_decimal_one(text: str, grosze: int) -> None:
    assert money_reader(SHOWN, 2)(text) == grosze


@pytest.mark.parametrize("text", ["12,5", "1.234", "1,234,50", "12 34,50", "1.234 567,00", "59", "12,50 lei", ""])
def test_an_amount_that_may_mean_something_else_is_refused(text: str) -> None:
    assert money_reader(SHOWN, 2)(text) is None


def test_a_currency_without_decimals_has_thousands_only() -> None:
    read = money_reader(replace(SHOWN, signs=("¥",)), 0)
    assert (read("¥1,234"), read("1.234.567"), read("12,50")) == (1234, 1234567, None)


def test_further_decimals_are_a_mistake_unless_they_are_to_be_rounded() -> None:
    exact = money_reader(NumberForm(), 2)
    rounding = replace(exact, wary=False, rounds=True)
    assert exact("8.130081") is None
    # half away from zero
    assert [rounding(text) for text in ("8.130081", "8.135", "-8.135", "32.519999999999996")] == [813, 814, -814, 3252]
