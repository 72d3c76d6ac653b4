"""Dates and times as tills write them, and what they are in UTC."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.forms.local_times import LocalTimes
from loyalty_cli.reading.forms.local_times import QUARTER


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("YYYY-MM-DD", "2026-03-02", "2026-03-02"),
        ("DD.MM.YYYY", "02.03.2026", "2026-03-02"),
        ("M/D/YY", "3/2/26", "2026-03-02"),
        ("YYYYMMDD", "20260302", "2026-03-02"),
        ("DD.MM.YYYY", "31.12.2025", "2025-12-31"),
        ("MMM D, YYYY", "Mar 2, 2026", "2026-03-02"),
        ("D MMM YYYY", "2 października 2026", "2026-10-02"),
        ("D MMM YYYY", "2 окт. 2026", "2026-10-02"),
        ("DD-MMM-YY", "02-mai-26", "2026-05-02"),
    ],
)
def test_dates_in_the_words_of_owners(form: str, text: str, day: str) -> None:
    assert date_form(form).day(text) == day_from_iso(day)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-3-2", "02.03.2026", "", "1970-01-01", "2026-03-02x", "٢٠٢٦-03-02"])
def test_other_dates_are_refused(text: str) -> None:
    assert date_form("YYYY-MM-DD").day(text) is None


@pytest.mark.parametrize("text", ["Tea 2, 2026", "Feb 30, 2026", "Mar 2 2026", "٢ Mar"])
def test_what_names_no_month_or_no_day_of_it_is_refused(text: str) -> None:
    assert date_form("MMM D, YYYY").day(text) is None


def test_a_mark_within_the_date_does_not_cut_off_its_time() -> None:
    split = split_form("MMM D, YYYY h:mm A")
    assert split.cut(["Mar 2, 2026 1:33 PM", "Mar 2, 2026"]) == (["Mar 2, 2026", "Mar 2, 2026"], ["1:33 PM", ""])
    assert split_form("D MMM YYYY, HH:mm").cut(["2 Mar 2026, 10:05"]) == (["2 Mar 2026"], ["10:05"])


@pytest.mark.parametrize(
    ("form", "text", "seconds"),
    [
        ("HH:mm:ss", "10:02:03", 36123),
        ("HH:mm", "10:02", 36120),
        ("h:mm A", "1:33 PM", 48780),
        ("h:mm A", "12:05 am", 300),
        ("HH:mm:ssZ", "10:00:00+02:00", 28800),
        ("HH:mm:ss Z", "10:00:00 -0530", 55800),
        ("HH:mm:ss", "24:00:00", None),
        ("HH:mm:ss", "10:60:00", None),
        ("h:mm A", "13:33 PM", None),
    ],
)
def test_times_in_the_words_of_owners(form: str, text: str, seconds: int | None) -> None:
    assert date_form(form).seconds(text) == seconds


@pytest.mark.parametrize(
    ("form", "text", "parts"),
    [
        ("YYYY-MM-DD HH:mm:ss", "2026-03-02 10:00:00", ("2026-03-02", "10:00:00")),
        ("DD.MM.YYYY, HH:mm", "24.03.2023, 12:32", ("24.03.2023", "12:32")),
        ("YYYYMMDDHHmmss", "20260302100000", ("20260302", "100000")),
        ("M/D/YY h:mm A", "7/28/26 1:33 PM", ("7/28/26", "1:33 PM")),
        ("YYYY-MM-DD HH:mm:ss", "2026-03-02T10:00:00", ("2026-03-02", "")),
    ],
)
def test_one_cell_is_cut_into_date_and_time(form: str, text: str, parts: tuple[str, str]) -> None:
    dates, times = split_form(form).cut([text])
    assert (dates[0], times[0]) == parts


@pytest.mark.parametrize("form", ["HH:mm DD.MM.YYYY", "YYYY-MM-DD", "MM HH:mm", "YYYY-MM-DD YYYY HH:mm"])
def test_forms_that_name_no_date_and_then_a_time_are_refused(form: str) -> None:
    with pytest.raises(ValueError, match=r"does not name a date|names something twice"):
        split_form(form)


ZONES = ("Europe/Warsaw", "America/New_York", "Asia/Barnaul", "America/Havana", "Australia/Lord_Howe", "UTC")


@given(st.sampled_from(ZONES), st.integers(0, 4_000_000_000))
def test_a_moment_becomes_the_local_time_that_the_zone_says(zone: str, at: int) -> None:
    times = LocalTimes(zone)
    wall = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    day, clock = times.local(at)
    assert (date_of(day), clock) == (wall.date(), wall.hour * 3600 + wall.minute * 60 + wall.second)
    assert times.offsets[at // QUARTER] == times.offset(at)


@given(st.sampled_from(ZONES), st.integers(1_000_000_000, 2_000_000_000))
def test_on_days_without_a_change_the_start_of_the_day_and_the_clock_add_up(zone: str, at: int) -> None:
    times = LocalTimes(zone)
    day, clock = times.local(at)
    start = times.starts[day]
    moment, twice = times.utc(day, clock)
    assert moment == at or twice
    if day not in times.changing:
        assert (start + clock, twice) == (at, False)


def test_the_clocks_of_warsaw_skip_an_hour_in_march_and_show_one_twice_in_october() -> None:
    times = LocalTimes("Europe/Warsaw")
    # 02:30 on 29 March 2026 does not exist; on 25 October it is 00:30 UTC and again 01:30 UTC.
    assert times.utc(day_from_iso("2026-03-29"), 9000) == (None, False)
    assert times.utc(day_from_iso("2026-10-25"), 9000) == (
        int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()),
        True,
    )


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(LoyaltyError, match="Mars/Base is not known"):
        LocalTimes("Mars/Base")
