"""Days, months and spans by the calendar."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import Span

DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-01-01", -1, "2025-12-01"),
    ],
)
def test_a_month_on_keeps_the_day_or_takes_the_months_last(start: str, months: int, end: str) -> None:
    assert date_of(add_months(day_from_iso(start), months)).isoformat() == end


@given(moment=DATES)
def test_a_day_is_what_sqlite_shows_as_its_date(moment: date) -> None:
    shown = sqlite3.connect(":memory:").execute("SELECT date(?)", (day_of(moment),)).fetchone()[0]
    assert shown == moment.isoformat()
    assert date_of(day_of(moment)) == moment


@given(moment=DATES, months=st.integers(0, 60), more=st.integers(0, 60))
def test_more_months_are_never_earlier(moment: date, months: int, more: int) -> None:
    assert add_months(day_of(moment), months) <= add_months(day_of(moment), months + more)


def test_spans_are_said_as_owners_say_them() -> None:
    assert str(Span(count=14, unit="days")) == "14 days"
    assert str(Span(count=1, unit="years")) == "1 year"
    assert Span(count=2, unit="weeks").after(100) == 114
    assert Span(count=2, unit="weeks").before(100) == 86


def test_dates_include_both_ends() -> None:
    advent = Dates(first=day_from_iso("2026-12-01"), last=day_from_iso("2026-12-24"))
    assert day_from_iso("2026-12-24") in advent
    assert day_from_iso("2026-12-25") not in advent
