"""Days and spans of days.

A day is its Julian day number: a whole number that can be compared and subtracted, and that SQLite's own
`date(day)` turns into the ISO date, so a person with any SQLite viewer can read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal
from typing import TYPE_CHECKING
from typing import TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

Day: TypeAlias = int

# 1970-01-01 is Julian day 2,440,588 and Python's ordinal 719,163.
JULIAN_OF_1970 = 2_440_588
JULIAN_OF_ORDINAL_ZERO = JULIAN_OF_1970 - 719_163
SECONDS_OF_DAY = 86_400
# Nobody of a shop was born before, no program lasts beyond: a year outside is a slip of the pen, and days that are
# counted on from these stay in the calendar.
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
# Later than any day a rule can name: "never", as a day that compares.
NEVER: Day = JULIAN_OF_ORDINAL_ZERO + date.max.toordinal()


def day_of(moment: date) -> Day:
    """The day number of a calendar date."""
    return moment.toordinal() + JULIAN_OF_ORDINAL_ZERO


def by_the_clock(moment: str, timezone: str) -> datetime:
    """A kept moment as the clock of a zone showed it; without its zone it is said as it is, in the way of each language."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.fromisoformat(moment).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def local_day(moment: datetime, timezone: str) -> Day:
    """The day it is by the clocks of a time zone."""
    from zoneinfo import ZoneInfo

    return day_of(moment.astimezone(ZoneInfo(timezone)))


def end_of(day: Day, timezone: str) -> str:
    """The moment a day is over by the clocks of a time zone, as moments are kept: ISO, of UTC."""
    from datetime import datetime
    from datetime import time
    from datetime import UTC
    from zoneinfo import ZoneInfo

    return datetime.combine(date_of(day + 1), time(), ZoneInfo(timezone)).astimezone(UTC).isoformat()


@lru_cache(maxsize=50_000)
def date_of(day: Day) -> date:
    """The calendar date of a day number."""
    return date.fromordinal(day - JULIAN_OF_ORDINAL_ZERO)


def iso(day: Day) -> str:
    """The day as `2026-11-21`."""
    return date_of(day).isoformat()


def day_from_iso(text: str) -> Day:
    """The day of `2026-11-21`; ValueError for anything else."""
    return day_of(date.fromisoformat(text))


@lru_cache(maxsize=50_000)
def month_of(day: Day) -> str:
    """The month of a day as `2026-11`."""
    return iso(day)[:7]


def span_of_month(month: str) -> tuple[Day, Day]:
    """The first and last day of `2026-11`; ValueError for anything else."""
    first = day_from_iso(f"{month}-01")
    return first, add_months(first, 1) - 1


@lru_cache(maxsize=50_000)
def start_of_month(day: Day) -> Day:
    """The first day of the month a day lies in."""
    return day_of(date_of(day).replace(day=1))


@lru_cache(maxsize=50_000)
def start_of_year(day: Day) -> Day:
    """The first of January of the year a day lies in."""
    return day_of(date_of(day).replace(month=1, day=1))


@lru_cache(maxsize=50_000)
def add_months(day: Day, months: int) -> Day:
    """The same day of the month some months on, or the month's last day: 31 January + 1 month = end of February."""
    start = date_of(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = day_of(first_of_next) - 1
    return min(day_of(date(year, month, 1)) + start.day - 1, last)


def months_from(starts: Day, through: Day) -> Iterator[Day]:
    """The first day of each month after a day, as far as they have come."""
    first = add_months(start_of_month(starts), 1)
    while first <= through:
        yield first
        first = add_months(first, 1)


def yearly_day(year: int, month: int, of_month: int) -> Day:
    """The day on which a month and day are kept in a year: 29 February on the 28th where there is none."""
    first = day_of(date(year, month, 1))
    return min(first + of_month - 1, add_months(first, 1) - 1)


def next_yearly(month: int, of_month: int, first: Day) -> Day:
    """The first day from one on that is kept as a month and day.

    >>> [iso(next_yearly(2, 29, day_from_iso(day))) for day in ("2027-02-28", "2027-03-01", "2028-02-28")]
    ['2027-02-28', '2028-02-29', '2028-02-29']
    """
    year = date_of(first).year
    own = yearly_day(year, month, of_month)
    return own if own >= first else yearly_day(year + 1, month, of_month)


Unit = Literal["days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time as an owner says it: 14 days, 12 months, 1 year."""

    count: int
    unit: Unit

    def after(self, day: Day) -> Day:
        """The day this span later; months and years keep the day of the month where the month has it."""
        match self.unit:
            case "days":
                return day + self.count
            case "weeks":
                return day + 7 * self.count
            case "months":
                return add_months(day, self.count)
            case "years":
                return add_months(day, 12 * self.count)

    def before(self, day: Day) -> Day:
        """The day this span earlier, by the same calendar."""
        return Span(count=-self.count, unit=self.unit).after(day)

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count != 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The days from one to another, both included."""

    first: Day
    last: Day

    def __contains__(self, day: Day) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{iso(self.first)} to {iso(self.last)}"
