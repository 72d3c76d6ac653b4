"""The tables of the first release: what is promised, where members stand, draws; and the step that makes them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.first_facts import MEMBERS
from loyalty_cli.store.migrations.first_facts import PURCHASES
from loyalty_cli.store.migrations.first_facts import SHOP
from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

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


def the_first_shape(db: Database) -> None:
    """Every table of the first release."""
    run(db, SHOP, MEMBERS, PURCHASES, PROMISES, STANDINGS, DRAWS)
