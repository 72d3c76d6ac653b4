"""How the database's shape came to be, step by step. The present shape as a whole: tests/store/schema.sql.

Days are Julian day numbers (`date(day)` shows them), moments are seconds since 1970 UTC or ISO text, money is
minor units, quantities are thousandths, 1 and 0 are yes and no. A text that is not known is ''.
"""

from __future__ import annotations

from sqlite3 import complete_statement
from typing import TYPE_CHECKING

from sqlite_utils import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("loyalty")

SHOP = """
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  from_day INTEGER NOT NULL,
  canonical TEXT NOT NULL,
  source TEXT NOT NULL,
  adopted_at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TABLE store (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE desk (
  id INTEGER PRIMARY KEY,
  till TEXT NOT NULL,
  cashier TEXT NOT NULL,
  UNIQUE (till, cashier)
) STRICT;
CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  vat TEXT NOT NULL,
  UNIQUE (code, name, category, vat)
) STRICT;
CREATE TABLE product (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  cost INTEGER CHECK (cost >= 0),
  floor_price INTEGER CHECK (floor_price >= 0),
  excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),
  import_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE night (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  steps TEXT NOT NULL,
  exit_code INTEGER
) STRICT;
"""

MEMBERS = """
CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  number TEXT UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  birthday TEXT NOT NULL DEFAULT '',
  joined INTEGER
) STRICT;
CREATE TABLE card (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES member
) STRICT;
CREATE INDEX card_of_member ON card (member_id);
CREATE TABLE member_group (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  name TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  until_day INTEGER,
  proof TEXT NOT NULL DEFAULT '',
  ended INTEGER NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
  UNIQUE (member_id, name, from_day)
) STRICT;
CREATE TABLE consent (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  channel TEXT NOT NULL,
  given INTEGER NOT NULL CHECK (given IN (0, 1)),
  from_day INTEGER NOT NULL,
  source TEXT NOT NULL DEFAULT '',
  UNIQUE (member_id, channel, from_day)
) STRICT;
CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  from_day INTEGER NOT NULL,
  until_day INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (member_id, from_day)
) STRICT;
CREATE TABLE member_change (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  field TEXT NOT NULL,
  was TEXT,
  became TEXT,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  import_id INTEGER
) STRICT;
CREATE TABLE due (
  member_id INTEGER PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;
"""

PURCHASES = """
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('purchases', 'members', 'products', 'redemptions')),
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
  reverted_at TEXT
) STRICT;
CREATE INDEX import_of_file ON import (sha256);
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  store_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  card_id INTEGER,
  member_id INTEGER,
  at INTEGER NOT NULL,
  day INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  total INTEGER NOT NULL,
  returned INTEGER NOT NULL CHECK (returned >= 0),
  loyalty INTEGER NOT NULL CHECK (loyalty >= 0),
  original TEXT,
  desk_id INTEGER,
  import_id INTEGER NOT NULL,
  content INTEGER NOT NULL,
  gone INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX receipt_key ON receipt (store_id, number, gone);
CREATE INDEX receipt_of_member ON receipt (member_id, day);
CREATE INDEX receipt_with_return ON receipt (member_id, day) WHERE returned > 0;
CREATE TABLE line (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  loyalty INTEGER NOT NULL
) STRICT;
CREATE TABLE sighting (
  import_id INTEGER NOT NULL,
  receipt_id INTEGER NOT NULL,
  PRIMARY KEY (import_id, receipt_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sighting_of_receipt ON sighting (receipt_id);
CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  line INTEGER NOT NULL,
  row TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX set_aside_of_import ON set_aside (import_id);
CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  receipt_id INTEGER NOT NULL REFERENCES receipt,
  line INTEGER NOT NULL,
  incoming TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('accepted', 'rejected')),
  decided_at TEXT,
  by TEXT
) STRICT;
"""

