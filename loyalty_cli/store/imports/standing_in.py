"""When an import is taken back: other imports that had its receipts otherwise, undecided till then, have their say.

So what counts depends on the imports that are live, not on what came and went before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.store.imports.one_receipt import as_batch
from loyalty_cli.store.imports.receipts import ReceiptBook
from loyalty_cli.store.ledger.due import mark_members_of_receipts

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

SEE_AGAIN = "INSERT OR IGNORE INTO conflict_sighting (conflict_id, import_id) VALUES (?, ?)"
# Another live import that came with the same other receipt.
HAND_ON = """
UPDATE conflict SET import_id = other.import_id
FROM (
  SELECT seen.conflict_id, min(seen.import_id) AS import_id
  FROM conflict_sighting seen JOIN import ON import.id = seen.import_id
  WHERE import.reverted_at IS NULL GROUP BY seen.conflict_id
) AS other
WHERE conflict.id = other.conflict_id AND conflict.import_id = ? AND conflict.decision IS NULL"""
WITHOUT_RIVAL = """
SELECT conflict.id, conflict.import_id, conflict.incoming, receipt.store_id, receipt.number
FROM conflict JOIN import ON import.id = conflict.import_id AND import.reverted_at IS NULL
JOIN receipt ON receipt.id = conflict.receipt_id
WHERE conflict.decision IS NULL AND NOT EXISTS (
  SELECT 1 FROM receipt AS live
  WHERE live.store_id = receipt.store_id AND live.number = receipt.number AND live.gone = 0)
ORDER BY conflict.import_id, conflict.id"""
SEEN_BY_OTHERS = """
INSERT OR IGNORE INTO sighting (import_id, receipt_id)
SELECT seen.import_id, :receipt FROM conflict_sighting seen JOIN import ON import.id = seen.import_id
JOIN conflict ON conflict.id = seen.conflict_id
WHERE seen.conflict_id = :conflict AND seen.import_id <> conflict.import_id AND import.reverted_at IS NULL"""


def see_conflict_again(connection: Connection, conflict: int, import_id: int) -> None:
    """Remember that one more import came with the same other receipt."""
    connection.execute(SEE_AGAIN, (conflict, import_id))


def hand_on_conflicts(connection: Connection, gone: int) -> None:
    """What an import that goes had otherwise stays in question if another one has it so, too."""
    connection.execute("DELETE FROM conflict_sighting WHERE import_id = ?", (gone,))
    connection.execute(HAND_ON, (gone,))


def let_others_count(connection: Connection) -> list[int]:
    """Receipts whose rival has left count now; of several the one that came first."""
    entered: dict[tuple[int, str], int] = {}
    for conflict, import_id, incoming, *key in connection.execute(WITHOUT_RIVAL).fetchall():
        store_and_number = (key[0], key[1])
        if store_and_number in entered:
            values = (entered[store_and_number], conflict)
            connection.execute("UPDATE conflict SET receipt_id = ? WHERE id = ?", values)
            continue
        receipt = ReceiptBook(connection, import_id).enter(as_batch(json.loads(incoming)))[0]
        entered[store_and_number] = receipt
        seen_by_others(connection, conflict, receipt)
        connection.execute("DELETE FROM conflict_sighting WHERE conflict_id = ?", (conflict,))
        connection.execute("DELETE FROM conflict WHERE id = ?", (conflict,))
    receipts = list(entered.values())
    if receipts:
        mark_members_of_receipts(connection, receipts)
    return receipts


def seen_by_others(connection: Connection, conflict: int, receipt: int) -> None:
    """A receipt that was in question counts now: the other imports that had it have seen it."""
    connection.execute(SEEN_BY_OTHERS, {"conflict": conflict, "receipt": receipt})
