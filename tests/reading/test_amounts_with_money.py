"""Behind an amount stands the shop's own money, in the words of its country, or nothing."""

from __future__ import annotations

import pytest

from loyalty_cli.model.money import currency_named
from loyalty_cli.reading.values import amount_of
from loyalty_cli.reading.values import NotUnderstood

OWN = {
    "PLN": ("20 zł", "20zl", "20 ZŁ", "20.00 złotych", "20 pln", "20 PLN"),
    "RON": ("20 lei", "20.00 RON"),
    "MDL": ("20 lei", "20 леев", "20 леи", "20 MDL"),
    "RUB": ("20 руб.", "20р.", "20 рубля", "20 ₽"),
    "BYN": ("20 руб.", "20 Br", "20 BYN"),
    "UAH": ("20 грн.", "20грн", "20 гривны", "20 ₴"),
    "CZK": ("20 Kč",),
    "USD": ("20 $", "20 US$"),
    "CAD": ("20 $",),
    "GEL": ("20 GEL", "20 лари"),
    "NOK": ("20 kr", "20 kr."),
    "HKD": ("20 $",),
}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in OWN.items() for text in texts])
def test_the_own_money_may_stand_behind_an_amount(code: str, text: str) -> None:
    assert amount_of(text, currency_named(code)) == 2000


@pytest.mark.parametrize(
    ("code", "text"),
    [("MDL", "20 RON"), ("MDL", "20 zł"), ("UAH", "20 €"), ("UAH", "20 руб."), ("CZK", "20 $"), ("GEL", "20 lei"), ("BYN", "20 RUB")],
)
def test_money_of_another_country_is_no_own_one_where_the_own_one_has_no_sign(code: str, text: str) -> None:
    with pytest.raises(NotUnderstood) as told:
        amount_of(text, currency_named(code))
    assert (told.value.what.text, str(told.value.hint)) == ("{text} is not a number alone.", "Write 20.")


def test_letters_behind_the_digits_are_none_among_them() -> None:
    with pytest.raises(NotUnderstood, match="not a number alone"):
        amount_of("20EUR", currency_named("PLN"))
    with pytest.raises(NotUnderstood, match="letter among its digits"):
        amount_of("20O", currency_named("PLN"))
