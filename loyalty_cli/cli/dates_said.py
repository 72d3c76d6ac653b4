"""Days and months as people say them on the command line."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from loyalty_cli.cli.clock import now
from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import EARLIEST_YEAR
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import LATEST_YEAR
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day


def day_said(option: str, text: str) -> Day:
    """The day of `2026-11-21`; zeros may be left out."""
    try:
        return in_bounds(day_from_iso(with_zeros(text)))
    except ValueError:
        hint = phrase("Write it as year, month, day: {better}", better=day_better(text))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            hint = phrase("Months have 28 to 31 days; write year-month-day.")
        raise LoyaltyError("{option}: '{text}' is not a day.", option=option, text=text, hint=hint) from None


def span_said(month: str | None, first: Day | None, last: Day | None) -> tuple[Day | None, Day | None]:
    """The first and the last day that --month or --from and --to mean."""
    if month is not None:
        if first is not None or last is not None:
            raise LoyaltyError("Say either --month or --from and --to.")
        return month_said(month)
    if first is not None and last is not None and first > last:
        hint = phrase("Turn them round: {command}", command=f"--from {iso(last)} --to {iso(first)}")
        raise LoyaltyError("--from {first} is after --to {last}.", first=iso(first), last=iso(last), hint=hint)
    return first, last


def month_said(text: str) -> tuple[Day, Day]:
    """The first and the last day of `2026-11`."""
    try:
        start = in_bounds(day_from_iso(with_zeros(f"{text}-01")))
    except ValueError:
        from loyalty_cli.reading.meant_days import month_meant

        today = f"{now():%Y-%m-%d}"
        hint = phrase("Write it as year and month: {better}", better=month_meant(text, today) or today[:7])
        raise LoyaltyError("'{text}' is not a month.", text=text, hint=hint) from None
    return start, add_months(start, 1) - 1


def day_better(text: str) -> str:
    """What is meant by a day that is written in another way, or in a word; today where nobody can tell."""
    from loyalty_cli.reading.meant_days import day_meant
    from loyalty_cli.reading.owners_words import nearest_of

    today = now().date()
    words = {"today": 0, "yesterday": -1, "tomorrow": 1}
    near = nearest_of(text, words)
    return day_meant(text) or f"{today + timedelta(days=words[near] if near else 0):%Y-%m-%d}"


def in_bounds(day: Day) -> Day:
    """A day of a year that a shop can mean; ValueError for any other."""
    if not day_from_iso(f"{EARLIEST_YEAR}-01-01") <= day <= day_from_iso(f"{LATEST_YEAR}-12-31"):
        raise ValueError(day)
    return day


def with_zeros(text: str) -> str:
    """`2026-1-5` is as good as `2026-01-05` when a person types it."""
    return "-".join(part.zfill(2) for part in text.split("-"))
