"""What may still change the tickets of a draw: members and receipts that wait, stores whose last days are missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

WAITING = """
SELECT count(*) FROM (
  SELECT member_id FROM due WHERE since < :today UNION SELECT member_id FROM standing WHERE due_on <= :last_day)
"""
CONFLICTS = """
SELECT count(*) FROM conflict JOIN receipt ON receipt.id = conflict.receipt_id
JOIN import ON import.id = conflict.import_id AND import.reverted_at IS NULL
WHERE decision IS NULL AND receipt.day BETWEEN :first_day AND :last_day
"""
# A row that could not be read has no day; it may be of the period if others of its file are, or if none could be read.
SET_ASIDE = """
SELECT count(*) FROM set_aside JOIN import ON import.id = set_aside.import_id
WHERE import.kind = 'purchases' AND import.reverted_at IS NULL AND mended_by IS NULL AND dropped_at IS NULL
AND (import.imported + import.known = 0 OR EXISTS (
  SELECT 1 FROM sighting JOIN receipt ON receipt.id = sighting.receipt_id
  WHERE sighting.import_id = import.id AND receipt.day BETWEEN :first_day AND :last_day))
"""
# The latest receipts were stored last, so that one is found soon.
HAS_LAST_DAY = """
SELECT 1 FROM receipt WHERE store_id = (SELECT id FROM store WHERE name = :store) AND gone = 0 AND day >= :last_day
ORDER BY id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatters:
    """What is open: members to recalculate, receipts in conflict, rows set aside, stores without the last day."""

    members: int
    conflicts: int
    set_aside: int
    stores: Sequence[str]


def open_matters(connection: Connection, first_day: Day, last_day: Day, *, today: Day, stores: Sequence[str]) -> OpenMatters:
    """What is still open about the days of a draw; `stores` are those whose files the program names."""
    days = {"first_day": first_day, "last_day": last_day, "today": today}
    counts = [connection.execute(select, days).fetchone()[0] for select in (WAITING, CONFLICTS, SET_ASIDE)]
    missing = [store for store in stores if connection.execute(HAS_LAST_DAY, {"store": store, "last_day": last_day}).fetchone() is None]
    return OpenMatters(members=counts[0], conflicts=counts[1], set_aside=counts[2], stores=missing)
