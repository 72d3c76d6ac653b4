"""The word that is meant by one typed wrong, or on a keyboard without the letters of its language."""

from __future__ import annotations

import pytest

from loyalty_cli.reading.problems import nearest

KNOWN = ("śpiący", "wróć", "łąka", "cumpărături", "going_down", "window", "ёлка")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spiacy", "śpiący"),
        ("wroc", "wróć"),
        ("Wroc", "wróć"),
        ("laka", "łąka"),
        ("cumparaturi", "cumpărături"),
        ("cumparatura", "cumpărături"),
        ("елка", "ёлка"),
        ("widnow", "window"),
        ("nothing like it", None),
    ],
)
def test_a_name_is_found_without_the_marks_of_its_letters(typed: str, meant: str | None) -> None:
    assert nearest(typed, KNOWN) == meant
