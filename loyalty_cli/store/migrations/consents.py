"""Consents by channel and purpose that are only added to, addresses that do not work, and postal addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# Several answers of one day each stay; `given` is NULL where a member was asked and has not confirmed yet. `gone` are
# those of an import that was taken back. What was kept before was about advertising, but for the draws.
CONSENTS = """
CREATE TABLE consent_anew (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL DEFAULT 'advertising',
  given INTEGER CHECK (given IN (0, 1)),
  from_day INTEGER NOT NULL,
  wording TEXT NOT NULL DEFAULT '',
  version TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  proof TEXT NOT NULL DEFAULT '',
  by TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
INSERT INTO consent_anew (id, member_id, channel, purpose, given, from_day, source)
SELECT id, member_id, channel, CASE channel WHEN 'draws' THEN 'draws' ELSE 'advertising' END, given, from_day, source FROM consent;
DROP TABLE consent;
ALTER TABLE consent_anew RENAME TO consent;
CREATE INDEX consent_of_member ON consent (member_id, channel, purpose, from_day);
CREATE TABLE address_seen (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  works INTEGER NOT NULL CHECK (works IN (0, 1)),
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  why TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX address_seen_of_member ON address_seen (member_id, channel);
ALTER TABLE member ADD COLUMN address TEXT NOT NULL DEFAULT '';
"""
LISTS_OF_CONSENTS = """
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''balances'', ''events''', '''balances'', ''consents'', ''events''')
WHERE type = 'table' AND name = 'import';
PRAGMA writable_schema = RESET;
"""


def consents_by_purpose(db: Database) -> None:
    """What members said to each channel and purpose, and which addresses do not work."""
    run(db, CONSENTS)


def lists_of_consents(db: Database) -> None:
    """Lists of consents can come in; every connection that is open reads the shape again."""
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    run(db, LISTS_OF_CONSENTS)
    db.execute(f"PRAGMA schema_version = {version + 1}")
