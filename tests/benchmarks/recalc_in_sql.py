"""The benchmark's program as SQLite window functions: the same arithmetic, the same rows, an independent way.

Rules: 1 point for every 1.00; x1.5 for silver (500.00 in 365 days), x2 for gold (1500.00); tea counts twice; tiers up
at once, down at each month's end; points lapse after 365 days. Days are Julian day numbers, money minor units.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

PROGRAM = """\
program: Benchmark
currency: PLN
timezone: Europe/Warsaw
starts: 2024-01-01
tiers:
  by: spend
  counted_over: 365 days
  going_down: at once
  ladder:
    guest: {at_least: 0}
    silver: {at_least: 500.00}
    gold: {at_least: 1500.00}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    silver: {multiply: 1.5, only: {tiers: [silver]}}
    gold: {multiply: 2, only: {tiers: [gold]}}
    tea: {multiply: 2, only: {categories: [tea]}}
  lapse_after: 365 days
discounts:
  offers:
    growing: {by: spend so far, discount: {200: 5%, 1000: 8%, 2000: 12%}}
"""

# Receipts and month ends in one stream; `win` is what the last 365 days hold, `tier` the tier after the row.
STREAM = """
CREATE TEMP TABLE stream AS
WITH RECURSIVE
bought AS (
  SELECT r.member_id m, r.day d, r.clock c, r.id,
    sum(CASE WHEN a.category = 'tea' THEN l.amount ELSE 0 END) tea, sum(l.amount) a, 0 review
  FROM receipt r JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095 JOIN article a ON a.id = l.article_id
  WHERE r.member_id IS NOT NULL AND r.day <= :until GROUP BY r.id),
ends(d) AS (
  SELECT CAST(julianday('2024-01-31') + 0.5 AS INTEGER) UNION ALL
  SELECT CAST(julianday(date(d), '+1 day', '+1 month', '-1 day') + 0.5 AS INTEGER) FROM ends WHERE d < :until),
events AS (
  SELECT * FROM bought UNION ALL
  SELECT m.id, e.d, 86400, 0, 0, 0, 1 FROM member m JOIN ends e ON e.d <= :until),
sums AS (
  SELECT *, sum(a) OVER (PARTITION BY m ORDER BY d, c, id ROWS UNBOUNDED PRECEDING)
    - coalesce(sum(a) OVER (PARTITION BY m ORDER BY d RANGE BETWEEN UNBOUNDED PRECEDING AND 365 PRECEDING), 0) win,
    sum(review) OVER (PARTITION BY m ORDER BY d, c, id ROWS UNBOUNDED PRECEDING) g
  FROM events),
ranked AS (
  SELECT m, d, c, id, tea, a, review,
    max(CASE WHEN win >= 150000 THEN 2 WHEN win >= 50000 THEN 1 ELSE 0 END)
      OVER (PARTITION BY m, g ORDER BY d, c, id ROWS UNBOUNDED PRECEDING) tier
  FROM sums)
SELECT m, d, id, tea, a, review, tier, coalesce(lag(tier) OVER (PARTITION BY m ORDER BY d, c, id), 0) was FROM ranked
"""
# Exact points in 1/200: the base 2 x money, the tier's factor in halves, tea once more at that factor.
POINTS = """
CREATE TEMP TABLE points AS
SELECT m, d, id, was, 2 * a / 200 basic, (2 + was) * a / 200 after_tier, ((2 + was) * a + (2 + was) * tea) / 200 whole
FROM stream WHERE review = 0
"""
LEDGER = "INSERT INTO ledger (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id) "
WRITES = (
    LEDGER + "SELECT m, 1, 1, id, 1, d, basic, d, 1 FROM points WHERE basic <> 0",
    LEDGER + "SELECT m, 1 + was, 1, id, 1, d, after_tier - basic, d, 1 FROM points WHERE after_tier <> basic",
    LEDGER + "SELECT m, 4, 1, id, 1, d, whole - after_tier, d, 1 FROM points WHERE whole <> after_tier",
    LEDGER + "SELECT m, 5, 1, id, 1, d + 366, -whole, d + 366, 1 FROM points WHERE whole <> 0 AND d + 366 <= :until",
    LEDGER + "SELECT m, 6, CASE review WHEN 1 THEN 3 ELSE 1 END, CASE review WHEN 1 THEN d ELSE id END, 1 + was, d, -1, d, 1 "
    "FROM stream WHERE tier <> was AND was > 0",
    LEDGER + "SELECT m, 6, CASE review WHEN 1 THEN 3 ELSE 1 END, CASE review WHEN 1 THEN d ELSE id END, 1 + tier, d, 1, d, 1 "
    "FROM stream WHERE tier <> was AND tier > 0",
)
STANDINGS = """
INSERT INTO standing (member_id, until, version_id, tier, next_tier, points, pending, debt, lapsing, qualifying,
  spent, visits, discount,
  first_on, last_on, due_on, state)
SELECT s.m, :until, 1, '', '', coalesce(p.points, 0), 0, 0, 0, 0, sum(s.a), sum(1 - s.review),
  CASE WHEN sum(s.a) >= 200000 THEN 1200 WHEN sum(s.a) >= 100000 THEN 800 WHEN sum(s.a) >= 20000 THEN 500 ELSE 0 END,
  min(s.d), max(s.d), coalesce(p.next, 5373484), ''
FROM stream s LEFT JOIN (SELECT m, sum(whole) points, min(d) + 366 next FROM points
  WHERE d + 366 > :until GROUP BY m) p ON p.m = s.m
GROUP BY s.m
"""
RULES = ("points.basic", "points.silver", "points.gold", "points.tea", "lapse", "tiers")
ASSETS = ("points", "tier:silver", "tier:gold")


def recalculate(database: Path, until: int) -> None:
    """Fill the empty ledger and standings of a database."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO rule (name) VALUES (?)", [(name,) for name in RULES])
    connection.executemany("INSERT INTO asset (name) VALUES (?)", [(name,) for name in ASSETS])
    for statement in (STREAM, POINTS, *WRITES, STANDINGS):
        connection.execute(statement, {"until": until})
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    recalculate(Path(sys.argv[1]), int(sys.argv[2]))
