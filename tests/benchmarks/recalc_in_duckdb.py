"""The benchmark's program in DuckDB over the same SQLite file: the same arithmetic, the same ledger rows.

Needs `pip install duckdb==1.5.5 duckdb-extension-sqlite-scanner==1.5.5`; no standings are written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb  # type: ignore[import-not-found]
import duckdb_extension_sqlite_scanner  # type: ignore[import-not-found]

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.benchmarks.recalc_in_sql import ASSETS
from tests.benchmarks.recalc_in_sql import POINTS
from tests.benchmarks.recalc_in_sql import RULES

# As in recalc_in_sql.py; DuckDB asks for RANGE frames over its own types and for a list of month ends made its way.
STREAM = """
CREATE TEMP TABLE stream AS
WITH bought AS (
  SELECT r.member_id m, r.day d, r.clock c, r.id,
    sum(CASE WHEN a.category = 'tea' THEN l.amount ELSE 0 END)::BIGINT tea, sum(l.amount)::BIGINT a, 0 review
  FROM shop.receipt r JOIN shop.line l ON l.id >> 12 = r.id JOIN shop.article a ON a.id = l.article_id
  WHERE r.member_id IS NOT NULL AND r.day <= $until GROUP BY ALL),
ends AS (
  SELECT (2440588 + date_diff('day', DATE '1970-01-01', last_day(month)))::BIGINT d
  FROM generate_series(DATE '2024-01-01', DATE '2030-01-01', INTERVAL 1 MONTH) months(month)),
events AS (
  SELECT * FROM bought UNION ALL
  SELECT m.id, e.d, 86400, 0, 0, 0, 1 FROM shop.member m JOIN ends e ON e.d <= $until),
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
SELECT m, d, id, tea, a, review, tier,
  coalesce(lag(tier) OVER (PARTITION BY m ORDER BY d, c, id), 0) was FROM ranked
"""
LEDGER = """
INSERT INTO shop.ledger
  (member_id, rule_id, cause_kind, cause_id, asset_id, effective_on, quantity, booked_on, run_id)
SELECT m, 1, 1, id, 1, d, basic, d, 1 FROM points WHERE basic <> 0 UNION ALL
SELECT m, 1 + was, 1, id, 1, d, after_tier - basic, d, 1 FROM points WHERE after_tier <> basic UNION ALL
SELECT m, 4, 1, id, 1, d, whole - after_tier, d, 1 FROM points WHERE whole <> after_tier UNION ALL
SELECT m, 5, 1, id, 1, d + 366, -whole, d + 366, 1 FROM points WHERE whole <> 0 AND d + 366 <= $until UNION ALL
SELECT m, 6, 1 + 2 * review, CASE review WHEN 1 THEN d ELSE id END, 1 + was, d, -1, d, 1
FROM stream WHERE tier <> was AND was > 0 UNION ALL
SELECT m, 6, 1 + 2 * review, CASE review WHEN 1 THEN d ELSE id END, 1 + tier, d, 1, d, 1
FROM stream WHERE tier <> was AND tier > 0
"""


def recalculate(database: Path, until: int) -> None:
    """Fill the empty ledger of a database."""
    connection = duckdb.connect()
    folder = Path(duckdb_extension_sqlite_scanner.__file__).parent
    (extension,) = folder.rglob("*.duckdb_extension")
    connection.execute(f"LOAD '{extension}'")
    connection.execute(f"ATTACH '{database}' AS shop (TYPE sqlite)")
    connection.execute("BEGIN")
    for table, names in (("rule", RULES), ("asset", ASSETS)):
        rows = [[number, name] for number, name in enumerate(names, 1)]
        connection.executemany(f"INSERT INTO shop.{table} (id, name) VALUES (?, ?)", rows)
    connection.execute(STREAM, {"until": until})
    connection.execute(POINTS.replace(" / 200", " // 200"))
    connection.execute(LEDGER, {"until": until})
    connection.execute("COMMIT")
    connection.close()


if __name__ == "__main__":
    recalculate(Path(sys.argv[1]), int(sys.argv[2]))
