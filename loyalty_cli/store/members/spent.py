"""What members spent, less what they brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

SPENT = """
SELECT member_id, sum(total) FROM receipt
 WHERE gone = 0 AND member_id IS NOT NULL AND day BETWEEN ? AND ? GROUP BY member_id"""


def spent_between(connection: Connection, first: Day, last: Day) -> dict[int, int]:
    """By member, on some days, in minor units; a return counts on its own day."""
    return dict(connection.execute(SPENT, (first, last)).fetchall())
