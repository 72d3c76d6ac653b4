"""Members whose facts have changed since the last recalculation, each with the earliest day that changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

MARK = """
INSERT INTO due (member_id, since) VALUES (?, ?)
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""

MARK_RECEIPTS_FROM = """
INSERT INTO due (member_id, since)
SELECT member_id, min(day) FROM receipt WHERE id >= ? AND member_id IS NOT NULL GROUP BY member_id
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""

MARK_RECEIPTS = """
INSERT INTO due (member_id, since)
SELECT member_id, min(day) FROM receipt
WHERE id IN (SELECT value FROM json_each(?)) AND member_id IS NOT NULL GROUP BY member_id
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""

MARK_EVERYONE = """
INSERT INTO due (member_id, since)
SELECT member_id, min(day) FROM receipt WHERE member_id IS NOT NULL GROUP BY member_id
ON CONFLICT (member_id) DO UPDATE SET since = min(since, excluded.since)"""


LATER = """
INSERT INTO due (member_id, since)
SELECT member_id, min(day) FROM (
  SELECT w.member_id, r.day FROM temp.work w
    CROSS JOIN receipt r ON r.member_id = w.member_id AND r.day > :until AND r.gone = 0
  UNION ALL SELECT w.member_id, d.day FROM temp.work w
    CROSS JOIN redemption d ON d.member_id = w.member_id AND d.day > :until
  UNION ALL SELECT w.member_id, a.day FROM temp.work w
    CROSS JOIN adjustment a ON a.member_id = w.member_id AND a.day > :until
) GROUP BY member_id
"""


def mark_due(connection: Connection, members: Iterable[tuple[int, Day]]) -> None:
    """Mark members from a day on."""
    connection.executemany(MARK, members)


def mark_members_of_receipts_from(connection: Connection, receipt: int) -> None:
    """Mark the members of all receipts numbered from one on."""
    connection.execute(MARK_RECEIPTS_FROM, (receipt,))


def mark_members_of_receipts(connection: Connection, receipts: list[int]) -> None:
    """Mark the members of some receipts."""
    connection.execute(MARK_RECEIPTS, (json.dumps(receipts),))


def mark_everyone_due(connection: Connection) -> None:
    """Mark every member who has bought, from the first purchase on."""
    connection.execute(MARK_EVERYONE)


def put_due(connection: Connection, rows: Iterable[tuple[int, Day]], *, instead_of: Iterable[int] = ()) -> None:
    """Who is due from which day; some others no longer are."""
    connection.executemany("DELETE FROM due WHERE member_id = ?", [(member,) for member in instead_of])
    connection.executemany("INSERT OR REPLACE INTO due (member_id, since) VALUES (?, ?)", rows)


def settle_due(connection: Connection, until: Day, *, without: Iterable[int] = ()) -> None:
    """Whoever is in temp.work was replayed and is no longer due, unless facts of later days wait; but for some."""
    connection.executemany("DELETE FROM temp.work WHERE member_id = ?", [(member,) for member in without])
    connection.executemany(MARK, [(member, 0) for member in without])
    connection.execute("DELETE FROM due WHERE member_id IN (SELECT member_id FROM temp.work)")
    connection.execute(LATER, {"until": until})


def members_due(connection: Connection) -> int:
    """How many members something has come of that waits for a recalculation."""
    return int(connection.execute("SELECT count(*) FROM due").fetchone()[0])


def anybody_due(connection: Connection, until: Day) -> bool:
    """Whether facts wait that a recalculation through a day would take in."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM due WHERE since <= ?)", (until,)).fetchone()[0])
