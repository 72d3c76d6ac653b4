"""What a country asks of advertising by e-mail, text message and telephone: dated rows with their sources, never advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.all_countries import country_named
from loyalty_cli.countries.draw_law import holds

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.law import AdvertisingRule


def advertising_rule(country: str, on: Day) -> AdvertisingRule | None:
    """What holds in a country (`PL`, `DE-BY`) on a day; None where nothing is known."""
    known = country_named(country.partition("-")[0])
    if known is None:
        return None
    return next((rule for rule in known.ADVERTISING if holds(rule.since, rule.until, on)), None)
