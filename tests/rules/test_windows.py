"""What a stretch of days holds, day by day, counted out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.rules.window import read_window

ANCHOR = day_from_iso("2024-02-29")
FIRST = day_from_iso("2024-01-01")
WINDOWS = (
    "1 month", "3 months", "12 months", "1 year", "30 days", "365 days", "2 weeks", "calendar week", "calendar month",
    "calendar quarter", "calendar year", "membership year",
)  # fmt: skip


@pytest.mark.parametrize("text", WINDOWS)
def test_the_review_without_a_day_is_the_first_whose_window_does_not_hold_it(text: str) -> None:
    window = read_window(text)
    for gone in range(FIRST + 60, FIRST + 60 + 430, 3):
        for day in (gone, gone + 1, gone + 17, gone + 40, gone + 400):
            # Review by review: each is the last day of the period that follows the one before.
            review = window.last_day(day, ANCHOR)
            while window.first_day(review, ANCHOR) <= gone:
                review = window.last_day(review + 1, ANCHOR)
            assert window.review_without(gone, day, ANCHOR) == review


@pytest.mark.parametrize("text", WINDOWS)
def test_a_day_leaves_on_the_first_day_that_does_not_hold_it(text: str) -> None:
    window = read_window(text)
    for counted in range(FIRST + 60, FIRST + 60 + 800, 1):
        leaves = counted + 1
        while window.first_day(leaves, ANCHOR) <= counted:
            leaves += 1
        assert window.leaves(counted, ANCHOR) == leaves


@pytest.mark.parametrize(
    ("text", "gone", "day", "review"),
    [
        # 10 February leaves a month's window on 11 March (10 March still holds it), so that the end of March is the first without it.
        ("1 month", "2025-02-10", "2025-02-20", "2025-03-31"),
        # It has left by 11 March, so the review of the month in which one looks.
        ("1 month", "2025-02-10", "2025-05-03", "2025-05-31"),
        # On the very day on which it leaves, too.
        ("calendar quarter", "2025-02-10", "2025-04-01", "2025-06-30"),
        # On the day before, this quarter's review still holds it.
        ("calendar quarter", "2025-02-10", "2025-03-31", "2025-06-30"),
        # Years of membership begin on 28 February 2025 (2024 had a 29th) and 2026, and end on the 27th.
        ("membership year", "2025-02-10", "2025-02-11", "2026-02-27"),
    ],
)
def test_the_review_without_a_day_reckoned_by_hand(text: str, gone: str, day: str, review: str) -> None:
    found = read_window(text).review_without(day_from_iso(gone), day_from_iso(day), ANCHOR)
    assert iso(found) == review


@pytest.mark.parametrize("text", ["lifetime", "since joining"])
def test_no_review_is_without_a_day_that_never_leaves(text: str) -> None:
    window = read_window(text)
    assert window.leaves(FIRST, ANCHOR) == NEVER
    assert window.review_without(FIRST, FIRST + 1, ANCHOR) == NEVER


def test_another_window_made_of_one_finds_its_own_days() -> None:
    # Of the year 2025 the first day, of its May another one; days that one has found are none of the other's.
    year, day = read_window("calendar year"), day_from_iso("2025-05-20")
    assert iso(year.first_day(day, ANCHOR)) == "2025-01-01"
    month = replace(year, kind="calendar month")
    assert iso(month.first_day(day, ANCHOR)) == "2025-05-01"
    assert year == read_window("calendar year")
    assert hash(year) == hash(read_window("calendar year"))
