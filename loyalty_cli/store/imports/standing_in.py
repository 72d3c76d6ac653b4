"""What counts of a receipt that files tell in several versions, when an import is taken back.

One version counts. Those that somebody has let a newer one replace wait below it; what nobody has decided, and what was
rejected, stands beside it as a conflict. A version that no live file tells is not there, and its decisions with it: if
it counted, the one it replaced counts again, else the first told of the others, and what was rejected for its sake is
asked again. So what counts depends on the live files and the decisions about them, never on what came and went.
"""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.content import Contents
from loyalty_cli.model.older_content import older_contents_of
from loyalty_cli.store.imports.one_receipt import as_batch
from loyalty_cli.store.imports.receipts import ReceiptBook
from loyalty_cli.store.ledger.due import mark_members_of_receipts

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

HAND_ON = """
UPDATE conflict SET import_id = other.import_id
FROM (
  SELECT seen.conflict_id, min(seen.import_id) AS import_id
  FROM conflict_sighting seen JOIN import ON import.id = seen.import_id
  WHERE import.reverted_at IS NULL GROUP BY seen.conflict_id
) AS other
WHERE conflict.id = other.conflict_id AND conflict.import_id = ? AND conflict.decision IS NOT 'accepted'"""
# Replaced versions of an import that goes: the accepted conflict above each, and the one below it, if there is one.
REPLACED = """
SELECT r.id, above.id, above.became, below.id, below.receipt_id
FROM receipt r JOIN conflict above ON above.receipt_id = r.id AND above.became IS NOT NULL
LEFT JOIN conflict below ON below.became = r.id
WHERE r.import_id = ? AND r.gone <> 0 ORDER BY r.id"""
COUNTING = """
SELECT r.id, r.store_id, r.number, below.id, below.receipt_id
FROM receipt r LEFT JOIN conflict below ON below.became = r.id
WHERE r.import_id = :gone AND r.gone = 0 AND (
  below.id IS NOT NULL OR EXISTS (SELECT 1 FROM conflict WHERE conflict.receipt_id = r.id))
ORDER BY r.id"""
FIRST_BESIDE = """
SELECT c.id, c.import_id, c.incoming FROM conflict c JOIN import i ON i.id = c.import_id AND i.reverted_at IS NULL
WHERE c.receipt_id = ? AND c.decision IS NOT 'accepted' ORDER BY c.import_id, c.id LIMIT 1"""
SAME_RECEIPT = """
SELECT r.id FROM receipt r JOIN import i ON i.id = r.import_id
WHERE r.store_id = ? AND r.number = ? AND r.content IN (?, ?) AND r.gone <> 0 AND i.reverted_at IS NOT NULL ORDER BY r.id LIMIT 1"""
SEEN_BY_OTHERS = """
INSERT OR IGNORE INTO sighting (import_id, receipt_id)
SELECT seen.import_id, :receipt FROM conflict_sighting seen JOIN import ON import.id = seen.import_id
JOIN conflict ON conflict.id = seen.conflict_id
WHERE seen.conflict_id = :conflict AND seen.import_id <> conflict.import_id AND import.reverted_at IS NULL"""


def see_conflict_again(connection: Connection, conflict: int, import_id: int) -> None:
    """Remember that one more import came with the same other version."""
    connection.execute("INSERT OR IGNORE INTO conflict_sighting VALUES (?, ?)", (conflict, import_id))


def hand_on_conflicts(connection: Connection, gone: int) -> None:
    """What an import that goes told otherwise stays beside the receipt if another one tells it, too."""
    connection.execute("DELETE FROM conflict_sighting WHERE import_id = ?", (gone,))
    connection.execute(HAND_ON, (gone,))


def leave_replaced(connection: Connection, gone: int) -> None:
    """Replaced versions that no live import tells any more go; what they had replaced is below the next one."""
    while (row := connection.execute(REPLACED, (gone,)).fetchone()) is not None:
        receipt, above, became, below, lower = row
        if below is None:
            connection.execute("UPDATE conflict SET became = NULL WHERE id = ?", (above,))
        else:
            connection.execute("UPDATE conflict SET receipt_id = ? WHERE id = ?", (lower, above))
            connection.execute("UPDATE conflict SET became = NULL WHERE id = ?", (below,))
        connection.execute("UPDATE conflict SET receipt_id = ? WHERE receipt_id = ? AND decision = 'rejected'", (became, receipt))


def contested(connection: Connection, gone: int) -> list[tuple[int, int, str, int | None, int | None]]:
    """The receipts of an import that goes which have other versions: number, key, and the conflict and version below."""
    return connection.execute(COUNTING, {"gone": gone}).fetchall()


def let_others_count(connection: Connection, left: list[tuple[int, int, str, int | None, int | None]]) -> None:
    """In the place of receipts that have left: the version each had replaced, else the first of those beside it."""
    now: list[int] = []
    for receipt, store, number, below, lower in left:
        if below is not None:
            connection.execute("UPDATE conflict SET became = NULL WHERE id = ?", (below,))
            connection.execute("UPDATE receipt SET gone = 0 WHERE id = ?", (lower,))
            counts = lower
        else:
            counts = first_beside(connection, receipt, (store, number))
        if counts is not None:
            ask_about(connection, receipt, counts)
            now.append(counts)
    mark_members_of_receipts(connection, now)


def first_beside(connection: Connection, receipt: int, key: tuple[int, str]) -> int | None:
    """The version beside a receipt that was told first counts now; its number, None if there is none."""
    found = connection.execute(FIRST_BESIDE, (receipt,)).fetchone()
    if found is None:
        return None
    conflict, import_id, incoming = found
    counts = enter_version(connection, import_id, key, json.loads(incoming))
    seen_by_others(connection, conflict, counts)
    connection.execute("DELETE FROM conflict WHERE id = ?", (conflict,))
    return counts


def ask_about(connection: Connection, receipt: int, counts: int) -> None:
    """What stood beside a receipt, decided or not, is a question beside the one that counts now."""
    connection.execute(
        "UPDATE conflict SET receipt_id = ?, decision = NULL, decided_at = NULL, by = NULL "
        "WHERE receipt_id = ? AND decision IS NOT 'accepted'",
        (counts, receipt),
    )


def enter_version(connection: Connection, import_id: int, key: tuple[int, str], incoming: dict[str, Any]) -> int:
    """Let a version count; one that has counted before comes back under its old number."""
    batch = as_batch(incoming)
    contents = (*Contents().added(batch).contents, *older_contents_of(batch, Contents()))
    same = connection.execute(SAME_RECEIPT, (*key, *contents)).fetchone()
    if same is not None:
        connection.execute("UPDATE receipt SET gone = 0, import_id = ? WHERE id = ?", (import_id, same[0]))
        return int(same[0])
    # The store may have got another name since.
    store = connection.execute("SELECT name FROM store WHERE id = ?", key[:1]).fetchone()[0]
    return ReceiptBook(connection, import_id).enter(as_batch({**incoming, "store": store}))[0]


def seen_by_others(connection: Connection, conflict: int, receipt: int) -> None:
    """A version that stood beside counts now: the other imports that told it have seen it."""
    connection.execute(SEEN_BY_OTHERS, {"conflict": conflict, "receipt": receipt})
    connection.execute("DELETE FROM conflict_sighting WHERE conflict_id = ?", (conflict,))
