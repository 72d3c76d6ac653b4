"""Imports: one row for each file that came in, and taking an import back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.store.imports.refunds import settle_refunds_of
from loyalty_cli.store.imports.set_aside import hand_on_rows
from loyalty_cli.store.imports.set_aside import open_again
from loyalty_cli.store.imports.standing_in import contested
from loyalty_cli.store.imports.standing_in import hand_on_conflicts
from loyalty_cli.store.imports.standing_in import leave_replaced
from loyalty_cli.store.imports.standing_in import let_others_count
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

BEGIN = """
INSERT INTO import (kind, file, sha256, store, layout, at, rows_read, imported, lines, known, set_aside, ignored,
conflicts, total, mends, open_end)
VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?) RETURNING id"""

# How the files ended that a store's till left so far, the same bytes counted once; the first file of a till whose rows name
# their store may stand under a name that never became a store.
ENDS = """
SELECT count(DISTINCT sha256), min(open_end) FROM import
WHERE kind = 'purchases' AND (store = ? OR store NOT IN (SELECT name FROM store)) AND layout = ?
AND reverted_at IS NULL AND open_end IS NOT NULL"""
HABIT = 2

END = """
UPDATE import SET rows_read = ?, imported = ?, lines = ?, known = ?, set_aside = ?, ignored = ?, conflicts = ?,
total = ?
WHERE id = ?"""

LIVE_IMPORT_OF = """
SELECT id, at, layout, layout_read.sha256 FROM import LEFT JOIN layout_read ON import_id = id
WHERE import.sha256 = ? AND store = coalesce(?, store) AND kind = ? AND reverted_at IS NULL ORDER BY id DESC LIMIT 1"""
BOOKED = """
SELECT import.sha256, store, layout_read.sha256 FROM import LEFT JOIN layout_read ON import_id = id
WHERE kind = ? ORDER BY id"""

# Another live import that has seen a receipt of the one that goes.
REHOME = """
UPDATE receipt SET import_id = other.import_id
FROM (
  SELECT sighting.receipt_id, min(sighting.import_id) AS import_id
  FROM sighting JOIN import ON import.id = sighting.import_id
  WHERE import.reverted_at IS NULL AND sighting.import_id <> :gone
  GROUP BY sighting.receipt_id
) AS other
WHERE receipt.id = other.receipt_id AND receipt.import_id = :gone"""

DROP_SIGHTINGS_OF_HOME = """
DELETE FROM sighting WHERE EXISTS (
  SELECT 1 FROM receipt WHERE receipt.id = sighting.receipt_id AND receipt.import_id = sighting.import_id)"""

LEAVING = "SELECT member_id, min(day) FROM receipt WHERE import_id = ? AND gone = 0 AND member_id IS NOT NULL GROUP BY member_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """What is known of a file before it is read; `mends` is the import whose rows it brings back mended.

    `layout_sha256` is that of an owner's own layout, '' where none was used. `open_end` says whether its last line has no
    end; None where nobody asks.
    """

    kind: str
    file: str
    sha256: str
    store: str
    layout: str
    layout_sha256: str = ""
    mends: int | None = None
    open_end: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedBefore:
    """The import that booked a file already: when, by which layout, and what that layout said (None: nobody knows)."""

    number: int
    at: str
    layout: str
    layout_sha256: str | None

    def by_the_same(self, layout: str, sha256: str) -> bool:
        """Whether a layout of this name would read the file as it was read; '' leaves the name open."""
        if self.layout_sha256 is not None and self.layout_sha256 != sha256:
            return False
        return bool(sha256) or layout in {"", self.layout, self.layout.partition(" [")[0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an import came to; receipts, members or products where it says imported and known."""

    read: int = 0
    imported: int = 0
    lines: int = 0
    known: int = 0
    set_aside: int = 0
    ignored: int = 0
    conflicts: int = 0
    refunds: int = 0
    total: int = 0
    # Rows of receipts that were known, and of those that came back different.
    known_lines: int = 0
    conflict_lines: int = 0


def live_import_of(connection: Connection, *, kind: str, sha256: str, store: str | None) -> BookedBefore | None:
    """The last import, not reverted, that booked the same bytes for a store, or for any."""
    row = connection.execute(LIVE_IMPORT_OF, (sha256, store, kind)).fetchone()
    return BookedBefore(number=row[0], at=row[1], layout=row[2], layout_sha256=row[3]) if row else None


def layouts_of(connection: Connection, store: str) -> set[str]:
    """The names of the layouts of a store's files that count."""
    select = "SELECT DISTINCT layout FROM import WHERE kind = 'purchases' AND store = ? AND reverted_at IS NULL"
    return {layout for (layout,) in connection.execute(select, (store,))}


def never_ends_a_line(connection: Connection, file: ImportedFile) -> bool:
    """Whether the till has left at least two files so far, and none with an end of its last line."""
    count, ended = connection.execute(ENDS, (file.store, file.layout)).fetchone()
    return bool(count >= HABIT and ended == 1)


def begin_import(connection: Connection, file: ImportedFile, at: str) -> int:
    """A new import; its number."""
    values = (file.kind, file.file, file.sha256, file.store, file.layout, at, file.mends, file.open_end)
    number = int(connection.execute(BEGIN, values).fetchone()[0])
    if file.kind == "purchases":
        connection.execute("INSERT INTO layout_read (import_id, sha256) VALUES (?, ?)", (number, file.layout_sha256))
    return number


def end_import(connection: Connection, import_id: int, counts: Counts) -> None:
    """Write what the import came to."""
    figures = (counts.read, counts.imported, counts.lines, counts.known)
    rest = (counts.set_aside, counts.ignored, counts.conflicts, counts.total)
    connection.execute(END, (*figures, *rest, import_id))


def import_named(connection: Connection, import_id: int) -> tuple[str, str, str | None] | None:
    """Kind, file and the moment of its revert of an import, if there is one of that number."""
    row: tuple[str, str, str | None] | None = connection.execute(
        "SELECT kind, file, reverted_at FROM import WHERE id = ?", (import_id,)
    ).fetchone()
    return row


def revert_import(connection: Connection, import_id: int, at: str) -> tuple[int, int]:
    """Take an import of purchases back: how many receipts left, and how many stay because another import saw them."""
    connection.execute("UPDATE import SET reverted_at = ? WHERE id = ?", (at, import_id))
    open_again(connection, import_id)
    connection.execute("DELETE FROM sighting WHERE import_id = ?", (import_id,))
    stayed = connection.execute(REHOME, {"gone": import_id}).rowcount
    connection.execute(DROP_SIGHTINGS_OF_HOME)
    hand_on_conflicts(connection, import_id)
    leave_replaced(connection, import_id)
    in_question = contested(connection, import_id)
    mark_due(connection, connection.execute(LEAVING, (import_id,)).fetchall())
    left = connection.execute("UPDATE receipt SET gone = id WHERE import_id = ? AND gone = 0", (import_id,)).rowcount
    let_others_count(connection, in_question)
    hand_on_rows(connection, import_id)
    settle_refunds_of(connection, import_id)
    return left, stayed


def booked_files(connection: Connection, kind: str) -> dict[tuple[str, str], str | None]:
    """The fingerprint and store of every file that was ever imported, reverted ones too, and what its layout last said."""
    return {(sha256, store): layout for sha256, store, layout in connection.execute(BOOKED, (kind,))}
