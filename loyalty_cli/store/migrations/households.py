"""Members who share one account from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# What is bought on a member's cards from the first through the last day counts for the account of another one.
HOUSEHOLDS = """
CREATE TABLE household (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  account_id INTEGER NOT NULL REFERENCES member CHECK (account_id <> member_id),
  from_day INTEGER NOT NULL,
  until_day INTEGER,
  key TEXT NOT NULL UNIQUE,
  UNIQUE (member_id, from_day)
) STRICT;
CREATE INDEX household_of_account ON household (account_id);
"""


def households(database: Database) -> None:
    """A household is one account with the cards of several members."""
    run(database, HOUSEHOLDS)
