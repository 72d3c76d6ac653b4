"""Rows that could not be taken in: kept with line and reason until they come back mended, or somebody leaves them."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

# Where files of rows set aside lie, in the shop's folder.
FOLDER = "set-aside"
KEEP = """
INSERT INTO set_aside (import_id, line, row, reason, receipt, receipt_store, receipt_number)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
# On the disk, as there may be millions: rows that are known, lines of this file that are as bad as they were, lines that are mended.
PLACES = (
    "CREATE TEMP TABLE IF NOT EXISTS told_before (row TEXT PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS told_again (line INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS mended_line (line INTEGER PRIMARY KEY)",
    "DELETE FROM temp.told_before",
    "DELETE FROM temp.told_again",
)
# What a file of this name left before; what was mended or left for good stays so whatever file brings it again.
BEFORE = """
INSERT OR IGNORE INTO temp.told_before SELECT set_aside.row, set_aside.id FROM set_aside JOIN import ON import.id = set_aside.import_id
WHERE import.id <> :import AND import.kind = (SELECT kind FROM import WHERE id = :import) AND (
  import.reverted_at IS NULL AND (import.file = :file OR import.id = :mends OR set_aside.dropped_at IS NOT NULL)
  OR set_aside.mended_by IS NOT NULL)
ORDER BY import.reverted_at IS NOT NULL, set_aside.id"""
# What a file that is taken back told waits under the next one that tells it, unless it waits, is mended or was left already. Files
# may have found it kept under one or another of those that are gone: the first of them all keeps it, with each of its own lines.
HAND_ON = """
INSERT INTO set_aside (import_id, line, row, reason, receipt, receipt_store, receipt_number)
SELECT import_id, line, row, reason, receipt, receipt_store, receipt_number FROM (
  SELECT seen.import_id, seen.line, kept.row, kept.reason, seen.receipt, kept.receipt_store, kept.receipt_number,
    rank() OVER (PARTITION BY kept.row, kept.receipt_store ORDER BY seen.import_id) AS place
  FROM set_aside AS kept JOIN import AS gone ON gone.id = kept.import_id AND gone.reverted_at IS NOT NULL
  JOIN set_aside_sighting AS seen ON seen.set_aside_id = kept.id
  JOIN import AS telling ON telling.id = seen.import_id AND telling.reverted_at IS NULL
  WHERE kept.mended_by IS NULL AND NOT EXISTS (
    SELECT 1 FROM set_aside AS own JOIN import ON import.id = own.import_id
    WHERE own.row = kept.row AND own.receipt_store = kept.receipt_store
      AND (import.reverted_at IS NULL OR own.mended_by IS NOT NULL)))
WHERE place = 1"""
OF_IMPORT = """
SELECT line, row, reason, receipt, mended_by, dropped_at, dropped_by, drop_reason
FROM set_aside WHERE import_id = ? ORDER BY line, id"""
# The same row may have been set aside from several files.
MEND = """
UPDATE set_aside SET mended_by = :by WHERE mended_by IS NULL AND dropped_at IS NULL AND import_id <> :by AND (
  import_id = :mended AND line IN (SELECT line FROM temp.mended_line)
  OR row IN (SELECT row FROM set_aside
             WHERE import_id = :mended AND line IN (SELECT line FROM temp.mended_line)))"""
# Of the rows that it mends a file brings those that stand in it; one that somebody has taken out of it waits on.
CAME = """
UPDATE set_aside SET mended_by = :by
WHERE mended_by IS NULL AND dropped_at IS NULL AND receipt_number <> '' AND import_id <> :by
AND import_id IS NOT (SELECT mends FROM import WHERE id = :by) AND EXISTS (
  SELECT 1 FROM store JOIN receipt ON receipt.store_id = coalesce(store.merged_into, store.id) AND receipt.number = set_aside.receipt_number
    AND receipt.gone = 0
  WHERE store.name = set_aside.receipt_store AND (
    receipt.import_id = :by OR EXISTS (SELECT 1 FROM sighting WHERE import_id = :by AND receipt_id = receipt.id)
    OR EXISTS (
      SELECT 1 FROM conflict LEFT JOIN conflict_sighting AS seen ON seen.conflict_id = conflict.id AND seen.import_id = :by
      WHERE conflict.receipt_id = receipt.id AND (conflict.import_id = :by OR seen.import_id = :by))))"""
# A receipt that has left with its import, and that no other one brings, waits again where its row was set aside.
LEFT_AGAIN = """
UPDATE set_aside SET mended_by = NULL WHERE mended_by IS NOT NULL AND receipt_number <> '' AND EXISTS (
  SELECT 1 FROM store JOIN receipt ON receipt.store_id = coalesce(store.merged_into, store.id) AND receipt.number = set_aside.receipt_number
  WHERE store.name = set_aside.receipt_store GROUP BY store.id HAVING max(receipt.import_id = :gone) AND min(receipt.gone) > 0)"""
# The same bytes read once more, by a mended layout: what is not set aside again has come in.
READ_AGAIN = """
UPDATE set_aside SET mended_by = :by WHERE mended_by IS NULL AND dropped_at IS NULL
AND import_id IN (
  SELECT before.id FROM import AS before JOIN import AS now USING (kind, store, sha256)
  WHERE now.id = :by AND before.id < now.id AND before.reverted_at IS NULL)
AND line NOT IN (SELECT line FROM set_aside WHERE import_id = :by) AND line NOT IN (SELECT line FROM temp.told_again)"""
OF_RECEIPT = """
SELECT id FROM set_aside WHERE import_id = :import AND mended_by IS NULL AND (
  :line IS NULL OR line = :line
  OR receipt <> 0 AND receipt = (SELECT max(receipt) FROM set_aside WHERE import_id = :import AND line = :line))"""


