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
, until_day INTEGER, since_day INTEGER, import_id INTEGER REFERENCES import, gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))) STRICT;

CREATE INDEX adjustment_of_member ON adjustment (member_id);

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  category TEXT NOT NULL,
  vat TEXT NOT NULL,
  UNIQUE (code, name, category, vat)
) STRICT;

CREATE TABLE asset (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
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

CREATE TABLE block (
  id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  from_day INTEGER NOT NULL,
  until_day INTEGER,
  reason TEXT NOT NULL DEFAULT '',
  UNIQUE (member_id, from_day)
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

CREATE TABLE card (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES member
) STRICT;

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

CREATE INDEX card_of_member ON card (member_id);

CREATE TABLE chain_file (
  id INTEGER PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('receipts', 'entries', 'states')),
  bucket INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE INDEX chain_file_of_bucket ON chain_file (bucket, what);

CREATE TABLE closed_standing (
  member_id INTEGER NOT NULL REFERENCES member,
  month TEXT NOT NULL REFERENCES month,
  standing TEXT NOT NULL,
  PRIMARY KEY (member_id, month)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE conflict (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  receipt_id INTEGER NOT NULL REFERENCES receipt,
  line INTEGER NOT NULL,
  incoming TEXT NOT NULL,
  decision TEXT CHECK (decision IN ('accepted', 'rejected')),
  decided_at TEXT,
  by TEXT
, became INTEGER REFERENCES receipt) STRICT;

CREATE INDEX conflict_became ON conflict (became) WHERE became IS NOT NULL;

CREATE INDEX conflict_of_receipt ON conflict (receipt_id);

CREATE TABLE conflict_sighting (
  conflict_id INTEGER NOT NULL REFERENCES conflict,
  import_id INTEGER NOT NULL REFERENCES import,
  PRIMARY KEY (conflict_id, import_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE "consent" (
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

CREATE INDEX consent_of_member ON consent (member_id, channel, purpose, from_day);

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

CREATE INDEX coupon_of_member ON coupon (member_id);

CREATE TABLE desk (
  id INTEGER PRIMARY KEY,
  till TEXT NOT NULL,
  cashier TEXT NOT NULL,
  UNIQUE (till, cashier)
) STRICT;

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
, records TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE draw_claim (
  id INTEGER PRIMARY KEY,
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('accepted', 'refused', 'expired')),
  day INTEGER NOT NULL,
  identity_checked INTEGER NOT NULL CHECK (identity_checked IN (0, 1)),
  at TEXT NOT NULL,
  by TEXT NOT NULL, handed_over_on INTEGER,
  FOREIGN KEY (draw_id, place) REFERENCES draw_winner (draw_id, place)
) STRICT;

CREATE INDEX draw_claim_of_place ON draw_claim (draw_id, place);

CREATE TABLE draw_entrant (
  draw_id INTEGER NOT NULL REFERENCES draw,
  member_id INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  tickets INTEGER NOT NULL CHECK (tickets > 0),
  PRIMARY KEY (draw_id, pseudonym)
) STRICT, WITHOUT ROWID;

CREATE TABLE draw_opening (
  name TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL DEFAULT '',
  rules_sha256 TEXT NOT NULL,
  rules TEXT NOT NULL,
  secret TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE draw_rank (
  draw_id INTEGER NOT NULL REFERENCES draw,
  place INTEGER NOT NULL,
  member_id INTEGER NOT NULL,
  pseudonym TEXT NOT NULL,
  score TEXT NOT NULL,
  PRIMARY KEY (draw_id, place)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE draw_void (
  draw_id INTEGER NOT NULL REFERENCES draw,
  ticket INTEGER NOT NULL CHECK (ticket > 0),
  code TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (draw_id, ticket)
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

CREATE TABLE due (
  member_id INTEGER PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;

CREATE TABLE event_sighting (
  import_id INTEGER NOT NULL REFERENCES import,
  adjustment_id INTEGER NOT NULL REFERENCES adjustment,
  PRIMARY KEY (import_id, adjustment_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE foreign_code (
  code TEXT PRIMARY KEY,
  coupon TEXT NOT NULL,
  until_day INTEGER,
  at TEXT NOT NULL,
  by TEXT NOT NULL DEFAULT '',
  coupon_id INTEGER UNIQUE REFERENCES coupon
) STRICT, WITHOUT ROWID;

CREATE TABLE frozen (
  member_id INTEGER NOT NULL REFERENCES member,
  from_day INTEGER NOT NULL,
  standing TEXT NOT NULL,
  state TEXT NOT NULL,
  entries TEXT,
  told TEXT,
  PRIMARY KEY (member_id, from_day)
) STRICT, WITHOUT ROWID;

CREATE TABLE further_use (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  coupon_id INTEGER NOT NULL REFERENCES coupon
) STRICT;

CREATE INDEX further_use_of_coupon ON further_use (coupon_id);

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

CREATE TABLE grant_given (
  id INTEGER PRIMARY KEY,
  limit_name TEXT NOT NULL,
  member_id INTEGER NOT NULL REFERENCES member,
  claim TEXT NOT NULL,
  day INTEGER NOT NULL,
  ended_on INTEGER,
  UNIQUE (limit_name, member_id, claim)
) STRICT;

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

CREATE TABLE "import" (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('purchases', 'members', 'products', 'redemptions', 'balances', 'consents', 'events', 'feedback', 'totals')),
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
, open_end INTEGER CHECK (open_end IN (0, 1))) STRICT;

CREATE INDEX import_of_file ON import (sha256);

CREATE TABLE layout_read (
  import_id INTEGER PRIMARY KEY REFERENCES import,
  sha256 TEXT NOT NULL
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

CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TRIGGER ledger_is_never_deleted BEFORE DELETE ON ledger
  BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE INDEX ledger_of_member ON ledger (member_id, effective_on);

CREATE TABLE line (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  discount INTEGER NOT NULL,
  loyalty INTEGER NOT NULL
) STRICT;

CREATE TABLE lost_card (
  card_id INTEGER PRIMARY KEY REFERENCES card,
  from_day INTEGER NOT NULL,
  reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE made_card (
  number TEXT PRIMARY KEY,
  batch_id INTEGER NOT NULL REFERENCES card_batch,
  serial INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX made_card_of_batch ON made_card (batch_id);

CREATE TABLE member (
  id INTEGER PRIMARY KEY,
  number TEXT UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  birthday TEXT NOT NULL DEFAULT '',
  joined INTEGER
, merged_into INTEGER REFERENCES member, name_day TEXT NOT NULL DEFAULT '', referred_by TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '') STRICT;

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

CREATE INDEX member_referred ON member (referred_by) WHERE referred_by <> '';

CREATE TABLE merge_step (
  id INTEGER PRIMARY KEY,
  done_id INTEGER NOT NULL REFERENCES by_hand,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  was TEXT,
  became TEXT
) STRICT;

CREATE INDEX merge_step_of ON merge_step (done_id);

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  member_id INTEGER NOT NULL REFERENCES member,
  name TEXT NOT NULL,
  purpose TEXT NOT NULL,
  due_on INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

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

CREATE INDEX message_of_member ON message (member_id);

CREATE TABLE missed_coupon (
  key TEXT PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES member,
  rule_id INTEGER NOT NULL REFERENCES rule,
  asset_id INTEGER NOT NULL REFERENCES asset,
  due_on INTEGER NOT NULL,
  recorded_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE month (
  month TEXT PRIMARY KEY,
  closed_at TEXT NOT NULL,
  by TEXT NOT NULL,
  first_open_day INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  sha256 TEXT NOT NULL
, point_worth INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE TABLE month_books (
  month TEXT PRIMARY KEY REFERENCES month,
  books TEXT NOT NULL,
  pack TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE night (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  steps TEXT NOT NULL,
  exit_code INTEGER
) STRICT;

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

CREATE TABLE points_used (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  wallet TEXT NOT NULL DEFAULT '',
  gift TEXT NOT NULL DEFAULT ''
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

CREATE UNIQUE INDEX receipt_key ON receipt (number, store_id, gone);

CREATE INDEX receipt_of_member ON receipt (member_id, day);

CREATE INDEX receipt_with_return ON receipt (member_id, day) WHERE returned > 0;

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
, import_id INTEGER REFERENCES import) STRICT;

CREATE INDEX redemption_of_member ON redemption (member_id);

CREATE TABLE referral (
  member_id INTEGER PRIMARY KEY REFERENCES member,
  by_id INTEGER NOT NULL REFERENCES member
) STRICT;

CREATE INDEX referral_by ON referral (by_id);

CREATE TABLE refund (
  import_id INTEGER NOT NULL REFERENCES import,
  store_id INTEGER NOT NULL REFERENCES store,
  number TEXT NOT NULL,
  amount INTEGER CHECK (amount > 0),
  PRIMARY KEY (import_id, store_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX refund_of_receipt ON refund (store_id, number);

CREATE TABLE return_of (
  return_id INTEGER PRIMARY KEY,
  sale_id INTEGER NOT NULL
) STRICT;

CREATE INDEX return_of_sale ON return_of (sale_id);

CREATE TABLE rule (
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

CREATE TABLE seal (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  what TEXT NOT NULL,
  changes TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE second_use (
  redemption_id INTEGER PRIMARY KEY REFERENCES redemption,
  coupon_id INTEGER NOT NULL REFERENCES coupon
) STRICT;

CREATE INDEX second_use_of_coupon ON second_use (coupon_id);

CREATE TABLE set_aside (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES import,
  line INTEGER NOT NULL,
  row TEXT NOT NULL,
  reason TEXT NOT NULL
, receipt INTEGER NOT NULL DEFAULT 0, receipt_store TEXT NOT NULL DEFAULT '', receipt_number TEXT NOT NULL DEFAULT '', mended_by INTEGER REFERENCES import, dropped_at TEXT, dropped_by TEXT NOT NULL DEFAULT '', drop_reason TEXT NOT NULL DEFAULT '') STRICT;

CREATE INDEX set_aside_of_import ON set_aside (import_id);

CREATE TABLE set_aside_sighting (
  import_id INTEGER NOT NULL REFERENCES import,
  line INTEGER NOT NULL,
  set_aside_id INTEGER NOT NULL REFERENCES set_aside,
  receipt INTEGER NOT NULL,
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sighting (
  import_id INTEGER NOT NULL,
  receipt_id INTEGER NOT NULL,
  PRIMARY KEY (import_id, receipt_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX sighting_of_receipt ON sighting (receipt_id);

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

CREATE TABLE store (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
, merged_into INTEGER REFERENCES store, merged_at TEXT, merged_by TEXT) STRICT;

CREATE TABLE taken_back (
  run_id INTEGER PRIMARY KEY REFERENCES run,
  at TEXT NOT NULL,
  by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

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

CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  from_day INTEGER NOT NULL,
  canonical TEXT NOT NULL,
  source TEXT NOT NULL,
  adopted_at TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT;

CREATE TABLE version_as_read (
  version_id INTEGER PRIMARY KEY,
  form TEXT NOT NULL
) STRICT;
