"""Which forms of dates and times fit every cell of a column, tried with the very reader that an import uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from loyalty_cli.model.days import EARLIEST_YEAR
from loyalty_cli.model.days import iso
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import month_named
from loyalty_cli.reading.forms.dates import NAME_OF_MONTH
from loyalty_cli.reading.forms.dates import split_form
from loyalty_cli.reading.forms.dates import turned_round
from loyalty_cli.reading.meant_days import WEEKDAYS
from loyalty_cli.reading.owners_words import nearest_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day

TIME = (
    r"(?P<hour>\d{1,2})(?P<colon>[:.])\d{2}(?P<second>(?P=colon)\d{2}(?P<parts>[.,]\d{1,9})?)?"
    r"(?P<half> ?[AaPp]\.?[Mm]\.?)?(?P<offset> ?(?:Z|GMT|UTC|[+-]\d{2}:?\d{2}|CES?T|EES?T|MSK))?"
)
# What stands between a day and its time: 2026-03-02T10:05, 02.03.2026, godz. 10:05, 02.03.2026 в 10:05.
GAP = r"(?P<gap>T|,? (?:(?:godz\.?|в|ora|at|-|\|) )?)"
# The word year behind it: 2 marca 2026 r., 02.03.2026 г., 2 марта 2026 года.
YEAR = r"(?P<word> ?(?:[rг]\.?|roku|года))?"
# Monday, 2 March 2026; pon. 02.03.2026
WEEKDAY = re.compile(r"(?P<name>[^\W\d_]{2,14})(?P<behind>\.?,? )")
LEAD = re.compile(r"ddd\.?,? ")
A_TIME = re.compile(TIME, re.ASCII)
A_DATE = re.compile(
    rf"(?P<first>\d{{1,4}})(?P<mark>[-./ ])(?P<middle>\d{{1,2}})(?P=mark)(?P<last>\d{{1,4}}){YEAR}"
    rf"(?:{GAP}{TIME})?",
    re.ASCII,
)
# 5 Mar 2026, 05-Mar-26, March 5, 2026.
NAMED = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?P<mark>[-./ ])(?P<name>{NAME_OF_MONTH})(?P=mark)(?P<year>[0-9]{{4}}|[0-9]{{2}}){YEAR}"
    rf"|(?P<first>{NAME_OF_MONTH}) [0-9]{{1,2}}(?P<comma>,?) (?P<last>[0-9]{{4}}))(?:{GAP}{TIME})?"
)
WITHOUT_MARKS_BUT_TIME = re.compile(rf"(?P<day>\d{{8}})(?P<gap>T|,? ){TIME}", re.ASCII)
WITHOUT_MARKS = {8: "YYYYMMDD", 14: "YYYYMMDDHHmmss", 12: "YYYYMMDDHHmm"}
# 101530 and 1015, or 93005 and 915 where a nought was lost.
TIMES_WITHOUT_MARKS = {"Hmmss": {5, 6}, "Hmm": {3, 4}}
# Digits without marks are only taken for a date of these years.
YEARS = ("199", "200", "201", "202", "203")


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyDates:
    """The forms that fit every text, and, where none does, those that fit some, with how many each."""

    forms: tuple[str, ...]
    some: tuple[tuple[str, int], ...] = ()

    @property
    def has_time(self) -> bool:
        """Whether the forms name a time, too."""
        return bool(self.forms) and date_form(self.forms[0]).has_time


def likely_dates(texts: Collection[str], earliest: int = EARLIEST_YEAR) -> LikelyDates:
    """The forms of dates (with a time or without) that fit all of some different texts; birthdays are of earlier years, too."""
    shapes = {shape for text in texts if (shape := shape_of(text)) is not None}
    forms = dict.fromkeys(form for shape in sorted(shapes) for form in forms_of(shape, texts))
    fitting = {form: sum(fits(form, text, earliest) for text in texts) for form in forms}
    whole = tuple(form for form, count in fitting.items() if count == len(texts))
    some = tuple(sorted(((form, count) for form, count in fitting.items() if count), key=lambda pair: -pair[1]))
    return LikelyDates(forms=whole, some=() if whole else some)


def likely_times(texts: Collection[str], *, named: bool = False) -> tuple[str, ...]:
    """The forms of times that fit all of some different texts; 10.05 and 1005 are times only where a column is `named` so."""
    found = [match for text in texts if (match := A_TIME.fullmatch(text.strip())) and (named or match["colon"] == ":")]
    if texts and len(found) == len(texts):
        forms = {time_form_of(match, short=any(len(each["hour"]) == 1 for each in found)) for match in found}
    else:
        lengths = {len(text.strip()) if text.strip().isdigit() else 0 for text in texts}
        forms = {form for form, own in TIMES_WITHOUT_MARKS.items() if named and lengths and lengths <= own}
    return tuple(form for form in sorted(forms) if all(date_form(form).seconds(text.strip()) is not None for text in texts))


def shape_of(text: str) -> str | None:
    """A date's digits as 0 and everything else as it is, so that many dates have one shape; None if it is no date.

    >>> shape_of("pon., 2 marca 2026"), shape_of("Ser 2 marca 2026"), shape_of("Mar 2, 2026")
    ('ddd., 0 MMM 0000', None, 'MMM 0, 0000')
    """
    # As a date alone first: Mar is a month, and a Tuesday in Romanian.
    shape = shape_behind(text.strip())
    if shape is not None:
        return shape
    lead, rest = weekday_before(text.strip())
    shape = shape_behind(rest) if lead else None
    return lead + shape if shape is not None else None


def weekday_before(text: str) -> tuple[str, str]:
    """The form of a weekday's name that stands before a date, and the date; no form where none does."""
    match = WEEKDAY.match(text)
    if match is None or not is_weekday(match["name"]):
        return "", text
    return "ddd" + match["behind"], text[match.end() :]


