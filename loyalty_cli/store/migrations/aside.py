"""Rows that could not be taken in, told by one file after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# A row that an import tells just as an earlier one did: its line there and that of its receipt, and the row as it is kept.
TOLD_AGAIN = """
CREATE TABLE set_aside_sighting (
  import_id INTEGER NOT NULL REFERENCES import,
  line INTEGER NOT NULL,
  set_aside_id INTEGER NOT NULL REFERENCES set_aside,
  receipt INTEGER NOT NULL,
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
"""


def rows_told_again(db: Database) -> None:
    """What several files tell waits as long as one of them is in."""
    run(db, TOLD_AGAIN)
