"""What rewards between members, gifts and the books need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME_DAYS = "ALTER TABLE member ADD COLUMN name_day TEXT NOT NULL DEFAULT ''"
# What became of gifts that are due: chosen, handed out, or taken back by hand. `due_as` is what the ledger owes, `gift` the
# one that it became; `cost` is what it cost then.
GIFT_MOVES = """
CREATE TABLE gift_move (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  due_as TEXT NOT NULL,
  gift TEXT NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('chosen', 'no longer chosen', 'handed out', 'brought back')),
  cost INTEGER NOT NULL DEFAULT 0,
  day INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  store_id INTEGER REFERENCES store,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX gift_move_of ON gift_move (member_id);
"""
# Whom a reward that only so many get was promised, for which cause; `ended` once a return took the cause away.
PLACES = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY,
  reward TEXT NOT NULL,
  member_id INTEGER NOT NULL REFERENCES member,
  cause INTEGER NOT NULL,
  cause_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1))
) STRICT;
CREATE INDEX place_of ON place (member_id);
"""
BOOKS_OF_MONTHS = """
CREATE TABLE month_books (
  month TEXT PRIMARY KEY REFERENCES month,
  books TEXT NOT NULL,
  pack TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
# A CHECK that lets more in than before holds for all rows there are, so its text alone changes and no row is touched
# (sqlite.org/lang_altertable.html, the simpler way); RESET lets this connection read the text again.
EVENTS = """
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''balances'', ''totals''', '''balances'', ''events'', ''totals''')
WHERE type = 'table' AND name = 'import';
PRAGMA writable_schema = RESET;
"""
# As it was when a file was read by it; an owner who mends a layout wants the same file read again.
LAYOUTS_READ = """
CREATE TABLE layout_read (
  import_id INTEGER PRIMARY KEY REFERENCES import,
  sha256 TEXT NOT NULL
) STRICT;
"""
# Further imports that told an event: it stays as long as one of them is in.
EVENT_SIGHTINGS = """
CREATE TABLE event_sighting (
  import_id INTEGER NOT NULL REFERENCES import,
  adjustment_id INTEGER NOT NULL REFERENCES adjustment,
  PRIMARY KEY (import_id, adjustment_id)
) STRICT, WITHOUT ROWID;
"""
# What one member's facts mean for others (see store/ledger/hand_overs): to_id is whoever brought the member, or nobody where
# it is a claim to a reward that only so many get. Claims stood in the ledger before, so everybody is replayed then.
# The table of that name before was never used.
HAND_OVERS = """
DROP TABLE hand_over;
CREATE TABLE hand_over (
  id INTEGER PRIMARY KEY,
  from_id INTEGER NOT NULL REFERENCES member,
  to_id INTEGER REFERENCES member,
  reward TEXT NOT NULL,
  cause INTEGER NOT NULL,
  cause_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  times INTEGER NOT NULL CHECK (times <> 0)
) STRICT;
CREATE INDEX hand_over_from ON hand_over (from_id, day);
CREATE INDEX hand_over_to ON hand_over (to_id, day);
UPDATE standing SET version_id = 0 WHERE EXISTS (SELECT 1 FROM asset WHERE name = 'claim');
"""
# Who brought whom, as the friend's record says it by a card or a number, and whom that is known to be today.
REFERRALS = """
ALTER TABLE member ADD COLUMN referred_by TEXT NOT NULL DEFAULT '';
CREATE INDEX member_referred ON member (referred_by) WHERE referred_by <> '';
CREATE TABLE referral (
  member_id INTEGER PRIMARY KEY REFERENCES member,
  by_id INTEGER NOT NULL REFERENCES member
) STRICT;
CREATE INDEX referral_by ON referral (by_id);
"""


def places_of_limits(db: Database) -> None:
    """Who has one of the places of a reward that only so many get."""
    run(db, PLACES)


def lists_of_events(db: Database) -> None:
    """Lists of events can come in; every connection that is open reads the shape again."""
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    run(db, EVENTS)
    db.execute(f"PRAGMA schema_version = {version + 1}")


def events_seen_again(db: Database) -> None:
    """Which imports told an event besides the first."""
    run(db, EVENT_SIGHTINGS)


def layouts_as_they_were(db: Database) -> None:
    """What an owner's layout said when a file was read by it."""
    run(db, LAYOUTS_READ)


def gifts_handed_out(db: Database) -> None:
    """Which gifts were chosen and handed out."""
    run(db, GIFT_MOVES)


def name_days(db: Database) -> None:
    """The days of members' names."""
    db.execute(NAME_DAYS)


def what_concerns_others(db: Database) -> None:
    """What members hand over to each other, and claims to what only so many get."""
    run(db, HAND_OVERS)


def who_brought_whom(db: Database) -> None:
    """The member who brought another one."""
    run(db, REFERRALS)


def books_of_months(db: Database) -> None:
    """How points stood in the books when a month was closed, and the tables of its pack."""
    run(db, BOOKS_OF_MONTHS)
