"""From which day on anything is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

FIRST = """
SELECT min(day) FROM (
  SELECT min(day) AS day FROM receipt UNION ALL SELECT min(effective_on) FROM ledger
  UNION ALL SELECT min(day) FROM redemption UNION ALL SELECT min(issued_on) FROM coupon
  UNION ALL SELECT CAST(julianday(date(min(at))) + 0.5 AS INTEGER) FROM import)
"""


def first_known_day(connection: Connection) -> Day | None:
    """The day of the earliest receipt, entry, use, coupon or import; None in a new shop."""
    day: Day | None = connection.execute(FIRST).fetchone()[0]
    return day


def last_bought(connection: Connection) -> Day | None:
    """The day of the latest receipt that counts."""
    day: Day | None = connection.execute("SELECT max(day) FROM receipt WHERE gone = 0").fetchone()[0]
    return day
