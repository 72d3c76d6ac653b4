"""Dates and times as a till writes them, described in the owner's words: DD.MM.YYYY, HH:mm:ss, M/D/YY h:mm A."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of
from loyalty_cli.model.days import LATEST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

# A month by its name, whole or shortened, in any letters.
NAME_OF_MONTH = r"[^\W\d_]{3,12}\.?"
WORDS = {
    # A day of the week by its name, which says nothing that the date does not.
    "ddd": r"[^\W\d_]{2,14}",
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<year>[0-9]{2})",
    "MMM": f"(?P<month>{NAME_OF_MONTH})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{2})",
    "D": r"(?P<day>[0-9]{1,2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "H": r"(?P<hour>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{2})",
    "h": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    # Parts of a second, which nobody needs.
    "SSS": r"[0-9]{1,9}",
    "A": r"(?P<half>[AaPp]\.?[Mm]\.?)",
    "Z": r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2}|(?:GMT|UTC)(?:[+-][0-9]{1,2}(?::[0-9]{2})?)?|CES?T|EES?T|MSK)",
}
# Zones by their letters, hours from UTC.
HOURS_OF_ZONE = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}
ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WORD = re.compile("|".join(WORDS))
DATE_WORDS = frozenset({"ddd", "YYYY", "YY", "MMM", "MM", "M", "DD", "D"})
MONTHS = frozenset({"MMM", "MM", "M"})
LOOSE = frozenset({"ddd", "MMM", "M", "D", "H", "h"})
# The usual form by far; a year of exports has tens of thousands of different times.
PLAIN_TIME = frozenset({"HH", "mm", "ss"})
# An export of 1970 or 1900 has a broken clock; birthdays may be older.
EARLIEST_YEAR = 1980


@dataclass(frozen=True, slots=True, kw_only=True)
class DateForm:
    """A form of dates, of times, or of both in one cell."""

    text: str
    pattern: re.Pattern[str]
    words: frozenset[str]

    @property
    def has_date(self) -> bool:
        """Whether it names year, month and day."""
        return bool(self.words & {"YYYY", "YY"}) and bool(self.words & MONTHS) and bool(self.words & {"DD", "D"})

    @property
    def has_time(self) -> bool:
        """Whether it names hours and minutes."""
        return bool(self.words & {"HH", "H", "hh", "h"}) and "mm" in self.words

    @property
    def has_offset(self) -> bool:
        """Whether it names the distance from UTC."""
        return "Z" in self.words

    def day(self, text: str, earliest: int = EARLIEST_YEAR) -> Day | None:
        """The day a text names, or None if it does not fit or is not in the calendar."""
        match = self.pattern.fullmatch(text.strip())
        if match is None:
            return None
        year = int(match["year"])
        year += 2000 if "YY" in self.words else 0
        if not earliest <= year <= LATEST_YEAR:
            return None
        try:
            month = month_named(match["month"]) if "MMM" in self.words else int(match["month"])
            return day_of(date(year, month, int(match["day"])))
        except ValueError:
            return None

    def seconds(self, text: str) -> int | None:
        """Seconds since midnight (of UTC where the form has an offset), or None if the text does not fit."""
        match = self.pattern.fullmatch(text) or self.pattern.fullmatch(text.strip())
        if match is None:
            return None
        if self.words == PLAIN_TIME:
            hours, minutes, seconds = map(int, match.groups())
            return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None
        found = match.groupdict()
        hour, minute, second = hour_of(found), int(found["minute"]), int(found.get("second") or 0)
        if hour is None or hour > 23 or minute > 59 or second > 59:
            return None
        return hour * 3600 + minute * 60 + second - offset_of(found.get("offset"))


def month_named(text: str) -> int:
    """The number of a month by its name in one of our languages, whole or shortened; 0 if it is none.

    >>> month_named("Mar"), month_named("октября"), month_named("sept."), month_named("May be")
    (3, 10, 9, 0)
    """
    # Imported here because most exports name months by their numbers.
    from loyalty_cli.reading.owners_words import month_called

    return month_called(text)


def hour_of(found: dict[str, str | None]) -> int | None:
    """The hour by the 24-hour clock."""
    hour = int(found["hour"] or 0)
    half = found.get("half")
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def offset_of(text: str | None) -> int:
    """`+02:00`, `GMT+2` or `EET` in seconds; Z, GMT and nothing are none."""
    if text in HOURS_OF_ZONE:
        return HOURS_OF_ZONE[text] * 3600
    text = (text or "").removeprefix("GMT").removeprefix("UTC")
    if text in {"", "Z"}:
        return 0
    digits = text[1:].replace(":", "")
    hours = 2 if len(digits) != 3 and len(digits) > 1 else 1
    seconds = int(digits[:hours]) * 3600 + int(digits[hours:] or 0) * 60
    return -seconds if text[0] == "-" else seconds


def date_form(text: str) -> DateForm:
    """The form an owner's words describe; ValueError if a word stands twice."""
    pattern, words, at = "", [], 0
    for word in WORD.finditer(text):
        pattern += re.escape(text[at : word.start()]) + WORDS[word[0]]
        words.append(word[0])
        at = word.end()
    try:
        compiled = re.compile(pattern + re.escape(text[at:]))
    except re.error as error:
        raise ValueError(f"{text} names something twice") from error
    return DateForm(text=text, pattern=compiled, words=frozenset(words))


