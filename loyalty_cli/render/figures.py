"""Numbers, money, days and moments as one language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from functools import lru_cache

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import iso

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The marks of a language."""

    language: str
    group: str
    point: str

    def number(self, value: int, digits: int = 0) -> str:
        """A whole number of smallest units with its digits after the point: `1,234.50`."""
        whole, part = divmod(abs(value), 10**digits)
        text = f"{whole:,}".replace(",", self.group)
        if digits:
            text += f"{self.point}{part:0{digits}}"
        return f"-{text}" if value < 0 else text

    def money(self, amount: int, currency: str, digits: int) -> str:
        """An amount with its currency: `1,234.50 PLN`, `1 234,50 zł`."""
        space = " " if self.language == "en" else NO_BREAK
        return f"{self.number(amount, digits)}{space}{self.symbol(currency)}"

    def symbol(self, currency: str) -> str:
        """The currency as people of the language write it; English keeps the code."""
        return currency if self.language == "en" else symbol_of(currency, self.language)

    def day(self, day: int) -> str:
        """A day: `2026-11-21` in English, `21.11.2026` elsewhere."""
        return iso(day) if self.language == "en" else f"{date_of(day):%d.%m.%Y}"

    def month(self, month: str, *, short: bool = False) -> str:
        """A month by its name: `November 2026`, `listopad 2026`; short, for the axis of a chart: `Nov`."""
        return month_names(self.language)[short][int(month[5:7]) - 1] + ("" if short else f" {month[:4]}")

    def weekday(self, weekday: int, *, short: bool = False) -> str:
        """A day of the week by its name, Monday is 0: `Monday`, `poniedziałek`; short: `Mon`, `pon.`."""
        return weekday_names(self.language)[short][weekday]

    def moment(self, instant: str, timezone: str = "UTC") -> str:
        """An ISO instant as local date and time of day, to the minute."""
        local = in_zone(instant, timezone)
        return instant if local is None else f"{self.day(day_of(local))} {local:%H:%M}"


# The marks as Babel's tables (CLDR) have them, which a test compares: most pages need no more, and Babel
# costs twice an empty Python to import.
ALL_FIGURES = {
    "en": Figures(language="en", group=",", point="."),
    "pl": Figures(language="pl", group=NO_BREAK, point=","),
    "ru": Figures(language="ru", group=NO_BREAK, point=","),
    "ro": Figures(language="ro", group=".", point=","),
}


def figures_of(language: str) -> Figures:
    """The marks of a language."""
    return ALL_FIGURES[language]


@lru_cache
def symbol_of(currency: str, language: str) -> str:
    """A currency's sign in a language; its code where there is none."""
    from babel.numbers import get_currency_symbol

    return str(get_currency_symbol(currency, locale=language))


@lru_cache
def month_names(language: str) -> tuple[list[str], list[str]]:
    """The months as they are called where they stand alone, whole and short."""
    from babel.dates import get_month_names

    whole, short = (get_month_names(width, context="stand-alone", locale=language) for width in ("wide", "abbreviated"))
    return [whole[number] for number in range(1, 13)], [short[number].rstrip(".") for number in range(1, 13)]


@lru_cache
def weekday_names(language: str) -> tuple[list[str], list[str]]:
    """The days of the week from Monday on, whole and short."""
    from babel.dates import get_day_names

    whole, short = (get_day_names(width, context="stand-alone", locale=language) for width in ("wide", "abbreviated"))
    return [whole[number] for number in range(7)], [short[number].rstrip(".") for number in range(7)]


@lru_cache(maxsize=10_000)
def in_zone(instant: str, timezone: str) -> datetime | None:
    """An ISO instant in a time zone; None if it is not an instant, or the zone, of a damaged database, is none."""
    try:
        moment = datetime.fromisoformat(instant)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        if timezone == "UTC":
            return moment.astimezone(UTC)
        from zoneinfo import ZoneInfo

        return moment.astimezone(ZoneInfo(timezone))
    except (ValueError, OverflowError, OSError, KeyError):  # an unknown zone is a KeyError
        return None


def percent(basis_points: int) -> str:
    """Basis points as a percent without needless digits.

    >>> percent(500), percent(750), percent(-25)
    ('5', '7.5', '-0.25')
    """
    whole, part = divmod(abs(basis_points), 100)
    text = f"{whole}.{part:02}".rstrip("0").rstrip(".")
    return f"-{text}" if basis_points < 0 else text
