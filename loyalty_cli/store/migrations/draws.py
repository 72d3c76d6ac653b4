"""What draws keep since they were first frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# The proof of everything recorded before the close, as hashes.txt publishes it; '' for draws closed before it was.
RECORDS = "ALTER TABLE draw ADD COLUMN records TEXT NOT NULL DEFAULT '';"


def draws_hold_the_records(db: Database) -> None:
    """Draws publish the proof of everything that was recorded before their close."""
    run(db, RECORDS)
