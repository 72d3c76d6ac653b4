"""What somebody meant who wrote a day, a period, a length of time or a part of the day in another way, or nothing."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.owners_words import bare
from loyalty_cli.reading.owners_words import in_english

UNITS = ("days", "weeks", "months", "years")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Lengths that have a word of their own.
LENGTHS = {"6 months": "half a year", "3 months": "a quarter", "2 weeks": "a fortnight"}
# What stands before the first day, and between two.
BEFORE = r"(?:from|since|od|z|с|со|от|de la|din|între|intre|between)"
BETWEEN = r"(?:-|–|—|to|do|po|по|до|la|până la|pana la|până în|until|till|through|and|și)"


def day_meant(text: str) -> str | None:
    """A date in another order, with other marks or its month in letters: `1.12.2026`, `1 grudnia 2026`; what can be two days is none."""
    text = text.strip().rstrip(";,. ").removesuffix("г").removesuffix("r").rstrip(";,. ")
    parts = re.fullmatch(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,4})", text)
    if parts is None:
        return day_in_letters(text)
    first, middle, last = (int(part) for part in parts.groups())
    if len(parts[1]) == 4:
        year, month, day = first, middle, last
    elif len(parts[3]) == 4 and ("/" not in text or first > 12 or first == middle):
        year, month, day = last, middle, first
    elif len(parts[3]) == 2 and "." in text:
        year, month, day = 2000 + last, middle, first
    else:
        return None
    return on_the_calendar(year, month, day)


def day_in_letters(text: str) -> str | None:
    """A date with the name of its month: `1 grudnia 2026`, `December 1, 2026`."""
    words = re.findall(r"[0-9]{1,9}|[^\W\d_]+", text)
    names = [MONTHS.index(name) + 1 for word in words if not word.isdecimal() and (name := in_english(word, MONTHS))]
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(words) != 3 or len(names) != 1 or len(numbers) != 2 or max(numbers) < 1000:
        return None
    return on_the_calendar(max(numbers), names[0], min(numbers))


def on_the_calendar(year: int, month: int, day: int) -> str | None:
    """A date, if there is one."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_meant(text: str, this: str) -> str | None:
    """A month in another order or in letters: `09.2026` and `wrzesień 2026` are 2026-09; without a year it is that of `this` day."""
    words = re.findall(r"[0-9]{1,9}|[^\W\d_]+", text)
    names = [MONTHS.index(name) + 1 for word in words if not word.isdecimal() and (name := in_english(word, MONTHS))]
    years = [int(word) for word in words if word.isdecimal() and len(word) == 4]
    months = [*names, *(int(word) for word in words if word.isdecimal() and len(word) < 3)]
    if len(words) > 2 or len(months) != 1 or len(words) != len(months) + len(years) or not 1 <= months[0] <= 12:
        return None
    return f"{years[0] if years else int(this[:4])}-{months[0]:02}"


def dates_meant(text: str) -> str | None:
    """A period with other words around its days, `od 2026-12-01 do 2026-12-24`, or a whole month: `2026-12`."""
    text = re.sub(rf"^{BEFORE}\s+", "", text.strip().rstrip(";,"), flags=re.IGNORECASE)
    if month := re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text):
        return f"{text}-01 to {text}-{monthrange(int(month[1]), int(month[2]))[1]}"
    parts = re.split(rf"\s+{BETWEEN}\s+|\s*[–—]\s*|\.\.\.?|(?<=\d\d\d\d)-(?=\d\d?\.)", text, flags=re.IGNORECASE)
    if len(parts) != 2:
        return day_meant(text)
    first, last = (day_meant(part) for part in parts)
    return f"{first} to {last}" if first and last else None


