"""What this computer says of the shop it stands in: its language, currency and time zone, as far as it knows them."""

from __future__ import annotations

from datetime import date

from loyalty_cli.cli.computers_language import names_of_language

# A system that was never told where it is says one of these.
NOWHERE = ("UTC", "GMT", "Etc/UTC", "Zulu", "Universal", "local")
# The currency and the time zone of a shop that speaks a language and says no more.
OF_LANGUAGE = {"pl": ("PLN", "Europe/Warsaw"), "ru": ("RUB", "Europe/Moscow"), "ro": ("RON", "Europe/Bucharest")}


def territory() -> str:
    """The country of the system's language: PL of pl_PL.UTF-8; '' if it says none."""
    for name in names_of_language("LC_ALL", "LC_MONETARY", "LANG"):
        _, _, country = name.partition(".")[0].partition("_")
        if len(country) == 2:
            return country.upper()
    return ""


def currency_of(language: str, *, today: date) -> str:
    """The currency of this computer's country, else the language's."""
    from babel.numbers import get_territory_currencies

    used = get_territory_currencies(territory(), start_date=today) if territory() else []
    return str(used[0]) if used else OF_LANGUAGE.get(language, ("EUR", ""))[0]


def zone_of(language: str) -> str:
    """The time zone of this computer, else the language's."""
    from babel.localtime import get_localzone

    try:
        zone = str(get_localzone())
    except (LookupError, OSError, ValueError):
        zone = "UTC"
    if zone in NOWHERE or "/" not in zone:
        return OF_LANGUAGE.get(language, ("", "Europe/London"))[1]
    return zone
