"""The tables of the first release: the shop, its members and their purchases."""

from __future__ import annotations

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
