"""Days that stand somewhere in a text, such as a row of a till's file that could not be read as a whole."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day

# 2026-08-28, 28.08.2026, 8/28/26, 20260828 (a time may follow it).
YEAR_FIRST = re.compile(r"(?<!\d)(20\d{2})([-./])(\d{1,2})\2(\d{1,2})(?!\d)", re.ASCII)
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-./])(\d{1,2})\2(?:20)?(\d{2})(?!\d)", re.ASCII)
TIGHT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?:\d{4}(?:\d{2})?)?(?!\d)", re.ASCII)


def days_in(text: str) -> set[Day]:
    """Every day a text may name. Between points the day comes before the month; else both orders are possible.

    >>> days_in("O09001;28.08.2026;10:01") == {day_of(date(2026, 8, 28))}
    True
    """
    return set(filter(None, (day_or_none(*parts) for parts in parts_in(text))))


def parts_in(text: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day, as they may be meant."""
    for year, _, month, day in YEAR_FIRST.findall(text):
        yield int(year), int(month), int(day)
    for year, month, day in TIGHT.findall(text):
        yield int(year), int(month), int(day)
    for first, mark, second, year in YEAR_LAST.findall(text):
        yield 2000 + int(year), int(second), int(first)
        if mark != ".":
            yield 2000 + int(year), int(first), int(second)


def day_or_none(year: int, month: int, day: int) -> Day | None:
    """The day, if the calendar has it."""
    try:
        return day_of(date(year, month, day))
    except ValueError:
        return None
