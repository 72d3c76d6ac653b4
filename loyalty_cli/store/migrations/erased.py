"""What becomes of the books of members who were erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# A standing as a JSON array; with `entries` and `told`, what of that day the books still have to take in.
FROZEN = """
CREATE TABLE frozen (
  member_id INTEGER NOT NULL REFERENCES member,
  from_day INTEGER NOT NULL,
  standing TEXT NOT NULL,
  state TEXT NOT NULL,
  entries TEXT,
  told TEXT,
  PRIMARY KEY (member_id, from_day)
) STRICT, WITHOUT ROWID;
"""


def standings_of_erased(db: Database) -> None:
    """Who is erased stands from then on as was worked out while it was known who it was."""
    run(db, FROZEN)
