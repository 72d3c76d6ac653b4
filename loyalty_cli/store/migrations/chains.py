"""What the book of a chain needs: which files hold its purchases and entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# Only files that are named here are read: naming them is what makes a run, an import or a change have happened.
FILES = """
CREATE TABLE chain_file (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('receipts', 'entries', 'states')),
  bucket INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX chain_file_of_bucket ON chain_file (bucket, what);
"""


def files_of_chains(db: Database) -> None:
    """Files of a chain."""
    run(db, FILES)
