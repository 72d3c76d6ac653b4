"""Receipts that one file tells twice with the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.imports.booking import Booked

# What an import knew of earlier ones is kept as seen once more; what else it knew, it had told itself.
SEEN = """
SELECT (SELECT count(*) FROM sighting WHERE import_id = :id) + (SELECT count(*) FROM conflict_sighting WHERE import_id = :id)"""
ROWS_SEEN = """
SELECT count(*) FROM sighting JOIN line ON line.id BETWEEN receipt_id << 12 AND receipt_id << 12 | 4095 WHERE import_id = ?"""


def told_twice(connection: Connection, import_id: int, booked: Booked) -> int:
    """How many receipts an import told once more than once."""
    return booked.known - int(connection.execute(SEEN, {"id": import_id}).fetchone()[0])


def has_one_row(connection: Connection, import_id: int, booked: Booked) -> bool:
    """Whether the one receipt that an import told twice has a single row."""
    return booked.known_lines - int(connection.execute(ROWS_SEEN, (import_id,)).fetchone()[0]) == 1
