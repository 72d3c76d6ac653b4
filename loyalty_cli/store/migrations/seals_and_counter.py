"""Versions of receipts, seals of rows, bearer coupons, exports to tills, and what is done by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# An accepted version of a receipt is a receipt itself; as long as live files tell both, the other waits below it. What
# is still open stands beside the one that counts.
VERSIONS_OF_RECEIPTS = """
ALTER TABLE conflict ADD COLUMN became INTEGER REFERENCES receipt;
CREATE INDEX conflict_of_receipt ON conflict (receipt_id);
CREATE INDEX conflict_became ON conflict (became) WHERE became IS NOT NULL;
UPDATE conflict SET became = (
  SELECT max(new.id) FROM receipt old JOIN receipt new
    ON new.store_id = old.store_id AND new.number = old.number AND new.id <> old.id
  JOIN import ON import.id = new.import_id AND import.reverted_at IS NULL
  WHERE old.id = conflict.receipt_id AND new.content = json_extract(conflict.incoming, '$.content'))
WHERE decision = 'accepted';
UPDATE conflict SET receipt_id = coalesce((
  SELECT live.id FROM receipt old JOIN receipt live
    ON live.store_id = old.store_id AND live.number = old.number AND live.gone = 0
  WHERE old.id = conflict.receipt_id), receipt_id)
WHERE decision IS NULL;
"""
# A name that a store had before, or that was another store once, stays a name of the store it is now.
NAMES_OF_STORES = """
ALTER TABLE store ADD COLUMN merged_into INTEGER REFERENCES store;
ALTER TABLE store ADD COLUMN merged_at TEXT;
ALTER TABLE store ADD COLUMN merged_by TEXT;
"""
# Whether a till left the last line of a file without an end: a till that never ends it is known by its files.
POINTS_USED = """
CREATE TABLE points_used (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  wallet TEXT NOT NULL DEFAULT '',
  gift TEXT NOT NULL DEFAULT ''
) STRICT;
"""
OPEN_ENDS = "ALTER TABLE import ADD COLUMN open_end INTEGER CHECK (open_end IN (0, 1))"
TAKEN_BACK = """
CREATE TABLE taken_back (
  run_id INTEGER PRIMARY KEY REFERENCES run,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
"""
# What tills and webshops were told: a row where something was new or different. Keys are theirs: a card, an e-mail, a code.
TILL_EXPORTS = """
CREATE TABLE till_export (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL,
  files TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  rows INTEGER NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE till_told (
  id INTEGER PRIMARY KEY,
  export_id INTEGER NOT NULL REFERENCES till_export,
  key TEXT NOT NULL,
  member_id INTEGER,
  facts TEXT NOT NULL,
  gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
  UNIQUE (export_id, key)
) STRICT;
CREATE INDEX till_told_of_member ON till_told (member_id);
"""
# Cards that nobody should use any more, from a day on; and whatever is done by hand, each once by its key, with what undoes it.
BY_HAND = """
CREATE TABLE lost_card (
  card_id INTEGER PRIMARY KEY REFERENCES card,
  from_day INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE by_hand (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  what TEXT NOT NULL,
  member_id INTEGER,
  detail TEXT NOT NULL,
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  reverts INTEGER UNIQUE REFERENCES by_hand
) STRICT;
CREATE INDEX by_hand_of_member ON by_hand (member_id);
"""
# Codes of a webshop or a partner, each given out with one coupon.
FOREIGN_CODES = """
CREATE TABLE foreign_code (
  code TEXT PRIMARY KEY,
  coupon TEXT NOT NULL,
  until_day INTEGER,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  coupon_id INTEGER UNIQUE REFERENCES coupon
) STRICT, WITHOUT ROWID;
"""
# A coupon that can be used several times: the uses after the first that its terms allow. Others are second uses.
FURTHER_USES = """
CREATE TABLE further_use (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  coupon_id INTEGER NOT NULL REFERENCES coupon
) STRICT;
CREATE INDEX further_use_of_coupon ON further_use (coupon_id);
"""
# Coupons that belong to no member: printed in batches, used by whoever brings them. A use with a card is a redemption, too.
BEARER_COUPONS = """
CREATE TABLE coupon_batch (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  terms TEXT NOT NULL,
  issued_on INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TABLE bearer_coupon (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  batch_id INTEGER NOT NULL REFERENCES coupon_batch,
  voided_at TEXT,
  voided_by TEXT NOT NULL DEFAULT '',
  void_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX bearer_coupon_of_batch ON bearer_coupon (batch_id);
CREATE TABLE bearer_use (
  id INTEGER PRIMARY KEY,
  coupon_id INTEGER NOT NULL REFERENCES bearer_coupon,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  store_id INTEGER REFERENCES store,
  receipt TEXT NOT NULL,
  day INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX bearer_use_of_coupon ON bearer_use (coupon_id);
"""
# Each seal says how a transaction changed the sums of the rows (see store/seals), and proves the seal before it.
SEALS = """
CREATE TABLE seal (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  changes TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
"""
# Numbers ascend in most files, also where several stores are in one: their index is built in half the time.
RECEIPT_KEY = """
DROP INDEX receipt_key;
CREATE UNIQUE INDEX receipt_key ON receipt (number, store_id, gone);
"""


def versions_of_receipts(db: Database) -> None:
    """Which receipt an accepted version became."""
    run(db, VERSIONS_OF_RECEIPTS)


def names_of_stores(db: Database) -> None:
    """Which store a name means."""
    run(db, NAMES_OF_STORES)


def tills_that_end_no_line(db: Database) -> None:
    """How the files of a till end."""
    db.execute(OPEN_ENDS)


def seals_of_rows(db: Database) -> None:
    """Every row is sealed; the first seal is made once the shape is today's."""
    run(db, SEALS)


def runs_taken_back(db: Database) -> None:
    """Which recalculations ran by a wrong clock and were taken back."""
    run(db, TAKEN_BACK)


def receipts_by_number(db: Database) -> None:
    """Receipts are found by their number first."""
    run(db, RECEIPT_KEY)


def further_uses(db: Database) -> None:
    """Which further uses a coupon's terms allow."""
    run(db, FURTHER_USES)


def bearer_coupons(db: Database) -> None:
    """Coupons printed for whoever brings them."""
    run(db, BEARER_COUPONS)


def what_points_were_used_for(db: Database) -> None:
    """Which wallet used points are of, and which gift they were for."""
    run(db, POINTS_USED)


def till_exports(db: Database) -> None:
    """What tills were told."""
    run(db, TILL_EXPORTS)


def done_by_hand(db: Database) -> None:
    """What is done by hand can be undone by its number."""
    run(db, BY_HAND)


def foreign_codes(db: Database) -> None:
    """Codes that come from elsewhere."""
    run(db, FOREIGN_CODES)
