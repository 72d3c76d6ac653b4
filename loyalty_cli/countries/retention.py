"""How long the books and receipts of a year are to be kept in a country: dated rows with their sources, never advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.all_countries import country_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.law import RetentionRule


def retention_rules(country: str) -> Sequence[RetentionRule]:
    """The rows of a country (`PL`, `DE-BY`); none where nothing is known."""
    known = country_named(country.partition("-")[0])
    return known.RETENTION if known else ()


def kept_through(country: str, year: int) -> Day | None:
    """The last day on which what belongs to a year is to be kept, by the longest of a country's rows; None where none is known."""
    return max((rule.kept_through(year) for rule in retention_rules(country)), default=None)
