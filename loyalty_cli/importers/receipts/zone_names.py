"""Names of time zones as tills write them."""

from __future__ import annotations

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
