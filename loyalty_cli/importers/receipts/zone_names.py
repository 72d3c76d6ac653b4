"""Names of time zones as tills write them."""

from __future__ import annotations

import re
from functools import cache
from zoneinfo import available_timezones

# Square and others show the names of Ruby on Rails; those that are just a city of the time zone database are not listed.
SHOWN = {
    "international date line west": "Etc/GMT+12",
    "midway island": "Pacific/Midway",
    "american samoa": "Pacific/Pago_Pago",
    "hawaii": "Pacific/Honolulu",
    "alaska": "America/Juneau",
    "pacific time (us & canada)": "America/Los_Angeles",
    "mountain time (us & canada)": "America/Denver",
    "arizona": "America/Phoenix",
    "central time (us & canada)": "America/Chicago",
    "saskatchewan": "America/Regina",
    "guadalajara": "America/Mexico_City",
    "central america": "America/Guatemala",
    "eastern time (us & canada)": "America/New_York",
    "indiana (east)": "America/Indiana/Indianapolis",
    "quito": "America/Lima",
    "atlantic time (canada)": "America/Halifax",
    "newfoundland": "America/St_Johns",
    "brasilia": "America/Sao_Paulo",
    "buenos aires": "America/Argentina/Buenos_Aires",
    "georgetown": "America/Guyana",
    "greenland": "America/Nuuk",
    "mid-atlantic": "Atlantic/South_Georgia",
    "cape verde is.": "Atlantic/Cape_Verde",
    "edinburgh": "Europe/London",
    "bern": "Europe/Zurich",
    "west central africa": "Africa/Algiers",
    "kyev": "Europe/Kyiv",
    "istanbul": "Europe/Istanbul",
    "pretoria": "Africa/Johannesburg",
    "st. petersburg": "Europe/Moscow",
    "abu dhabi": "Asia/Muscat",
    "ekaterinburg": "Asia/Yekaterinburg",
    "islamabad": "Asia/Karachi",
    "chennai": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "sri jayawardenepura": "Asia/Colombo",
    "astana": "Asia/Almaty",
    "rangoon": "Asia/Yangon",
    "hanoi": "Asia/Bangkok",
    "beijing": "Asia/Shanghai",
    "osaka": "Asia/Tokyo",
    "sapporo": "Asia/Tokyo",
    "solomon is.": "Pacific/Guadalcanal",
    "new caledonia": "Pacific/Noumea",
    "marshall is.": "Pacific/Majuro",
    "wellington": "Pacific/Auckland",
    "nuku'alofa": "Pacific/Tongatapu",
    "tokelau is.": "Pacific/Fakaofo",
    "chatham is.": "Pacific/Chatham",
    "samoa": "Pacific/Apia",
}
AREAS = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


# What follows UTC or stands alone: +1, +01:00, -0530
OFFSET = r"(?P<sign>[+\u2212-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?"
# As a word of its own, also where words stand together: CreatedOnUtc
ITS_NAMES = r"(?:(?<![^\W\d_])(?:UTC|GMT|Zulu)|(?-i:(?<=[a-z])(?:Utc|UTC|Gmt|GMT)))(?![^\W\d_])"
UNIVERSAL = re.compile(rf"{ITS_NAMES}\s*(?:{OFFSET})?", re.IGNORECASE)
ALONE = re.compile(rf"(?:[(\[]|\s){OFFSET.replace('1,2', '2')}[)\]]?$")
# Abbreviations of our shops' zones, written as a word of its own.
ABBREVIATED = {
    "CET": "Europe/Warsaw", "CEST": "Europe/Warsaw", "EET": "Europe/Bucharest", "EEST": "Europe/Bucharest",
    "MSK": "Europe/Moscow", "МСК": "Europe/Moscow",
}  # fmt: skip
IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*(?:\([^()]*\))?[^()\[\]]*)[)\]]")


def zone_in(header: str) -> str | None:
    """The zone that a column's header names, None if it names none.

    >>> zone_in("Created date (UTC)"), zone_in("Time, GMT+1"), zone_in("Sold [Europe/Warsaw]"), zone_in("Date")
    ('UTC', 'Etc/GMT-1', 'Europe/Warsaw', None)
    """
    for pattern in (UNIVERSAL, ALONE):
        if match := pattern.search(header):
            return by_offset(match)
    words = re.split(r"[^\w]+", header)
    short = next((zone for word, zone in ABBREVIATED.items() if word in words), None)
    return short or next((zone for text in IN_BRACKETS.findall(header) if (zone := zone_named(text))), None)


def by_offset(match: re.Match[str]) -> str | None:
    """A zone of a fixed distance from UTC; the database has those of whole hours, and turns their signs round."""
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    if not hours and not minutes:
        return "UTC"
    zone = f"Etc/GMT{'-' if match['sign'] == '+' else '+'}{hours}"
    return zone if not minutes and zone in available_timezones() else None


def zone_named(text: str) -> str | None:
    """The zone's name in the time zone database, None if it is not known.

    >>> zone_named("Eastern Time (US & Canada)"), zone_named("Warsaw"), zone_named("Mars")
    ('America/New_York', 'Europe/Warsaw', None)
    """
    name = " ".join(text.split())
    return name if name in available_timezones() else SHOWN.get(name.casefold()) or cities().get(name.casefold())


@cache
def cities() -> dict[str, str]:
    """The zones by their city; cities that two areas have are left out."""
    found: dict[str, str] = {}
    twice = set()
    for zone in sorted(available_timezones()):
        if zone.startswith(AREAS):
            city = zone.rpartition("/")[2].replace("_", " ").casefold()
            twice.update({city} & found.keys())
            found[city] = zone
    return {city: zone for city, zone in found.items() if city not in twice}