@lru_cache(maxsize=10_000)
def is_weekday(name: str) -> bool:
    """Whether a word names a day of the week in one of our languages, whole or in short."""
    return nearest_of(name, WEEKDAYS) is not None


def shape_behind(text: str) -> str | None:
    """The shape of a date without a weekday."""
    if text.isascii() and text.isdigit():
        return "0" * len(text) if len(text) in WITHOUT_MARKS and text.startswith(YEARS) else None
    named = NAMED.fullmatch(text)
    if named is not None:
        name = named["name"] or named["first"]
        return re.sub(r"[0-9]", "0", text.replace(name, "MMM", 1)) if month_named(name) else None
    known = A_DATE.fullmatch(text) or (text.startswith(YEARS) and WITHOUT_MARKS_BUT_TIME.fullmatch(text))
    return re.sub(r"\d", "0", text) if known else None


def forms_of(shape: str, texts: Iterable[str]) -> list[str]:
    """The forms that dates of a shape may have; days and months have one digit if any text's have."""
    lead = LEAD.match(shape)
    if lead is not None:
        return [lead[0] + form for form in forms_of(shape[lead.end() :], [weekday_before(text.strip())[1] for text in texts])]
    if shape.isdigit():
        return [WITHOUT_MARKS[len(shape)]]
    whole = WITHOUT_MARKS_BUT_TIME.fullmatch(shape)
    if whole is not None:
        return ["YYYYMMDD" + whole["gap"] + time_form_of(whole, short=len(whole["hour"]) == 1)]
    named = NAMED.fullmatch(shape)
    if named is not None:
        return [form_of_named(named, texts)]
    match = A_DATE.fullmatch(shape)
    if match is None:
        return []
    alike = [found for text in texts if (found := A_DATE.fullmatch(text.strip())) and found["mark"] == match["mark"]]
    tail = match["word"] or ""
    if match["gap"]:
        tail += match["gap"] + time_form_of(match, short=any(len(each["hour"] or "00") == 1 for each in alike))
    return [form + tail for form in orders(match, alike) if can_be_cut(form + tail)]


