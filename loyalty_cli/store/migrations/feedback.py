"""What members told the shop, complaints with their numbers, and what was done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# An answer counts as long as its adjustment does, which is the fact that rewards hear of. `top` is the best score of its scale.
# What stands here because of something done by hand (done_id) is as if it had never been once that is undone.
FEEDBACK = """
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  adjustment_id INTEGER NOT NULL UNIQUE REFERENCES adjustment,
  day INTEGER NOT NULL,
  score INTEGER CHECK (score BETWEEN 0 AND top),
  top INTEGER NOT NULL CHECK (top IN (5, 10)),
  text TEXT NOT NULL,
  store_id INTEGER REFERENCES store,
  receipt TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX feedback_of_member ON feedback (member_id, day);
CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  feedback_id INTEGER REFERENCES feedback,
  done_id INTEGER REFERENCES by_hand,
  day INTEGER NOT NULL,
  deadline INTEGER NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_of_member ON complaint (member_id, day);
CREATE TABLE complaint_step (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint,
  member_id INTEGER NOT NULL REFERENCES member,
  done_id INTEGER NOT NULL REFERENCES by_hand,
  what TEXT NOT NULL CHECK (what IN ('answered', 'settled')),
  day INTEGER NOT NULL,
  text TEXT NOT NULL,
  gave TEXT NOT NULL
) STRICT;
CREATE INDEX complaint_step_of ON complaint_step (complaint_id);
"""
LISTS_OF_FEEDBACK = """
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''events''', '''events'', ''feedback''')
WHERE type = 'table' AND name = 'import';
PRAGMA writable_schema = RESET;
"""


def feedback_and_complaints(db: Database) -> None:
    """What members said of the shop, and what became of complaints."""
    run(db, FEEDBACK)


def lists_of_feedback(db: Database) -> None:
    """Answers to surveys can come in; every connection that is open reads the shape again."""
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    run(db, LISTS_OF_FEEDBACK)
    db.execute(f"PRAGMA schema_version = {version + 1}")
