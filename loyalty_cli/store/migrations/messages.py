"""What messages need: those that were begun, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# A message is kept from the moment it is begun or given up; before that the ledger says what is due. Its key is that of what
# it is for, so that it goes once, whoever the member becomes. What it said and where it went is not kept.
MESSAGES = """
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES member,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  due_on INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX message_of_member ON message (member_id);
CREATE TABLE message_event (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES message,
  what TEXT NOT NULL CHECK (what IN ('begun', 'sent', 'refused', 'again', 'doubtful', 'dropped')),
  channel TEXT NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  said TEXT NOT NULL
) STRICT;
CREATE INDEX message_event_of_message ON message_event (message_id);
"""


def messages_begun(db: Database) -> None:
    """Messages that were begun, and what became of them."""
    run(db, MESSAGES)
