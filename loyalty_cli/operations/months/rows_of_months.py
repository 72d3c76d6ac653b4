"""To which months the rows belong that a till's files could not bring in."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.reading.likely.days_in_text import days_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.months import OpenRow

# A row's day lies about the days of its file; what lies further off is a birthday or a slip. A file of which nothing
# came in may be as old as this.
NEAR, OLDEST = 62, 1000


def rows_set_aside(rows: Iterable[OpenRow]) -> Counter[str]:
    """How many rows each month waits for: that of the day in them, else those of their files.

    Rows of one receipt share its day. Where a day can be read in two ways (03/04/2026), both months wait.
    """
    receipts: defaultdict[tuple[int, int], list[OpenRow]] = defaultdict(list)
    for row in rows:
        receipts[row.receipt].append(row)
    waiting: Counter[str] = Counter()
    for own in receipts.values():
        for month in months_of(own):
            waiting[month] += len(own)
    return waiting


def months_of(rows: list[OpenRow]) -> set[str]:
    """The months that the rows of one receipt may belong to."""
    days, imported_on = rows[0].days, rows[0].imported_on
    first, last = (min(days) - NEAR, max(days) + NEAR) if days else (imported_on - OLDEST, imported_on + 1)
    read: set[Day] = {day for row in rows for day in days_in(row.text) if first <= day <= last}
    return {month_of(day) for day in read or days or [imported_on]}
