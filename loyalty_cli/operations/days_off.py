"""The days on which nobody expects a shop to sell: those it says it is closed on, and its country's public holidays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.countries.all_countries import country_of_zone
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.model.days import Dates
    from loyalty_cli.model.days import Day
    from loyalty_cli.program.program import Program


# So many days before and after a day are looked at for a silence: a year back, and the next recalculation may be late.
BACK = 366
AHEAD = 92


class Found(NamedTuple):
    """The public holidays of a country from a day through another, as they were looked up."""

    country: str = ""
    first: Day = 0
    last: Day = -1
    days: Sequence[Day] = ()

    def covers(self, country: str, first: Day, last: Day) -> bool:
        """Whether all holidays of a country in some days are among them."""
        return self.country == country and self.first <= first and last <= self.last


class Calendar(NamedTuple):
    """What a program says of days on which nobody sells; without a country no holidays count. `found` saves looking up."""

    closed: Sequence[Dates]
    country: str
    found: Found = Found()


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """Some days on which nobody was expected; `country` is '' where no holidays were looked up.

    `known` says whether anything is known of the country's holidays.
    """

    days: Collection[Day] = ()
    country: str = ""
    known: bool = True


def days_off(calendar: Calendar, asked: Collection[Day]) -> DaysOff:
    """Those of some days on which nobody sells. Holidays are looked up only for what `closed:` does not explain."""
    closed = {day for day in asked if any(day in dates for dates in calendar.closed)}
    left, country = set(asked) - closed, calendar.country
    if not left or not country:
        return DaysOff(days=closed)
    known = calendar.found.covers(country, min(left), max(left))
    holidays = set(calendar.found.days) if known else public_holidays(country, min(left), max(left))
    return DaysOff(days=closed | (left & (holidays or set())), country=country, known=holidays is not None)


def calendar_of(program: Program) -> Calendar:
    """The closed days, and the country as `PL` or `DE-BY`: the one it names, or that of its time zone."""
    return Calendar(program.closed, country_meant(program.country, program.timezone))


def country_meant(said: str, timezone: str) -> str:
    """The country that a program says, or that of its time zone; '' where it wants none."""
    # Imported here because whoever has no program at hand, such as `status`, need not pay for reading one.
    from loyalty_cli.program.head import FROM_THE_ZONE
    from loyalty_cli.program.head import NO_COUNTRY

    country = country_of_zone(timezone) if said == FROM_THE_ZONE else said
    return "" if country == NO_COUNTRY else country


def public_holidays(country: str, first: Day, last: Day) -> set[Day] | None:
    """The public holidays among some days; None where nothing is known of the country or its region."""
    # Imported here because it costs more than the rest of a command, and few commands ask.
    import holidays

    code, _, region = country.partition("-")
    years = range(date_of(first).year, date_of(last).year + 1)
    try:
        found = holidays.country_holidays(code, subdiv=region or None, years=years)
    except NotImplementedError:
        return None
    return {day for day in map(day_of, found) if first <= day <= last}


def holidays_kept(word: str, country: str, today: Day) -> str:
    """The holidays around a day as a word that the database keeps, so that `status` need not look them up.

    `word` is what was kept before, and stays as long as it reaches a quarter ahead.
    """
    if not country or holidays_from(word).covers(country, today - BACK, today + AHEAD):
        return word
    first = day_of(date(date_of(today - BACK).year, 1, 1))
    last = day_of(date(date_of(today + AHEAD).year + 1, 12, 31))
    days = public_holidays(country, first, last)
    return "" if days is None else json.dumps(Found(country, first, last, sorted(days)))


def holidays_from(word: str) -> Found:
    """The same from the word that the database keeps."""
    return Found(*json.loads(word)) if word else Found()
