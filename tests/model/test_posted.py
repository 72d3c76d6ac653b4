"""The names of the books in words."""

from __future__ import annotations

import pytest

from loyalty_cli.model.shown.posted import posted_said


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("pending", "pending points"),
        ("points.basic", "points: basic"),
        ("coupon:next visit", "coupon next visit"),
        ("voucher:7WWQ88C9M6829", "smallest coins on voucher 7WWQ88C9M6829"),
        ("1 points", "1 point"),
        ("50 points", "50 points"),
        # A message that a rule gave is said as a message, and its word `message` is not taken for a part of its name.
        ("rewards.message thanks", "message thanks"),
        ("-3 pending", "-3 × pending points"),
        ("2 coupon:next visit", "2 × coupon next visit"),
        # Names and numbers that are no such thing stay as they are.
        ("3 reels", "3 reels"),
        ("2026-09-18|1", "2026-09-18|1"),
        ("name, phone", "name, phone"),
        ("", ""),
    ],
)
def test_what_the_books_keep_is_said_in_words(kept: str, said: str) -> None:
    assert str(posted_said(kept)) == said
