"""What a country asks of a promotional draw or a ranked contest: dated rows with their sources, never advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.all_countries import country_named
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.law import DrawKind
    from loyalty_cli.model.law import Formality


def formalities(country: str, kind: DrawKind, on: Day) -> Sequence[Formality]:
    """What the country asks of a draw or contest on a day; empty where nothing is known of the country."""
    known = country_named(country)
    if known is None:
        return ()
    return tuple(each for each in known.FORMALITIES if kind in each.kinds and holds(each.since, each.until, on))


def holds(since: str, until: str, on: Day) -> bool:
    """Whether a day lies between two ISO days, of which either may be open."""
    return (day_from_iso(since) if since else 0) <= on <= (day_from_iso(until) if until else NEVER)