PROMISES = """
CREATE TABLE rule (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE asset (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  until INTEGER NOT NULL,
  version_id INTEGER NOT NULL,
  members INTEGER NOT NULL,
  entries INTEGER NOT NULL
) STRICT;
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL,
  rule_id INTEGER NOT NULL,
  cause_kind INTEGER NOT NULL,
  cause_id INTEGER NOT NULL,
  asset_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  effective_on INTEGER NOT NULL,
  booked_on INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  CHECK (booked_on >= effective_on)
) STRICT;
CREATE INDEX ledger_of_member ON ledger (member_id, effective_on);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TABLE month (
  month TEXT PRIMARY KEY,
  closed_at TEXT NOT NULL,
  by TEXT NOT NULL,
  first_open_day INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE coupon (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES member,
  rule_id INTEGER NOT NULL REFERENCES rule,
  asset_id INTEGER NOT NULL REFERENCES asset,
  cause_kind INTEGER NOT NULL,
  cause_id INTEGER NOT NULL,
  due_on INTEGER NOT NULL,
  issued_on INTEGER NOT NULL,
  from_day INTEGER NOT NULL,
  until_day INTEGER NOT NULL,
  terms TEXT NOT NULL
) STRICT;
CREATE INDEX coupon_of_member ON coupon (member_id);
CREATE TABLE coupon_event (
  id INTEGER PRIMARY KEY,
  coupon_id INTEGER NOT NULL REFERENCES coupon,
  what TEXT NOT NULL CHECK (what IN ('issued', 'withdrawn', 'used', 'voided', 'owed', 'no longer owed', 'lapsed')),
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX coupon_event_of_coupon ON coupon_event (coupon_id);
CREATE TABLE missed_coupon (
  key TEXT PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  rule_id INTEGER NOT NULL REFERENCES rule,
  asset_id INTEGER NOT NULL REFERENCES asset,
  due_on INTEGER NOT NULL,
  recorded_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE redemption (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  kind TEXT NOT NULL CHECK (kind IN ('points', 'coupon')),
  points INTEGER NOT NULL CHECK (points >= 0),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  coupon_id INTEGER UNIQUE REFERENCES coupon,
  store_id INTEGER,
  receipt TEXT NOT NULL DEFAULT '',
  day INTEGER NOT NULL,
  clock INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  reverts INTEGER UNIQUE REFERENCES redemption
) STRICT;
CREATE INDEX redemption_of_member ON redemption (member_id);
CREATE TABLE adjustment (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  asset TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  day INTEGER NOT NULL,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX adjustment_of_member ON adjustment (member_id);
CREATE TABLE hand_over (
  id INTEGER PRIMARY KEY,
  giver_id INTEGER NOT NULL REFERENCES member,
  receiver_id INTEGER NOT NULL REFERENCES member,
  kind TEXT NOT NULL,
  cause_kind INTEGER NOT NULL,
  cause_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity <> 0)
) STRICT;
CREATE INDEX hand_over_from ON hand_over (giver_id);
CREATE INDEX hand_over_to ON hand_over (receiver_id);
CREATE TABLE grant_given (
  id INTEGER PRIMARY KEY,
  limit_name TEXT NOT NULL,
  member_id INTEGER NOT NULL REFERENCES member,
  claim TEXT NOT NULL,
  day INTEGER NOT NULL,
  ended_on INTEGER,
  UNIQUE (limit_name, member_id, claim)
) STRICT;
"""

STANDINGS = """
CREATE TABLE standing (
  member_id INTEGER PRIMARY KEY,
  until INTEGER NOT NULL,
  version_id INTEGER NOT NULL,
  tier TEXT NOT NULL,
  tier_since INTEGER,
  next_tier TEXT NOT NULL,
  missing INTEGER,
  keep_until INTEGER,
  keep_missing INTEGER,
  points INTEGER NOT NULL,
  pending INTEGER NOT NULL,
  debt INTEGER NOT NULL,
  lapsing INTEGER NOT NULL,
  lapse_on INTEGER,
  qualifying INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  visits INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  first_on INTEGER,
  last_on INTEGER,
  due_on INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX standing_due ON standing (due_on);
"""

DRAWS = """
CREATE TABLE draw (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  entrants INTEGER NOT NULL,
  entries_sha256 TEXT NOT NULL,
  void_sha256 TEXT NOT NULL,
  rules_sha256 TEXT NOT NULL,
  rules TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  closed_by TEXT NOT NULL DEFAULT '',
  folder TEXT NOT NULL,
  public TEXT,
  secret TEXT,
  seed TEXT,
  run_at TEXT,
  proof TEXT
) STRICT;
CREATE TABLE draw_entrant (
  draw_id INTEGER NOT NULL REFERENCES draw,
  member_id INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  tickets INTEGER NOT NULL CHECK (tickets > 0),
  PRIMARY KEY (draw_id, pseudonym)
) STRICT, WITHOUT ROWID;
CREATE TABLE draw_winner (
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  prize TEXT NOT NULL,
  reserve INTEGER NOT NULL CHECK (reserve IN (0, 1)),
  member_id INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  ticket INTEGER NOT NULL,
  pick INTEGER NOT NULL,
  PRIMARY KEY (draw_id, place)
) STRICT, WITHOUT ROWID;
"""

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

OPEN_ENDS = "ALTER TABLE import ADD COLUMN open_end INTEGER CHECK (open_end IN (0, 1))"

# As it was when a file was read by it; an owner who mends a layout wants the same file read again.
LAYOUTS_READ = """
CREATE TABLE layout_read (
  import_id INTEGER PRIMARY KEY REFERENCES import,
  sha256 TEXT NOT NULL
) STRICT;
"""

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


@migrations()
def the_first_shape(db: Database) -> None:
    """Every table of the first release."""
    run(db, SHOP, MEMBERS, PURCHASES, PROMISES, STANDINGS, DRAWS)


@migrations()
def more_kinds_of_imports(db: Database) -> None:
    """Redemptions, opening balances and the tills' own totals; rows set aside can be mended or left."""
    run(db, MORE_IMPORTS)


