from __future__ import annotations

import pytest

from loyalty_cli.importers.inspecting.header_words import words_for


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Ilosc", "quantity"),
        ("wartosc", "amount"),
        ("Preţ", "price"),
        ("pret", "price"),
        ("ГРУППА ТОВАРОВ", "category"),
        ("Membership", "card"),
    ],
)
def test_a_column_is_known_by_its_name_without_the_marks_of_its_letters(header: str, word: str) -> None:
    assert words_for(header)[word] == 100


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Order #", "receipt"),
        ("Чек №", "receipt"),
        ("№ продажи", "receipt"),
        ("TransactionID", "receipt"),
        ("Faktura", "receipt"),
        ("Nr. chitanță", "receipt"),
        ("Card #", "card"),
        ("№ карты", "card"),
        ("UnitPrice", "price"),
    ],
)
def test_signs_of_a_number_and_words_that_run_together_are_read_as_they_are_meant(header: str, word: str) -> None:
    assert words_for(header)[word] == 100


@pytest.mark.parametrize("header", ["Продажи", "Карты"])
def test_the_same_words_without_the_sign_of_a_number_name_no_number(header: str) -> None:
    assert words_for(header).keys().isdisjoint({"receipt", "card"})
