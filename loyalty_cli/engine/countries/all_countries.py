"""Every country there is data for: its two letters, the names an owner may write, and where its rows stand."""

from __future__ import annotations

import importlib
from typing import Protocol
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.engine.draw_law import Formality
    from loyalty_cli.engine.prize_tax import TaxRule

ALL_COUNTRIES = {
    "PL": ("poland", ("poland", "polska", "польша")),
    "RU": ("russia", ("russia", "россия", "rosja", "rusia")),
    "RO": ("romania", ("romania", "românia", "румыния", "rumunia")),
    "MD": ("moldova", ("moldova", "молдова", "republica moldova", "mołdawia")),
    "GB": ("united_kingdom", ("uk", "united kingdom", "great britain", "wielka brytania", "великобритания")),
}


class Country(Protocol):
    """What a country's module holds."""

    FORMALITIES: Sequence[Formality]
    TAXES: Sequence[TaxRule]


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
    module: Country = importlib.import_module(f"loyalty_cli.engine.countries.{ALL_COUNTRIES[code][0]}")
    return module