@migrations()
def draws_opened_and_voided(db: Database) -> None:
    """What was announced before a draw, tickets struck out after its close, results that are typed in."""
    run(db, DRAWS_OPENED)


@migrations()
def cards_made_in_advance(db: Database) -> None:
    """Cards printed before anybody has them, so that no number is made twice."""
    run(db, CARDS_MADE)


@migrations()
def life_after_draws(db: Database) -> None:
    """Claims of prizes, and places drawn again."""
    run(db, AFTER_DRAWS)


@migrations()
def refunds_told_later(db: Database) -> None:
    """What tills write into old receipts."""
    run(db, REFUNDS)


@migrations()
def conflicts_seen_again(db: Database) -> None:
    """Which imports came with the same receipt in question."""
    run(db, CONFLICT_SIGHTINGS)


@migrations()
def prizes_handed_over(db: Database) -> None:
    """The day a winner took the prize home."""
    db.execute(HANDED_OVER)


@migrations()
def turnover_of_closed_months(db: Database) -> None:
    """What the tills took in a closed month, and what a point was worth then, change no more."""
    run(db, CLOSED_TURNOVER)


@migrations()
def returns_by_line(db: Database) -> None:
    """Which sale a return belongs to; everybody is replayed from the start."""
    run(db, RETURNS_BY_LINE)


@migrations()
def members_merged(db: Database) -> None:
    """Who became another member is told from who is one."""
    run(db, MERGED_MEMBERS)


@migrations()
def versions_of_receipts(db: Database) -> None:
    """Which receipt an accepted version became."""
    run(db, VERSIONS_OF_RECEIPTS)


@migrations()
def names_of_stores(db: Database) -> None:
    """Which store a name means."""
    run(db, NAMES_OF_STORES)


@migrations()
def tills_that_end_no_line(db: Database) -> None:
    """How the files of a till end."""
    db.execute(OPEN_ENDS)


@migrations()
def seals_of_rows(db: Database) -> None:
    """Every row is sealed; the first seal is made once the shape is today's."""
    run(db, SEALS)


@migrations()
def runs_taken_back(db: Database) -> None:
    """Which recalculations ran by a wrong clock and were taken back."""
    run(db, TAKEN_BACK)


@migrations()
def receipts_by_number(db: Database) -> None:
    """Receipts are found by their number first."""
    run(db, RECEIPT_KEY)


@migrations()
def further_uses(db: Database) -> None:
    """Which further uses a coupon's terms allow."""
    run(db, FURTHER_USES)


@migrations()
def bearer_coupons(db: Database) -> None:
    """Coupons printed for whoever brings them."""
    run(db, BEARER_COUPONS)


@migrations()
def what_points_were_used_for(db: Database) -> None:
    """Which wallet used points are of, and which gift they were for."""
    run(db, POINTS_USED)


@migrations()
def till_exports(db: Database) -> None:
    """What tills were told."""
    run(db, TILL_EXPORTS)


@migrations()
def done_by_hand(db: Database) -> None:
    """What is done by hand can be undone by its number."""
    run(db, BY_HAND)


@migrations()
def foreign_codes(db: Database) -> None:
    """Codes that come from elsewhere."""
    run(db, FOREIGN_CODES)


@migrations()
def places_of_limits(db: Database) -> None:
    """Who has one of the places of a reward that only so many get."""
    run(db, PLACES)


@migrations()
def lists_of_events(db: Database) -> None:
    """Lists of events can come in; every connection that is open reads the shape again."""
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    run(db, EVENTS)
    db.execute(f"PRAGMA schema_version = {version + 1}")


@migrations()
def events_seen_again(db: Database) -> None:
    """Which imports told an event besides the first."""
    run(db, EVENT_SIGHTINGS)


@migrations()
def layouts_as_they_were(db: Database) -> None:
    """What an owner's layout said when a file was read by it."""
    run(db, LAYOUTS_READ)


@migrations()
def gifts_handed_out(db: Database) -> None:
    """Which gifts were chosen and handed out."""
    run(db, GIFT_MOVES)


@migrations()
def name_days(db: Database) -> None:
    """The days of members' names."""
    db.execute(NAME_DAYS)


@migrations()
def what_concerns_others(db: Database) -> None:
    """What members hand over to each other, and claims to what only so many get."""
    run(db, HAND_OVERS)


@migrations()
def who_brought_whom(db: Database) -> None:
    """The member who brought another one."""
    run(db, REFERRALS)


@migrations()
def books_of_months(db: Database) -> None:
    """How points stood in the books when a month was closed, and the tables of its pack."""
    run(db, BOOKS_OF_MONTHS)


def run(db: Database, *scripts: str) -> None:
    """Run scripts within the transaction of one migration."""
    for script in scripts:
        for statement in statements(script):
            db.execute(statement)


def statements(script: str) -> list[str]:
    """A script as single statements, which one transaction can hold (executescript would commit)."""
    pieces = [""]
    for line in script.strip().splitlines():
        pieces[-1] += line + "\n"
        if complete_statement(pieces[-1]):
            pieces.append("")
    return pieces[:-1]
