"""Every country there is data for: its two letters, the names an owner may write, and where its rows stand."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.countries.country import Country

ALL_COUNTRIES = {
    "PL": ("poland", ("poland", "polska", "польша")),
    "RU": ("russia", ("russia", "россия", "rosja", "rusia")),
    "RO": ("romania", ("romania", "românia", "румыния", "rumunia")),
    "MD": ("moldova", ("moldova", "молдова", "republica moldova", "mołdawia")),
    "GB": ("united_kingdom", ("uk", "united kingdom", "great britain", "wielka brytania", "великобритания")),
}

# The time zones of these countries, as the IANA time zone database's zone.tab has them.
ZONES = {
    "PL": "Europe/Warsaw",
    "RO": "Europe/Bucharest",
    "MD": "Europe/Chisinau",
    "GB": "Europe/London",
    "RU": "Europe/Kaliningrad Europe/Moscow Europe/Kirov Europe/Volgograd Europe/Astrakhan Europe/Saratov "
    "Europe/Ulyanovsk Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Barnaul Asia/Tomsk "
    "Asia/Novokuznetsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Chita Asia/Yakutsk Asia/Khandyga Asia/Vladivostok "
    "Asia/Ust-Nera Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Asia/Kamchatka Asia/Anadyr",
}


def country_of_zone(zone: str) -> str:
    """The two letters of the country of a time zone, or '' where it is none of these."""
    return next((code for code, zones in ZONES.items() if zone in zones.split()), "")


def country_code(name: str) -> str | None:
    """The two letters of a country as an owner writes it, or None where nothing is known of it."""
    word = " ".join(name.split())
    if word.upper() in ALL_COUNTRIES:
        return word.upper()
    return next((code for code, (_, names) in ALL_COUNTRIES.items() if word.lower() in names), None)


def country_named(name: str) -> Country | None:
    """A country's rows, imported now; None where nothing is known of it."""
    code = country_code(name)
    if code is None:
        return None
    module: Country = importlib.import_module(f"loyalty_cli.countries.{ALL_COUNTRIES[code][0]}")
    return module
