"""What an owner's words mean: amounts, percents, numbers, dates, spans. Each refusal says what to write instead."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import cast

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import EARLIEST_YEAR
from loyalty_cli.model.days import LATEST_YEAR
from loyalty_cli.model.days import Span
from loyalty_cli.model.days import Unit
from loyalty_cli.model.money import Currency
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading import meant
from loyalty_cli.reading import meant_days


class NotUnderstood(ValueError):
    """A value that does not mean what its place needs; of a block, `at` is the key of it that does not fit."""

    def __init__(self, what: Phrase, hint: Phrase | None = None, *, at: str = "") -> None:
        super().__init__(str(what))
        self.what = what
        self.hint = hint
        self.at = at


def refuse(text: str, hint: str, /, **values: object) -> NotUnderstood:
    """A refusal from its two sentences."""
    return NotUnderstood(phrase(text, **values), phrase(hint, **values))


def more_than_one(text: str, better: str) -> tuple[Phrase, Phrase]:
    """Several values written as if they were one."""
    return (
        phrase("Several values stand here as if they were one: {text}", text=text),
        phrase("Several values stand in square brackets, with commas between them: {better}.", better=better),
    )


def text_of(value: object, example: str) -> str:
    """The value as text; a list or a block in the place of one value is refused."""
    if isinstance(value, str):
        text = value.strip()
        if not text:
            hint = "Write one, such as {example}. What stands behind # is not read: a text with # goes in quotes."
            raise refuse("There is no value here.", hint, example=example)
        if len(text) > LONGEST_TEXT:
            raise refuse("This is longer than {count} letters.", "Write it shorter.", count=LONGEST_TEXT)
        if "\0" in text:
            raise refuse("There is a sign here that no text has.", "Write one, such as {example}.", example=example)
        return text
    if isinstance(value, list) and len(several := cast("list[object]", value)) == 1 and isinstance(several[0], str):
        raise refuse("One value stands here, not a list or a block.", "Write {better}.", better=several[0])
    raise refuse("One value stands here, not a list or a block.", "Write one, such as {example}.", example=example)


NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
LONGEST_TEXT = 1000
# Hundreds of billions: no shop has more, and sums of many stay within the database's 64 bits.
MOST = 10**13
MOST_WHOLE = 10**9
SPACES = re.compile(r"[ \u00a0\u202f_']")
SPACE = re.compile(r"\s+")
WITH_UNIT = re.compile(r"([0-9.,\s]*[0-9])\s*((?:[^\W\d_]|[€$£₽₴₸])+\.?)")


def decimal_of(value: object, example: str) -> Fraction:
    """An exact number written with a point."""
    text = text_of(value, example)
    if NUMBER.fullmatch(text):
        return not_too_large(text)
    tight = SPACES.sub("", text)
    if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", tight):
        raise refuse("{text} has a comma.", "Write the number with a point: {better}.", text=text, better=tight.replace(",", "."))
    if NUMBER.fullmatch(tight):
        raise refuse("{text} has spaces in it.", "Write the number without them: {better}.", text=text, better=tight)
    if re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{3})+([.,][0-9]+)?", tight):
        raise refuse(
            "{text} has marks between the thousands.",
            "Write the digits without them: {example}.",
            text=text,
            example=example,
        )
    if better := meant.number_meant(text):
        typed = better == text.translate(meant.AS_DIGITS)
        cause = "{text} has a letter among its digits." if typed else "{text} is not a number alone."
        raise refuse(cause, "Write {better}.", text=text, better=better)
    raise refuse("{text} is not a number.", "Write one such as {example}.", text=text, example=example)


def not_too_large(text: str) -> Fraction:
    """A number from its digits, of which nobody needs more than a dozen."""
    whole, _, part = text.removeprefix("-").lstrip("0").partition(".")
    if len(whole) > 13 or len(part) > 13:
        raise refuse("This number has more digits than any shop needs.", "Write one such as {example}.", example="50.00")
    return Fraction(text)


def amount_of(value: object, currency: Currency) -> int:
    """An amount of money in minor units: `50.00`, or `50.00 PLN`, is 5000 where the currency has two digits."""
    text = text_of(value, "50.00")
    if text.endswith("%"):
        raise refuse(
            "{text} is a percent; an amount of money goes here.",
            "Write one such as {example}.",
            text=text,
            example="50.00",
        )
    with_unit = WITH_UNIT.fullmatch(text)
    number = with_unit[1] if with_unit and meant.is_own(with_unit[2], currency.code) else text
    minor = decimal_of(number, "50.00") * 10**currency.digits
    if minor.denominator != 1:
        raise refuse(
            "{text} has more digits after the point than the currency.",
            "Write at most {digits} of them.",
            text=text,
            digits=currency.digits,
        )
    if minor > MOST:
        raise refuse("This number has more digits than any shop needs.", "Write one such as {example}.", example="50.00")
    if minor < 0:
        raise refuse("{text} is below zero.", "Write an amount such as {example}.", text=text, example="50.00")
    return int(minor)


def percent_of(value: object) -> int:
    """A percent in basis points: `5%` is 500, `12.5 %` is 1250; from 0 to 100."""
    text = text_of(value, "5%")
    if not text.endswith("%"):
        better = meant.percent_meant(text)
        if better and text.startswith("0"):
            raise refuse("{text} is a share; a percent goes here.", "Write {better}.", text=text, better=better)
        if better and text.startswith("%"):
            raise refuse("The percent sign stands behind the number.", "Write {better}.", better=better)
        raise refuse("{text} has no percent sign.", "Write {better}.", text=text, better=better or "5%")
    if better := meant.percent_meant(text) if text.endswith("%%") else None:
        raise refuse("{text} is not a number.", "Write {better}.", text=text, better=better)
    points = decimal_of(text[:-1].strip(), "5%") * 100
    if points.denominator != 1 or not 0 <= points <= WHOLE:
        raise refuse(
            "{text} is not a percent from 0% to 100% with at most two digits after the point.",
            "Write one such as 5%.",
            text=text,
        )
    return int(points)


def whole_of(value: object, *units: str) -> int:
    """A whole number, with or without its unit: `20` or `20 tickets`."""
    example = f"20 {units[0]}" if units else "20"
    text = text_of(value, example)
    number, _, unit = text.partition(" ")
    if re.fullmatch(r"[0-9]+", number) and (not unit or unit.strip() in units):
        if not_too_large(number) > MOST_WHOLE:
            raise refuse("This number has more digits than any shop needs.", "Write one such as {example}.", example=example)
        return int(number)
    if unit and re.fullmatch(r"[0-9]+", number):
        better = f"{number} {units[0]}" if units else number
        raise refuse("{unit} does not belong here.", "Write {example}.", unit=unit.strip(), example=better)
    exact = decimal_of(text, example)
    raise refuse(
        "{text} is not a whole number from 0 up.",
        "Write one such as {example}.",
        text=str(text),
        example=example,
        exact=exact,
    )


def factor_of(value: object) -> Fraction:
    """A factor such as `2`, `1.5` or `2x`, above zero."""
    text = text_of(value, "2")
    if text.endswith("%"):
        raise refuse("{text} is a percent; a number goes here.", "Write one such as 2 or 1.5.", text=text)
    factor = decimal_of(text.strip("xх× "), "2")
    if factor <= 0:
        raise refuse("{text} is not above zero.", "Write a factor such as 2 or 1.5.", text=text)
    return factor


def day_from(value: object) -> Day:
    """A date written 2026-12-01."""
    text = text_of(value, "2026-12-01")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        better = meant_days.day_meant(text) or "2026-12-01"
        raise refuse("{text} is not a date.", "Write year-month-day: {better}.", text=text, better=better)
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise refuse("{text} is not a day of the calendar.", "Months have 28 to 31 days; write year-month-day.", text=text) from error
    return day_of(in_our_time(day))


def in_our_time(moment: date) -> date:
    """A date of a year that people and programs have."""
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        raise refuse(
            "{text} lies too far away.",
            "Years are from {first} to {last}.",
            text=moment.isoformat(),
            first=EARLIEST_YEAR,
            last=LATEST_YEAR,
        )
    return moment


def dates_from(value: object) -> Dates:
    """One date, or `2026-12-01 to 2026-12-24`, both included."""
    ends = list(value.values()) if isinstance(value, dict) else value
    if isinstance(ends, list) and len(ends) == 2 and (better := meant_days.dates_meant(" to ".join(map(str, ends)))):
        raise refuse("A period is one value.", "Write {better}.", better=better)
    text = text_of(value, "2026-12-01 to 2026-12-24")
    parts = re.split(r"\s+to\s+", text)
    better = meant_days.dates_meant(text)
    if len(parts) > 2 or (better and better != text):
        raise refuse("{text} is not a period.", "Write {better}.", text=text, better=better or "2026-12-01 to 2026-12-24")
    dates = Dates(first=day_from(parts[0]), last=day_from(parts[-1]))
    if dates.last < dates.first:
        raise refuse("{text} ends before it begins.", "Write the earlier date first.", text=text)
    return dates


def country_from(value: object) -> str:
    """A country's two letters, `PL`, or with a region's: `DE-BY`."""
    text = text_of(value, "PL")
    if re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", text.upper()):
        return text.upper()
    if better := meant.country_meant(text):
        raise refuse("{text} is not a country's two letters.", "Write {better}.", text=text, better=better)
    raise refuse("{text} is not a country's two letters.", "Write PL, RO, MD, RU, GB, or with a region: DE-BY.", text=text)


UNITS: dict[str, Unit] = {
    "day": "days", "days": "days", "week": "weeks", "weeks": "weeks",
    "month": "months", "months": "months", "year": "years", "years": "years",
}  # fmt: skip

# A hundred years of each.
MOST_OF: dict[Unit, int] = {"days": 36_525, "weeks": 5_218, "months": 1_200, "years": 100}


def span_of(value: object) -> Span:
    """A length of time: `14 days`, `12 months`, `1 year`."""
    text = SPACE.sub(" ", text_of(value, "12 months"))
    number, _, unit = text.partition(" ")
    if re.fullmatch(r"[0-9]+", number) and unit.strip() in UNITS:
        unit = UNITS[unit.strip()]
        if len(number) > 5 or int(number) > MOST_OF[unit]:
            raise refuse("{text} is longer than any program.", "Write a length such as 12 months.", text=text)
        return Span(count=int(number), unit=unit)
    if meant_days.means_never(text):
        raise refuse("{text} is not a length of time.", "Take the line out: what is not there has no such length.", text=text)
    better = meant_days.span_meant(text) or "12 months"
    raise refuse("{text} is not a length of time.", "Write a number and days, weeks, months or years: {better}.", text=text, better=better)


def hours_from(value: object) -> tuple[int, int]:
    """A part of the day such as `10:00 to 12:30`, in seconds since midnight; the end, which is not included, may be midnight."""
    text = text_of(value, "10:00 to 12:00")
    parts = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})\s*(?:to|-)\s*([0-9]{1,2}):([0-9]{2})", text)
    if parts:
        first, first_minute, last, last_minute = (int(part) for part in parts.groups())
        start, end = first * 3600 + first_minute * 60, last * 3600 + last_minute * 60 or 86_400
        if first_minute < 60 and last_minute < 60 and start < end <= 86_400:
            return start, end
        if start > end:
            hint = "Write two: one until 24:00, and another from 0:00."
            raise refuse("{text} goes over midnight.", hint, text=text)
    better = meant_days.hours_meant(text) or "10:00 to 12:00"
    raise refuse("{text} is not a part of the day.", "Write {better}, within one day.", text=text, better=better)


def yes_or_no(value: object) -> bool:
    """`yes` or `no`."""
    text = text_of(value, "yes").casefold()
    if text in ("yes", "true", "no", "false"):
        return text in ("yes", "true")
    raise refuse("{text} is neither yes nor no.", "Write yes or no.", text=text)


def names_of(value: object) -> tuple[str, ...]:
    """One name or a list of names."""
    items = cast("list[object]", value) if isinstance(value, list) else [value]
    if not items:
        raise refuse("The list is empty.", "Write at least one name, or take the key out.")
    return tuple(text_of(item, "a name") for item in items)
