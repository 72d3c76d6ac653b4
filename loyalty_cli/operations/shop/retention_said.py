"""What `loyalty status` says of books that need not be kept any more, or of how long the oldest are to be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.countries.retention import kept_through
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.retained import first_year

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection


def retention_said(connection: Connection, country: str, today: Day) -> list[Phrase]:
    """One sentence; none where nothing is known of the country, or nothing is there."""
    first = first_year(connection)
    if first is None:
        return []
    oldest = kept_through(country, first)
    if oldest is None:
        return []
    if oldest >= today:
        return [phrase("Books of {year} are to be kept through {day}: loyalty report retention", year=str(first), day=OnDay(oldest))]
    last = first
    while (end := kept_through(country, last + 1)) is not None and end < today:
        last += 1
    return [phrase("Books through {year} need not be kept any more, for all that is known here: loyalty report retention", year=str(last))]
