"""What came to the first shape: more imports, the life of draws, returns by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# More kinds of files can come in. SQLite changes a CHECK only by making the table anew: its name comes back last,
# so that whatever refers to it refers to the new one (sqlite.org/lang_altertable.html, the twelve steps).
MORE_IMPORTS = """
CREATE TABLE import_anew (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('purchases', 'members', 'products', 'redemptions', 'balances', 'totals')),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  store TEXT NOT NULL,
  layout TEXT NOT NULL,
  at TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  imported INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  known INTEGER NOT NULL,
  set_aside INTEGER NOT NULL,
  ignored INTEGER NOT NULL,
  conflicts INTEGER NOT NULL,
  total INTEGER NOT NULL,
  reverted_at TEXT,
  mends INTEGER REFERENCES import
) STRICT;
INSERT INTO import_anew SELECT *, NULL FROM import;
DROP TABLE import;
ALTER TABLE import_anew RENAME TO import;
CREATE INDEX import_of_file ON import (sha256);
ALTER TABLE set_aside ADD COLUMN receipt INTEGER NOT NULL DEFAULT 0;
ALTER TABLE set_aside ADD COLUMN receipt_store TEXT NOT NULL DEFAULT '';
ALTER TABLE set_aside ADD COLUMN receipt_number TEXT NOT NULL DEFAULT '';
ALTER TABLE set_aside ADD COLUMN mended_by INTEGER REFERENCES import;
ALTER TABLE set_aside ADD COLUMN dropped_at TEXT;
ALTER TABLE set_aside ADD COLUMN dropped_by TEXT NOT NULL DEFAULT '';
ALTER TABLE set_aside ADD COLUMN drop_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE redemption ADD COLUMN import_id INTEGER REFERENCES import;
CREATE TABLE second_use (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  coupon_id INTEGER NOT NULL REFERENCES coupon
) STRICT;
CREATE INDEX second_use_of_coupon ON second_use (coupon_id);
ALTER TABLE adjustment ADD COLUMN until_day INTEGER;
ALTER TABLE adjustment ADD COLUMN since_day INTEGER;
ALTER TABLE adjustment ADD COLUMN import_id INTEGER REFERENCES import;
ALTER TABLE adjustment ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1));
CREATE TABLE till_total (
  id INTEGER PRIMARY KEY,
  store TEXT NOT NULL,
  till TEXT NOT NULL,
  day INTEGER NOT NULL,
  total INTEGER NOT NULL,
  receipts INTEGER CHECK (receipts >= 0),
  first_receipt TEXT NOT NULL DEFAULT '',
  last_receipt TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  import_id INTEGER REFERENCES import,
  gone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX till_total_key ON till_total (store, till, day, gone);
"""
DRAWS_OPENED = """
CREATE TABLE draw_opening (
  name TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL DEFAULT '',
  rules_sha256 TEXT NOT NULL,
  rules TEXT NOT NULL,
  secret TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE draw_void (
  draw_id INTEGER NOT NULL REFERENCES draw,
  ticket INTEGER NOT NULL CHECK (ticket > 0),
  code TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (draw_id, ticket)
) STRICT, WITHOUT ROWID;
CREATE TABLE draw_result (
  id INTEGER PRIMARY KEY,
  draw TEXT NOT NULL,
  member_id INTEGER NOT NULL REFERENCES member,
  result INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE draw_rank (
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  score TEXT NOT NULL,
  PRIMARY KEY (draw_id, place)
) STRICT, WITHOUT ROWID;
"""
CARDS_MADE = """
CREATE TABLE card_batch (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  check_digit TEXT NOT NULL CHECK (check_digit IN ('ean', 'luhn', 'none')),
  digits INTEGER NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE made_card (
  number TEXT PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES card_batch,
  serial INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX made_card_of_batch ON made_card (batch_id);
"""
# What becomes of prizes after a draw. A correction is another row: the last claim of a place counts.
AFTER_DRAWS = """
CREATE TABLE draw_claim (
  id INTEGER PRIMARY KEY,
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('accepted', 'refused', 'expired')),
  day INTEGER NOT NULL,
  identity_checked INTEGER NOT NULL CHECK (identity_checked IN (0, 1)),
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  FOREIGN KEY (draw_id, place) REFERENCES draw_winner (draw_id, place)
) STRICT;
CREATE INDEX draw_claim_of_place ON draw_claim (draw_id, place);
CREATE TABLE draw_redraw (
  id INTEGER PRIMARY KEY,
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  new_place INTEGER NOT NULL,
  prize TEXT NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  number INTEGER NOT NULL,
  proof TEXT NOT NULL,
  UNIQUE (draw_id, place),
  UNIQUE (draw_id, new_place),
  FOREIGN KEY (draw_id, place) REFERENCES draw_winner (draw_id, place),
  FOREIGN KEY (draw_id, new_place) REFERENCES draw_winner (draw_id, place)
) STRICT;
"""
# What tills say of a receipt later: how much of it was paid back so far; without an amount, all of it.
REFUNDS = """
CREATE TABLE refund (
  import_id INTEGER NOT NULL REFERENCES import,
  store_id INTEGER NOT NULL REFERENCES store,
  number TEXT NOT NULL,
  amount INTEGER CHECK (amount > 0),
  PRIMARY KEY (import_id, store_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_of_receipt ON refund (store_id, number);
"""
# Further imports that came with the same other receipt as an undecided conflict.
CONFLICT_SIGHTINGS = """
CREATE TABLE conflict_sighting (
  conflict_id INTEGER NOT NULL REFERENCES conflict,
  import_id INTEGER NOT NULL REFERENCES import,
  PRIMARY KEY (conflict_id, import_id)
) STRICT, WITHOUT ROWID;
"""
# A prize is accepted first and handed over later, on a day of its own.
HANDED_OVER = "ALTER TABLE draw_claim ADD COLUMN handed_over_on INTEGER"
# What the tills took, by store and day, as each closed month showed it; what is found out later is a row with the
# difference in the month it is booked in. Months that an older release closed keep what they show today.
CLOSED_TURNOVER = """
CREATE TABLE turnover (
  booked_on INTEGER NOT NULL,
  store_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  receipts INTEGER NOT NULL,
  sold INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  by_members INTEGER NOT NULL,
  selling INTEGER NOT NULL,
  PRIMARY KEY (booked_on, store_id, day),
  CHECK (booked_on >= day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER turnover_is_never_changed BEFORE UPDATE ON turnover
  BEGIN SELECT RAISE(ABORT, 'what a closed month showed stays'); END;
CREATE TRIGGER turnover_is_never_deleted BEFORE DELETE ON turnover
  BEGIN SELECT RAISE(ABORT, 'what a closed month showed stays'); END;
INSERT INTO turnover (booked_on, store_id, day, receipts, sold, returned, by_members, selling)
SELECT day, store_id, day, count(*), sum(total + returned), sum(returned),
  sum(iif(member_id IS NULL, 0, total + returned)), sum(total + returned > 0)
FROM receipt WHERE gone = 0 AND day < (SELECT max(first_open_day) FROM month) GROUP BY store_id, day;
ALTER TABLE month ADD COLUMN point_worth INTEGER NOT NULL DEFAULT 0;
UPDATE month SET point_worth = coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = 'one_point_worth'), 0);
"""
# The sale that each return names, as far as it is known: worked out again by every recalculation. Returns are reckoned
# line by line now, so that nobody goes on from a standing that was reckoned otherwise.
RETURNS_BY_LINE = """
CREATE TABLE return_of (
  return_id INTEGER PRIMARY KEY,
  sale_id INTEGER NOT NULL
) STRICT;
CREATE INDEX return_of_sale ON return_of (sale_id);
UPDATE standing SET version_id = 0;
"""
# Whose card another member has now stays as a row, because the ledger and closed draws name it. Where it is not known
# whose it became, in an older database, it is said to have become itself.
MERGED_MEMBERS = """
ALTER TABLE member ADD COLUMN merged_into INTEGER REFERENCES member;
UPDATE member SET merged_into = id WHERE number IS NULL AND joined IS NULL AND name || phone || email || birthday = ''
  AND NOT EXISTS (SELECT 1 FROM card WHERE card.member_id = member.id);
"""


def more_kinds_of_imports(db: Database) -> None:
    """Redemptions, opening balances and the tills' own totals; rows set aside can be mended or left."""
    run(db, MORE_IMPORTS)


def draws_opened_and_voided(db: Database) -> None:
    """What was announced before a draw, tickets struck out after its close, results that are typed in."""
    run(db, DRAWS_OPENED)


def cards_made_in_advance(db: Database) -> None:
    """Cards printed before anybody has them, so that no number is made twice."""
    run(db, CARDS_MADE)


def life_after_draws(db: Database) -> None:
    """Claims of prizes, and places drawn again."""
    run(db, AFTER_DRAWS)


def refunds_told_later(db: Database) -> None:
    """What tills write into old receipts."""
    run(db, REFUNDS)


def conflicts_seen_again(db: Database) -> None:
    """Which imports came with the same receipt in question."""
    run(db, CONFLICT_SIGHTINGS)


def prizes_handed_over(db: Database) -> None:
    """The day a winner took the prize home."""
    db.execute(HANDED_OVER)


def turnover_of_closed_months(db: Database) -> None:
    """What the tills took in a closed month, and what a point was worth then, change no more."""
    run(db, CLOSED_TURNOVER)


def returns_by_line(db: Database) -> None:
    """Which sale a return belongs to; everybody is replayed from the start."""
    run(db, RETURNS_BY_LINE)


def members_merged(db: Database) -> None:
    """Who became another member is told from who is one."""
    run(db, MERGED_MEMBERS)
