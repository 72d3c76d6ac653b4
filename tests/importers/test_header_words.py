from __future__ import annotations

import pytest

from loyalty_cli.importers.inspecting.header_words import words_for


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Ilosc", "quantity"), ("wartosc", "amount"), ("Preţ", "price"), ("pret", "price"),
        ("ГРУППА ТОВАРОВ", "category"), ("Membership", "card"),
    ],
)
def test_a_column_is_known_by_its_name_without_the_marks_of_its_letters(header: str, word: str) -> None:
    assert words_for(header)[word] == 100