def span_meant(text: str) -> str | None:
    """A length of time in another language, short, or without a number: `30 dni`, `30 de zile`, `30d`, `month`, `pół roku`."""
    if length := in_english(text, LENGTHS):
        return length
    parts = re.fullmatch(r"\s*(?:an? |one )?([0-9]*)\s*(?:de )?([^\W\d_]*(?:-[^\W\d_]+)?)[.;,]*\s*", text)
    if parts is None or not (parts[1] or parts[2]):
        return None
    if parts[1] and not parts[2]:
        return f"{int(parts[1])} days"
    unit = next((unit for unit in UNITS if parts[2].casefold() in (unit, unit[:-1])), None) or in_english(parts[2], UNITS)
    count = int(parts[1] or 1)
    return (f"{count} {unit}" if count != 1 else f"1 {unit[:-1]}") if unit else None


def means_never(text: str) -> bool:
    """Whether somebody says in words that there is no such length."""
    return bool(in_english(text.rstrip(";,."), ("never",))) or bare(text) == "never"


def hours_meant(text: str) -> str | None:
    """A part of the day in short: `9-11`, `9:00-11`, `9.30 do 11.00`, `after 17:00`, `do 10`."""
    time = r"([0-9]{1,2})(?:[:.]([0-9]{2}))?"
    text = text.strip().casefold()
    parts = re.fullmatch(rf"(?:{BEFORE}\s+)?{time}\s*{BETWEEN}\s*{time}", text)
    if parts is None:
        return part_of_the_day(re.fullmatch(rf"([^\W\d]+(?: la)?)\s+{time}", text))
    first, last = f"{int(parts[1])}:{parts[2] or '00'}", f"{int(parts[3])}:{parts[4] or '00'}"
    return f"{first} to {last}" if int(parts[1]) < int(parts[3]) <= 24 else None


def part_of_the_day(said: re.Match[str] | None) -> str | None:
    """From a time of the day to its end, or from its beginning to a time."""
    if said is None or int(said[2]) > 24:
        return None
    time = f"{int(said[2])}:{said[3] or '00'}"
    if said[1] in ("after", "from", "od", "po", "после", "с", "от", "după", "dupa", "de la"):
        return f"{time} to 24:00"
    return f"0:00 to {time}" if said[1] in ("before", "until", "till", "do", "przed", "до", "până la", "pana la", "înainte") else None


def weekdays_meant(text: str) -> str | None:
    """Weekdays in another language or as a row of them: `wtorek`, `monday to friday`, `pon-pt`, `weekend`."""
    name = text.strip().rstrip(";,.").casefold()
    if row := in_english(name, ("weekend", "workdays")) or (name if name in ("weekend", "workdays") else None):
        return f"[{', '.join(WEEKDAYS[5:] if row == 'weekend' else WEEKDAYS[:5])}]"
    if one := weekday_meant(name):
        return one
    ends = [weekday_meant(part) for part in re.split(rf"\s+{BETWEEN}\s+|\s*[-–—]\s*", re.sub(rf"^{BEFORE}\s+", "", name))]
    if len(ends) != 2 or not ends[0] or not ends[1]:
        return None
    first, last = (WEEKDAYS.index(end) for end in ends if end)
    return f"[{', '.join(WEEKDAYS[first : last + 1])}]" if first < last else None


def weekday_meant(name: str) -> str | None:
    """One weekday in another language, or in short."""
    return name if name in WEEKDAYS else in_english(name.rstrip("."), WEEKDAYS)


def is_zone(text: str) -> bool:
    """Whether the system or tzdata knows a time zone."""
    from zoneinfo import ZoneInfo
    from zoneinfo import ZoneInfoNotFoundError

    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_refused(text: str) -> tuple[Phrase, Phrase]:
    """That a text is no time zone, and what to write."""
    near = zone_meant(text)
    better = phrase("Write one such as Europe/Warsaw, Europe/Bucharest, Europe/Chisinau or Europe/Moscow.")
    return phrase("{name} is not a time zone.", name=text), phrase("Did you mean {name}?", name=near) if near else better


def zone_meant(text: str) -> str | None:
    """A time zone by its city, in any of the four languages, or nearly."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    wish = text.strip().rpartition("/")[2].casefold().replace(" ", "_")
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right")))
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in reversed(zones)}
    if zone := in_english(wish, zones):
        return zone
    near = get_close_matches(wish, cities, n=1, cutoff=0.7)
    return cities[near[0]] if near else None
