"""Guessing how letters are saved: words of a shop in every code page its tills use."""

from __future__ import annotations

import pytest

from loyalty_cli.reading.likely.encodings import by_first_bytes
from loyalty_cli.reading.likely.encodings import by_letters
from loyalty_cli.reading.likely.encodings import words_of

POLISH = "mąka śmietana żółty ser łosoś wędzony pączek gęś ćwikła źródło ŻUREK Łaciate Ślimak"
ROMANIAN = "pâine brânză caşcaval ţuică mălai îngheţată roşii ardei CĂRŢI Şuncă făină mătase"
RUSSIAN = "хлеб молоко сметана творог Москва Итого наличные возврат продажа чай ТОВАР щука ёлка"
GERMAN = "Brötchen Käse Grüße Straße Öl Müsli Äpfel GEMÜSE"
SAVED = [
    *((POLISH, encoding) for encoding in ("cp1250", "iso-8859-2", "cp852", "iso-8859-16")),
    *((ROMANIAN, encoding) for encoding in ("cp1250", "cp852")),
    *((RUSSIAN, encoding) for encoding in ("cp1251", "cp866", "koi8-r", "iso-8859-5")),
    *((GERMAN, encoding) for encoding in ("cp1252", "cp850")),
]


@pytest.mark.parametrize(("text", "encoding"), SAVED)
def test_a_dozen_words_tell_their_code_page(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = by_letters(words_of([data]))
    assert found.name != ""
    assert data.decode(found.name) == text


@pytest.mark.parametrize(("text", "encoding"), [(POLISH, "cp1250"), (RUSSIAN, "cp1251"), (RUSSIAN, "cp866")])
def test_the_usual_code_pages_have_no_rival_in_a_dozen_words(text: str, encoding: str) -> None:
    assert by_letters(words_of([text.encode(encoding)])).rivals == ()


def test_a_comma_or_a_cedilla_below_a_romanian_letter_stays_a_question() -> None:
    # 0xBA and 0xFE are ş and ţ in cp1250 and ș and ț in iso-8859-16; nothing else differs in these words.
    found = by_letters(words_of(["roșii țuică".encode("iso-8859-16")]))
    assert found.name == "cp1250"
    assert "iso-8859-16" in [rival.name for rival in found.rivals]


def test_letters_that_are_the_same_in_both_leave_nothing_to_ask() -> None:
    # ł, ę and ó are the same bytes in cp1250 and iso-8859-2; ą, ś and ź are not.
    found = by_letters(words_of(["łęg jagłowe ogórki żółtę".encode("cp1250")]))
    assert found.name == "cp1250"
    assert "iso-8859-2" in found.alike


def test_first_bytes_tell_utf_8_and_utf_16() -> None:
    for encoding, name in (
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ):
        found = by_first_bytes("Nr paragonu;Data\r\n1;2026".encode(encoding))
        assert found is not None
        assert found.name == name
    assert by_first_bytes(b"receipt,date") is None