def turned_round(form: DateForm) -> DateForm | None:
    """The form with day and month in each other's place; None if it names a month by other than its number."""
    if "MMM" in form.words:
        return None
    turn = {"DD": "MM", "MM": "DD", "D": "M", "M": "D"}
    text = re.sub(r"DD|MM|D|M", lambda word: turn[word[0]], form.text)
    return date_form(text) if text != form.text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitForm:
    """A form of dates and a form of times, and how one cell that holds both is cut: after a width or at a mark.

    The mark may stand so many times before, within the date: Mar 5, 2026 10:00.
    """

    date: DateForm
    time: DateForm
    width: int | None
    mark: str
    before: int = 0

    def cut(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """The date parts and the time parts of many cells."""
        if self.width is None:
            if self.before:
                return self.cut_late(texts)
            parts = [text.strip().partition(self.mark) for text in texts]
            return [part[0] for part in parts], [part[2] for part in parts]
        width, after = self.width, self.width + len(self.mark)
        tight = [text.strip() for text in texts]
        return [text[:width] for text in tight], [text[after:] if text[width:after] == self.mark else "" for text in tight]

    def cut_late(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """The same where the mark stands within dates, too."""
        parts = [text.strip().split(self.mark, self.before + 1) for text in texts]
        ends = self.before + 1
        return [self.mark.join(part[:ends]) for part in parts], [self.mark.join(part[ends:]) for part in parts]


def split_form(text: str) -> SplitForm:
    """The two halves of a form such as `DD.MM.YYYY HH:mm`; ValueError if it does not name a date and then a time."""
    found = list(WORD.finditer(text))
    last = max((index for index, word in enumerate(found) if word[0] in DATE_WORDS), default=-1)
    if last < 0 or last + 1 >= len(found) or any(word[0] not in DATE_WORDS for word in found[:last]):
        raise ValueError(f"{text} does not name a date and then a time")
    ends, begins = found[last].end(), found[last + 1].start()
    first, second = date_form(text[:ends]), date_form(text[begins:])
    if not first.has_date or not second.has_time:
        raise ValueError(f"{text} does not name a date and then a time")
    mark = text[ends:begins]
    loose = bool(first.words & LOOSE)
    if loose and not mark:
        raise ValueError(f"{text} can not be cut into a date and a time")
    return SplitForm(date=first, time=second, width=None if loose else ends, mark=mark, before=text[:ends].count(mark) if loose else 0)


def written_as(moment: datetime, form: str) -> str:
    """A moment in a form; what the form does not name is left off.

    >>> written_as(datetime(2026, 3, 1, 14, 5), "D.M.YY h:mm A")
    '1.3.26 2:05 PM'
    """
    said = {
        "ddd": ENGLISH_WEEKDAYS[moment.weekday()],
        "YYYY": f"{moment.year:04}",
        "YY": f"{moment.year % 100:02}",
        "MMM": ENGLISH_MONTHS[moment.month - 1],
        "MM": f"{moment.month:02}",
        "M": str(moment.month),
        "DD": f"{moment.day:02}",
        "D": str(moment.day),
        "HH": f"{moment.hour:02}",
        "H": str(moment.hour),
        "hh": f"{moment.hour % 12 or 12:02}",
        "h": str(moment.hour % 12 or 12),
        "mm": f"{moment.minute:02}",
        "ss": f"{moment.second:02}",
        "SSS": "000",
        "A": "PM" if moment.hour >= 12 else "AM",
        "Z": "Z",
    }
    return WORD.sub(lambda word: said[word[0]], form)
