"""Receipts that an earlier import read in the very same file, and this one does not: another layout tells them otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyalty_cli.store.database import Connection

EARLIER = """
SELECT other.id FROM import AS this JOIN import AS other ON other.sha256 = this.sha256 AND other.kind = this.kind
  AND other.store = this.store AND other.id < this.id AND other.reverted_at IS NULL
WHERE this.id = ? ORDER BY other.id"""
UNTOLD = """
SELECT receipt.store_id, receipt.number FROM receipt WHERE receipt.import_id = :earlier AND receipt.gone = 0
AND NOT EXISTS (SELECT 1 FROM sighting WHERE sighting.receipt_id = receipt.id AND sighting.import_id = :this)
AND NOT EXISTS (SELECT 1 FROM conflict WHERE conflict.receipt_id = receipt.id AND conflict.import_id = :this)
ORDER BY receipt.id LIMIT :most"""


def untold(connection: Connection, import_id: int, beside: Collection[tuple[int, str]]) -> tuple[int, str] | None:
    """An earlier import of the same file with the number of one of its receipts that this import does not tell, if there is one.

    `beside` are receipts that this import tells in another way: set aside, called off or paid back.
    """
    for (earlier,) in connection.execute(EARLIER, (import_id,)).fetchall():
        values = {"earlier": earlier, "this": import_id, "most": len(beside) + 1}
        for store, number in connection.execute(UNTOLD, values).fetchall():
            if (store, number) not in beside:
                return earlier, number
    return None
