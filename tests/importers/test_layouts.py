"""Layouts: what they need, and what they refuse."""

from __future__ import annotations

from typing import Literal

import pytest
from pydantic import ValidationError

from loyalty_cli.importers.all_importers import plain_layout
from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cards import CardRule
from loyalty_cli.importers.layouts.labels import is_one_of
from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.layouts.places import find_places
from loyalty_cli.importers.layouts.places import places_by_number
from loyalty_cli.model.errors import ExportRefused

COLUMNS = {"receipt": "Nr", "date": "Data", "amount": "Kwota"}


def layout(**settings: object) -> Layout:
    return Layout.model_validate({"columns": COLUMNS, **settings})


@pytest.mark.parametrize(
    "settings",
    [
        {"columns": {"receipt": "Nr", "date": "Data"}},
        {"columns": {"date": "Data", "amount": "Kwota"}},
        {"encoding": "klingon"},
        {"delimiter": "::"},
        {"date_form": "yesterday"},
        {"date_form": "HH:mm"},
        {"decimal_mark": ",", "thousands_mark": ","},
        {"return_labels": ["Zwrot"]},
        {"receipt_key": ["till", "receipt"]},
        {"colums": {}},
    ],
)
def test_a_layout_that_can_not_work_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        layout(**settings)


def test_columns_are_found_by_name_whatever_the_case_or_by_number() -> None:
    chosen = layout(columns={**COLUMNS, "card": "5"})
    places = find_places(chosen, ["DATA", " nr ", "Sklep", "kwota", "Karta"], "a.csv")
    assert places.of_word == {"receipt": 1, "date": 0, "amount": 3, "card": 4}


def test_a_name_that_stands_twice_must_be_given_by_number() -> None:
    with pytest.raises(ExportRefused, match="give Kwota by number"):
        find_places(layout(), ["Data", "Nr", "Kwota", "Kwota"], "a.csv")


def test_a_file_without_a_header_needs_numbers() -> None:
    numbers = layout(header="no", columns={"receipt": 1, "date": 2, "amount": 4})
    assert places_by_number(numbers, 4, "a.csv").of_word == {"receipt": 0, "date": 1, "amount": 3}
    with pytest.raises(ExportRefused, match=r"at least 4 columns\. Found: 3"):
        places_by_number(numbers, 3, "a.csv")
    with pytest.raises(ExportRefused, match="numbers of columns"):
        places_by_number(layout(header="no"), 4, "a.csv")


def test_the_plain_layout_takes_the_columns_that_are_there() -> None:
    found = plain_layout(["Receipt", "date", "time", "amount", "something"], "a.csv")
    assert found.columns.named() == {"receipt": "receipt", "date": "date", "time": "time", "amount": "amount"}


@pytest.mark.parametrize(
    ("text", "check", "number"),
    [
        ("2900001", "none", "2900001"),
        (" 2900 001 ", "none", "2900001"),
        ("'0012345", "none", "0012345"),
        ("", "none", ""),
        ("5.90123E+12", "none", None),
        ("4,687E+11", "none", None),
        ("4.687e11", "none", None),
        ("17850.0", "none", None),
        # Digits with an e among them are a card, not a number that a spreadsheet has written.
        ("001e840150", "none", "001e840150"),
        ("2e5", "none", "2e5"),
        ("---", "none", None),
        # 5 9 0 1 2 3 4 1 2 3 4 5 7: 3 x (9+1+3+1+3+5) + (5+0+2+4+2+4) = 66 + 17 = 83, and 83 + 7 = 90
        ("5901234123457", "ean", "5901234123457"),
        ("5901234123456", "ean", None),
        ("79927398713", "luhn", "79927398713"),
        ("79927398710", "luhn", None),
    ],
)
def test_cards_are_cleaned_or_refused(text: str, check: Literal["none", "ean", "luhn"], number: str | None) -> None:
    assert card_number(text, CardRule(check=check)) == number


def test_a_label_has_a_star_for_anything_and_every_other_sign_for_itself() -> None:
    texts = ("[GC] 50.00", "Coffee", "Gift card?", "Gift cards")
    assert [is_one_of(text, {"[gc]*", "* card?"}) for text in texts] == [True, False, True, False]