class KeptRow(NamedTuple):
    """A row that was set aside; `receipt` is the line its receipt begins on, 0 if it stands alone."""

    line: int
    row: str
    reason: str
    receipt: int
    mended_by: int | None
    dropped_at: str | None
    dropped_by: str
    drop_reason: str


def keep_set_aside(connection: Connection, import_id: int, rows: Iterable[tuple[int, str, str, int, str, str]]) -> None:
    """Keep rows that could not be taken in: line, row, reason, and of its receipt the line it begins on, store and number."""
    connection.executemany(KEEP, ((import_id, *row) for row in rows))


def note_rows_set_aside_before(connection: Connection, import_id: int, file: str, *, mends: int | None = None) -> bool:
    """Look up the rows that are known already: from a file of this name or the one that is mended, or mended or left before."""
    return connection.execute(BEFORE, {"import": import_id, "file": file, "mends": mends}).rowcount > 0


def set_aside_before(connection: Connection, row: str) -> int:
    """The number of the one of them that says the same as a row; 0 if none does."""
    found = connection.execute("SELECT id FROM temp.told_before WHERE row = ?", (row,)).fetchone()
    return 0 if found is None else int(found[0])


def begin_telling(connection: Connection) -> None:
    """Nothing of this file is known yet."""
    for statement in PLACES:
        connection.execute(statement)


def note_told_again(connection: Connection, import_id: int, rows: Sequence[tuple[int, int, int]]) -> None:
    """Rows of this file that had been set aside before, just as they are: line, the row that is kept, its receipt's line."""
    connection.executemany("INSERT OR IGNORE INTO temp.told_again VALUES (?)", ((line,) for line, *_ in rows))
    connection.executemany("INSERT OR IGNORE INTO set_aside_sighting VALUES (?, ?, ?, ?)", ((import_id, *row) for row in rows))


def set_aside_of(connection: Connection, import_id: int) -> list[KeptRow]:
    """The rows that an import has set aside."""
    return [KeptRow(*row) for row in connection.execute(OF_IMPORT, (import_id,))]


def mark_read_again(connection: Connection, import_id: int) -> None:
    """Note that rows which an earlier import of the same bytes had set aside are in now, but for those that are as bad as before."""
    connection.execute(READ_AGAIN, {"by": import_id})


def mark_mended(connection: Connection, import_id: int, lines: Iterable[tuple[int, int]], *, by: int) -> int:
    """Note that an import has brought lines of an earlier one back, each with its line here; how many rows that are."""
    connection.execute("DELETE FROM temp.mended_line")
    note = "INSERT OR IGNORE INTO temp.mended_line SELECT ?2 WHERE ?1 NOT IN (SELECT line FROM temp.told_again)"
    connection.executemany(note, lines)
    return connection.execute(MEND, {"mended": import_id, "by": by}).rowcount


def mend_receipts_that_came(connection: Connection, import_id: int) -> None:
    """What waits of a receipt that has come in since, from the till itself, is mended by the import that brings it."""
    connection.execute(CAME, {"by": import_id})


def drop_rows(connection: Connection, import_id: int, line: int | None, *, at: str, by: str, reason: str) -> int | None:
    """Leave a line with all of its receipt, or every open row, for good; how many rows, None if there is no such line."""
    found = rows_meant(connection, import_id, line)
    if not found:
        return None
    return connection.execute(
        "UPDATE set_aside SET dropped_at = ?, dropped_by = ?, drop_reason = ? "
        "WHERE dropped_at IS NULL AND id IN (SELECT value FROM json_each(?))",
        (at, by, reason, json.dumps(found)),
    ).rowcount


def reopen_rows(connection: Connection, import_id: int, line: int | None) -> int | None:
    """Let rows that were left wait again; how many, None if there is no such line."""
    found = rows_meant(connection, import_id, line)
    if not found:
        return None
    return connection.execute(
        "UPDATE set_aside SET dropped_at = NULL, dropped_by = '', drop_reason = '' "
        "WHERE dropped_at IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(found),),
    ).rowcount


def rows_meant(connection: Connection, import_id: int, line: int | None) -> list[int]:
    """The rows, not mended, of a line's receipt, or of the whole import."""
    return [row for (row,) in connection.execute(OF_RECEIPT, {"import": import_id, "line": line})]


def open_again(connection: Connection, import_id: int) -> None:
    """An import is taken back: what it mended waits again, and nothing of it stays left."""
    connection.execute("UPDATE set_aside SET mended_by = NULL WHERE mended_by = ?", (import_id,))
    connection.execute("UPDATE set_aside SET dropped_at = NULL, dropped_by = '', drop_reason = '' WHERE import_id = ?", (import_id,))


def hand_on_rows(connection: Connection, gone: int) -> None:
    """The receipts of an import have left: what waits for one waits again, under whichever import still tells it."""
    connection.execute(LEFT_AGAIN, {"gone": gone})
    connection.execute(HAND_ON)


def origins_of(connection: Connection, import_id: int) -> set[int]:
    """An import with those whose rows it mends, and those that these mend."""
    rows = connection.execute(
        "WITH RECURSIVE origin (id) AS (SELECT ? UNION SELECT mends FROM import JOIN origin USING (id) "
        "WHERE mends IS NOT NULL) SELECT id FROM origin",
        (import_id,),
    )
    return {origin for (origin,) in rows}


def place_of(connection: Connection, import_id: int) -> tuple[str, str, str] | None:
    """Kind, layout and store of an import, so that its mended rows go the same way."""
    row: tuple[str, str, str] | None = connection.execute("SELECT kind, layout, store FROM import WHERE id = ?", (import_id,)).fetchone()
    return row