def form_of_named(match: re.Match[str], texts: Iterable[str]) -> str:
    """The form of dates that name their months; a day has one digit or two in it."""
    year = "YY" if len(match["year"] or "0000") == 2 else "YYYY"
    form = f"MMM D{match['comma']} {year}" if match["first"] else match["mark"].join(("D", "MMM", year)) + (match["word"] or "")
    if not match["gap"]:
        return form
    found = filter(None, (NAMED.fullmatch(text.strip()) for text in texts))
    return form + match["gap"] + time_form_of(match, short=any(len(each["hour"] or "00") == 1 for each in found))


def orders(match: re.Match[str], alike: list[re.Match[str]]) -> list[str]:
    """Day, month and year in the orders that the lengths allow."""
    mark = match["mark"]
    short = any(len(each[part]) == 1 for each in alike for part in ("first", "middle", "last"))
    day, month = ("D", "M") if short else ("DD", "MM")
    if len(match["first"]) > 2:
        return [mark.join(("YYYY", month, day))]
    year = "YYYY" if len(match["last"]) > 2 else "YY"
    found = [mark.join((day, month, year)), mark.join((month, day, year))]
    return [*found, mark.join(("YY", month, day))] if year == "YY" and mark == "-" else found


def time_form_of(match: re.Match[str], *, short: bool) -> str:
    """The form of one time."""
    half, offset = match["half"] or "", match["offset"] or ""
    hour = ("h" if short else "hh") if half else ("H" if short else "HH")
    form = f"{hour}{match['colon']}mm" + (f"{match['colon']}ss" if match["second"] else "") + (match["parts"] or "")[:1]
    form += "SSS" if match["parts"] else ""
    return form + (" " * half.startswith(" ") + "A" if half else "") + (" " * offset.startswith(" ") + "Z" if offset else "")


def can_be_cut(form: str) -> bool:
    """Whether an import can tell the date from the time."""
    try:
        if date_form(form).has_time:
            split_form(form)
    except ValueError:
        return False
    return True


def fits(form: str, text: str, earliest: int = EARLIEST_YEAR) -> bool:
    """Whether a text is of a form and in the calendar."""
    read = date_form(form)
    return read.day(text, earliest) is not None and (not read.has_time or read.seconds(text) is not None)


def days_of(form: str, texts: Iterable[str]) -> list[Day | None]:
    """The days that texts name in a form."""
    read = date_form(form)
    return [read.day(text, EARLIEST_YEAR) for text in texts]


def halves_swapped(form: str, texts: Collection[str]) -> list[str]:
    """Texts whose day and month a spreadsheet seems to have turned round: only so do they lie among the others.

    Where a day is above 12 nothing can be turned; those days say which months the file is of.
    """
    other = turned_round(date_form(form))
    if other is None:
        return []
    pairs = list(zip(texts, months_of(form, texts), months_of(other.text, texts), strict=True))
    fixed = {month for _, month, turned in pairs if month is not None and turned is None}
    open_ = [pair for pair in pairs if pair[1] is not None and pair[2] is not None and pair[1] != pair[2]]
    outside = [text for text, month, turned in open_ if month not in fixed and turned in fixed]
    return outside if fixed and len(outside) >= 2 and len(outside) * 2 >= len(open_) else []


def months_of(form: str, texts: Iterable[str]) -> list[str | None]:
    """The years and months that texts name in a form, such as 2026-04."""
    return [iso(day)[:7] if day is not None else None for day in days_of(form, texts)]


def either_way(forms: Iterable[str], texts: Collection[str]) -> bool:
    """Whether several forms give different days."""
    return len({tuple(days_of(form, texts)) for form in forms}) > 1
