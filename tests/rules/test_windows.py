"""What a stretch of days holds, day by day, counted out."""

from __future__ import annotations

import pytest

from loyalty_cli.model.days import day_from_iso
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
