"""Receipts that came back different: listing them, taking the new one, keeping the old one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.model.purchase_batch import Desk
from loyalty_cli.model.purchase_batch import PurchaseBatch
from loyalty_cli.store.due import mark_due
from loyalty_cli.store.receipts import ReceiptBook

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

OPEN = """
SELECT conflict.id, conflict.import_id, import.file, conflict.line, receipt.id, store.name, receipt.number,
       receipt.day, receipt.total, conflict.incoming, receipt.gone
FROM conflict JOIN import ON import.id = conflict.import_id
JOIN receipt ON receipt.id = conflict.receipt_id JOIN store ON store.id = receipt.store_id
WHERE conflict.decision IS NULL AND import.reverted_at IS NULL AND (? IS NULL OR conflict.import_id = ?)
ORDER BY conflict.id"""

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
    superseded: bool


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
            superseded=bool(row[10]),
        )
        for row in rows
    ]


def reject_conflict(connection: Connection, conflict: Conflict, *, at: str, by: str) -> None:
    """Keep the receipt as it is."""
    connection.execute(DECIDE, ("rejected", at, by, conflict.id))


def accept_conflict(connection: Connection, conflict: Conflict, *, at: str, by: str) -> int:
    """Let the new receipt count in the old one's place; its number."""
    old = connection.execute(
        "UPDATE receipt SET gone = id WHERE id = ? RETURNING member_id, day", (conflict.receipt_id,)
    ).fetchone()
    book = ReceiptBook(connection, conflict.import_id)
    new = book.enter(as_batch(conflict.incoming))[0]
    connection.execute(DECIDE, ("accepted", at, by, conflict.id))
    member = connection.execute("SELECT member_id, day FROM receipt WHERE id = ?", (new,)).fetchone()
    mark_due(connection, [row for row in (old, member) if row[0] is not None])
    return new


def as_batch(incoming: dict[str, Any]) -> PurchaseBatch:
    """A receipt that was kept as JSON, as a batch of one."""
    lines = incoming["lines"]
    return PurchaseBatch(
        stores=[incoming["store"]],
        numbers=[incoming["number"]],
        cards=[incoming["card"]],
        at=[incoming["at"]],
        days=[incoming["day"]],
        clocks=[incoming["clock"]],
        totals=[incoming["total"]],
        returned=[incoming["returned"]],
        loyalty=[incoming["loyalty"]],
        originals=[incoming["original"]],
        desks=[Desk(*incoming["desk"])],
        contents=[incoming["content"]],
        file_lines=[0],
        starts=[0, len(lines)],
        articles=list(range(len(lines))),
        quantities=[line[4] for line in lines],
        amounts=[line[5] for line in lines],
        discounts=[line[6] for line in lines],
        line_loyalty=[line[7] for line in lines],
        catalogue=[Article(*line[:4]) for line in lines],
    )
