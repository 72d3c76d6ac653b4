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


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # What is typed otherwise than the choice must be near it; that both begin with most says nothing.
        ("most spend", None),
        ("most pionts", "most points"),
        ("calender month", "calendar month"),
        ("calendar moth", "calendar month"),
        ("by visit", "by visits so far"),
    ],
)
def test_words_that_all_choices_share_make_none_of_them_meant(typed: str, meant: str | None) -> None:
    assert nearest(typed, ("most visits", "most bought", "most points", "calendar month", "by visits so far")) == meant
