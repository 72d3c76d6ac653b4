"""Receipts that came back different: listing them, taking the new one, keeping the old one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.store.imports.refunds import settle_refunds
from loyalty_cli.store.imports.standing_in import enter_version
from loyalty_cli.store.imports.standing_in import seen_by_others
from loyalty_cli.store.ledger.due import mark_members_of_receipts

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

OPEN = """
SELECT conflict.id, conflict.import_id, import.file, conflict.line, receipt.id, store.name, receipt.number,
       receipt.day, receipt.total, conflict.incoming
FROM conflict JOIN import ON import.id = conflict.import_id
JOIN receipt ON receipt.id = conflict.receipt_id JOIN store ON store.id = receipt.store_id
WHERE conflict.decision IS NULL AND import.reverted_at IS NULL AND (? IS NULL OR conflict.import_id = ?)
ORDER BY conflict.id"""

OF_OTHER_DAYS = """
SELECT count(*) FROM conflict JOIN receipt ON receipt.id = conflict.receipt_id
WHERE conflict.import_id = ? AND json_extract(incoming, '$.day') <> receipt.day"""

KEY_OF = "SELECT store_id, number FROM receipt WHERE id = ?"

DECIDE = "UPDATE conflict SET decision = ?, decided_at = ?, by = ? WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A receipt in the database and the other one that came in under its key."""

    id: int
    import_id: int
    file: str
    line: int
    receipt_id: int
    store: str
    number: str
    day: int
    total: int
    incoming: dict[str, Any]


def open_conflicts(connection: Connection, import_id: int | None) -> list[Conflict]:
    """Conflicts that nobody has decided, of one import or of all."""
    rows = connection.execute(OPEN, (import_id, import_id)).fetchall()
    return [
        Conflict(
            id=row[0],
            import_id=row[1],
            file=row[2],
            line=row[3],
            receipt_id=row[4],
            store=row[5],
            number=row[6],
            day=row[7],
            total=row[8],
            incoming=json.loads(row[9]),
        )
        for row in rows
    ]


def of_other_days(connection: Connection, import_id: int) -> int:
    """How many receipts of an import came back with another day."""
    return int(connection.execute(OF_OTHER_DAYS, (import_id,)).fetchone()[0])


def reject_conflict(connection: Connection, conflict: Conflict, *, at: str, by: str) -> None:
    """Keep the receipt as it is."""
    connection.execute(DECIDE, ("rejected", at, by, conflict.id))


def accept_conflict(connection: Connection, conflict: Conflict, *, at: str, by: str) -> int:
    """Let the new receipt count in the old one's place; its number. Other open ones stand beside the new one now."""
    old, key = conflict.receipt_id, connection.execute(KEY_OF, (conflict.receipt_id,)).fetchone()
    connection.execute("UPDATE receipt SET gone = id WHERE id = ?", (old,))
    new = enter_version(connection, conflict.import_id, key, conflict.incoming)
    connection.execute(DECIDE, ("accepted", at, by, conflict.id))
    connection.execute("UPDATE conflict SET became = ? WHERE id = ?", (new, conflict.id))
    connection.execute("UPDATE conflict SET receipt_id = ? WHERE receipt_id = ? AND decision IS NULL", (new, old))
    seen_by_others(connection, conflict.id, new)
    mark_members_of_receipts(connection, [old, new])
    settle_refunds(connection, [key])
    return new
