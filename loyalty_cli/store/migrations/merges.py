"""What a merge of two members changed, so that it can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# A row of a table by its key, with what of it changed: JSON by column. Without `was` it came with the merge, without `became` it went.
STEPS = """
CREATE TABLE merge_step (
  id INTEGER PRIMARY KEY,
  done_id INTEGER NOT NULL REFERENCES by_hand,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  was TEXT,
  became TEXT
) STRICT;
CREATE INDEX merge_step_of ON merge_step (done_id);
"""


def steps_of_merges(db: Database) -> None:
    """Merges can be undone."""
    run(db, STEPS)
