"""What a shop keeps of each year: its receipts, and the entries of its books."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.reading import Connection

BY_DAY = (
    "SELECT day, count(*) FROM receipt WHERE gone = 0 GROUP BY day",
    "SELECT booked_on, count(*) FROM ledger GROUP BY booked_on",
)
FIRST = "SELECT min(day) FROM (SELECT min(day) AS day FROM receipt UNION ALL SELECT min(booked_on) FROM ledger)"
YEAR = "SELECT CAST(strftime('%Y', ?) AS INTEGER)"


def kept_by_year(connection: Connection) -> dict[int, tuple[int, int]]:
    """How many receipts and entries of the books there are of each year."""
    sums: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    for into, select in zip(sums, BY_DAY, strict=True):
        for day, count in connection.execute(select):
            into[year_of(connection, day)] += count
    return {year: (sums[0][year], sums[1][year]) for year in sorted({*sums[0], *sums[1]})}


def first_year(connection: Connection) -> int | None:
    """The year of the first receipt or entry; None for an empty shop."""
    day = connection.execute(FIRST).fetchone()[0]
    return None if day is None else year_of(connection, day)


def year_of(connection: Connection, day: Day) -> int:
    """The year of a day."""
    return int(connection.execute(YEAR, (day,)).fetchone()[0])
