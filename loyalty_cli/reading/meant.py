"""What somebody meant who wrote a value in another way: the same in the form its place needs, or nothing."""

from __future__ import annotations

import re
from datetime import date

from loyalty_cli.reading.owners_words import in_english

UNITS = ("days", "weeks", "months", "years")
# Letters that are typed for the digits 0 and 1.
AS_DIGITS = str.maketrans("OoОоlI", "000011")


def number_meant(text: str) -> str | None:
    """A number with letters for digits, or with its mark twice: `2O.00` is 20.00."""
    digits = text.translate(AS_DIGITS)
    return digits if digits != text and re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) else None


def percent_meant(text: str) -> str | None:
    """A share or a percent without its sign: `0.05` is 5%, `5` is 5%, `%5` is 5%."""
    tight = re.sub(r"\s", "", text.replace(",", "."))
    if re.fullmatch(r"%[0-9]+(\.[0-9]+)?", tight):
        return f"{tight[1:]}%"
    if re.fullmatch(r"0?\.[0-9]+", tight):
        return f"{float(tight) * 100:g}%"
    number = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(procent|proc|percent|pct|процентов|проц)?\.?", tight)
    return f"{number[1]}%" if number else None


def day_meant(text: str) -> str | None:
    """A date in another order or with other marks: `1.12.2026` is 2026-12-01; what can be two days is none."""
    parts = re.fullmatch(r"([0-9]{1,4})[./ -]([0-9]{1,2})[./ -]([0-9]{1,4})\.?(?:\s*[rг]\.?)?", text.strip())
    if parts is None:
        return None
    first, middle, last = (int(part) for part in parts.groups())
    if len(parts[1]) == 4:
        year, month, day = first, middle, last
    elif len(parts[3]) == 4 and ("/" not in text or first > 12 or first == middle):
        year, month, day = last, middle, first
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def dates_meant(text: str) -> str | None:
    """A period with another word between its days: `2026-12-01 - 2026-12-24`."""
    parts = re.split(r"\s+(?:-|–|—|do|to|po|по|до|la|până la|pana la|until|till|through)\s+|\s*[–—]\s*|\.\.\.?", text.strip())
    if len(parts) != 2:
        return day_meant(text)
    first, last = (day_meant(part) for part in parts)
    return f"{first} to {last}" if first and last else None


def span_meant(text: str) -> str | None:
    """A length of time in another language, short, or without a number: `30 dni`, `30d`, `month`."""
    parts = re.fullmatch(r"\s*([0-9]*)\s*([^\W\d_]*)\.?\s*", text)
    if parts is None or not (parts[1] or parts[2]):
        return None
    if parts[1] and not parts[2]:
        return f"{int(parts[1])} days"
    unit = next((unit for unit in UNITS if parts[2].casefold() in (unit, unit[:-1])), None) or in_english(parts[2], UNITS)
    count = int(parts[1] or 1)
    return (f"{count} {unit}" if count != 1 else f"1 {unit[:-1]}") if unit else None


def hours_meant(text: str) -> str | None:
    """A part of the day in short: `9-11`, `9:00-11`, `9.30 do 11.00`."""
    parts = re.fullmatch(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(?:-|–|—|to|do|до|la|until)\s*([0-9]{1,2})(?:[:.]([0-9]{2}))?", text.strip())
    if parts is None:
        return None
    first, last = f"{int(parts[1])}:{parts[2] or '00'}", f"{int(parts[3])}:{parts[4] or '00'}"
    return f"{first} to {last}" if int(parts[1]) < int(parts[3]) <= 24 else None


# What people write for a currency, with its three letters.
SIGNS = {
    "zł": "PLN", "zl": "PLN", "złoty": "PLN", "złote": "PLN", "lei": "RON", "leu": "RON", "ron": "RON", "руб": "RUB",
    "рубль": "RUB", "рубли": "RUB", "rub": "RUB", "₽": "RUB", "р": "RUB", "€": "EUR", "euro": "EUR", "евро": "EUR",
    "$": "USD", "£": "GBP",
}  # fmt: skip


def currency_meant(text: str) -> str | None:
    """A currency by its sign, its name or in small letters."""
    word = text.strip().rstrip(".").casefold()
    return SIGNS.get(word) or (word.upper() if re.fullmatch("[a-z]{3}", word) else None)


def is_zone(text: str) -> bool:
    """Whether the system or tzdata knows a time zone."""
    from zoneinfo import ZoneInfo
    from zoneinfo import ZoneInfoNotFoundError

    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


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
