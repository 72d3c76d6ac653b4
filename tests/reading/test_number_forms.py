"""Numbers as tills write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.reading.forms.numbers import money_reader
from loyalty_cli.reading.forms.numbers import NumberForm
from loyalty_cli.reading.forms.numbers import quantity_reader
from loyalty_cli.reading.forms.numbers import written

POLISH = NumberForm(decimal=",", thousands="space", signs=("zł",))
ENGLISH = NumberForm(decimal=".", thousands=",", signs=("$",))
PLAIN = NumberForm()

FORMS = st.sampled_from(
    [
        NumberForm(decimal=decimal, thousands=thousands)
        for decimal in (".", ",")
        for thousands in ("none", ".", ",", "space", "'")
        if decimal != thousands
    ]
)


@given(st.integers(-(10**12), 10**12), FORMS, st.sampled_from([0, 2]))
def test_a_number_that_is_written_is_read_back(number: int, form: NumberForm, digits: int) -> None:
    assert money_reader(form, digits)(written(number, form, digits)) == number


@given(st.integers(-(10**12), 10**12), FORMS)
def test_a_quantity_that_is_written_is_read_back(number: int, form: NumberForm) -> None:
    assert quantity_reader(form)(written(number, form, 3)) == number


@pytest.mark.parametrize(
    ("form", "text", "amount"),
    [
        (PLAIN, "3.50", 350),
        (PLAIN, "-3.5", -350),
        (PLAIN, "7", 700),
        (PLAIN, "12.3400", 1234),
        # A nought that a spreadsheet does not show, and a plus that tells sales from returns.
        (PLAIN, ".50", 50),
        (PLAIN, "-.5", -50),
        (PLAIN, "5.", 500),
        (PLAIN, "+5.00", 500),
        (POLISH, ",50", 50),
        (POLISH, "+ 1 234,50 zł", 123450),
        (POLISH, "1 234,50 zł", 123450),
        (POLISH, "1\u00a0234,50", 123450),
        (POLISH, "−5,00", -500),
        (ENGLISH, "$1,234.50", 123450),
        (ENGLISH, "-$7.00", -700),
        (ENGLISH, "($7.00)", -700),
        (ENGLISH, "7.00-", -700),
    ],
)
def test_forms_of_tills_are_understood(form: NumberForm, text: str, amount: int) -> None:
    assert money_reader(form, 2)(text) == amount


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (PLAIN, "3,50"),
        (PLAIN, "1,234"),
        (PLAIN, "1.234"),
        # A thousand or one? Three decimals of a currency with two are refused even if the last is zero.
        (PLAIN, "1.230"),
        (PLAIN, "1 234.00"),
        (PLAIN, "12.345678"),
        (PLAIN, "1e5"),
        (PLAIN, "--5"),
        (PLAIN, "+-5"),
        (PLAIN, "+5-"),
        (PLAIN, "."),
        (POLISH, ".50"),
        (NumberForm(decimals=2), "5."),
        (PLAIN, ""),
        (PLAIN, "٣"),
        (PLAIN, "99999999999999"),
        (POLISH, "1.234"),
        (POLISH, "1 23,00"),
        (POLISH, "1.50"),
        (ENGLISH, "1,23.00"),
    ],
)
def test_a_number_of_another_form_is_never_guessed(form: NumberForm, text: str) -> None:
    assert money_reader(form, 2)(text) is None


def test_a_layout_may_say_that_amounts_always_have_three_decimals() -> None:
    reader = money_reader(NumberForm(decimals=3), 2)
    assert reader("1.230") == 123
    assert reader("1.23") is None
    assert reader("1.234") is None


def test_a_quantity_of_three_decimals_is_a_weight() -> None:
    assert quantity_reader(NumberForm(decimal=","))("0,750") == 750
