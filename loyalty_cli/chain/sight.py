"""Whose rows a command about one member needs besides their own: those of their household, and single receipts of others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

TOGETHER = """
SELECT value FROM json_each(?1) UNION SELECT member_id FROM household WHERE account_id IN (SELECT value FROM json_each(?1))
UNION SELECT account_id FROM household WHERE member_id IN (SELECT value FROM json_each(?1))"""
CONNECTED = """
SELECT e.cause_id FROM temp.ledger e WHERE e.cause_kind = 1 AND e.cause_id NOT IN (SELECT id FROM temp.receipt)
UNION SELECT f.sale_id FROM temp.receipt b JOIN return_of f ON f.return_id = b.id WHERE f.sale_id NOT IN (SELECT id FROM temp.receipt)
UNION SELECT f.return_id FROM temp.receipt o JOIN return_of f ON f.sale_id = o.id WHERE f.return_id NOT IN (SELECT id FROM temp.receipt)"""
USED_WITH = """
SELECT d.receipt FROM redemption d WHERE d.receipt <> '' AND d.member_id IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM temp.receipt r WHERE r.store_id = d.store_id AND r.number = d.receipt)"""


def with_household(connection: Connection, members: Iterable[int]) -> set[int]:
    """Members with those of their household."""
    return {member for (member,) in connection.execute(TOGETHER, (json.dumps(sorted(members)),))}


def connected(connection: Connection) -> list[int]:
    """The receipts of others that entries, returns and sales in sight are of."""
    return [receipt for (receipt,) in connection.execute(CONNECTED)]


def used_with(connection: Connection, members: Iterable[int]) -> list[str]:
    """The numbers of receipts that some members' redemptions name and that are not theirs."""
    return [number for (number,) in connection.execute(USED_WITH, (json.dumps(sorted(members)),))]
