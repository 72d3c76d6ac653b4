"""What a month's pack costs: two years of a seeded shop with points, tiers, coupons, uses and deferral, the last month's workbook.

python -m tests.benchmarks.pack_speed [LINES] [--rounds 1]
The shop is recalculated three days into the next month, as when an accountant asks for the month that has just ended.
The aim: 20 seconds and 300 MB at 1,469,307 lines.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from datetime import UTC
from pathlib import Path

from loyalty_cli.model.days import iso
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.store import database
from tests.benchmarks import recalc_shop
from tests.benchmarks.recalc_in_sql import PROGRAM
from tests.benchmarks.side_by_side import medians
from tests.benchmarks.side_by_side import timed

MONTH = "2025-12"
UNTIL = recalc_shop.FIRST + recalc_shop.DAYS + 2
BOOKS = """
  one_point_pays: 0.01
coupons:
  next visit: {worth: 10.00, valid_for: 30 days}
rewards:
  every five hundred: {when: {spend: 500.00, times: every time}, give: {coupon: next visit}}
books: {policy: deferral, expected_use: estimated, coupons: {next visit: provision}}
"""
# Every 40 days a third of the members use half of what they have earned, at the lowest rate, since the time before.
USES = """
INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key)
SELECT member_id, 'points', sum(total / 100) / 2, sum(total / 100) / 2, :day, 0, :at, '', 'use ' || :day || ' ' || member_id FROM receipt
WHERE gone = 0 AND (member_id + :day) % 3 = 0 AND day BETWEEN :day - 40 AND :day - 1 GROUP BY member_id
"""
COUPONS_USED = """
INSERT INTO redemption (member_id, kind, points, amount, coupon_id, day, clock, at, by, key)
SELECT member_id, 'coupon', 0, 800, id, issued_on, 0, date(issued_on) || 'T10:00:00Z', '', 'coupon ' || id FROM coupon WHERE id % 3 > 0
"""


def make_shop(folder: Path, *, lines: int) -> None:
    """The shop as it is three days after the month's end."""
    now = datetime.fromisoformat(iso(UNTIL + 1)).replace(hour=6, tzinfo=UTC)
    shop = Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=now, secret="ab" * 32)
    shop.program.write_text(PROGRAM.replace("lapse_after: 365 days\n", f"lapse_after: 365 days{BOOKS}"), encoding="utf-8")
    members = recalc_shop.make_shop(shop.database, lines=lines)
    connection = database.connect(shop.database)
    connection.execute("BEGIN")
    for day in range(recalc_shop.FIRST + 60, UNTIL, 40):
        connection.execute(USES, {"day": day, "at": f"{iso(day)}T10:00:00Z"})
    connection.execute("COMMIT")
    connection.close()
    for day in range(UNTIL - 3, UNTIL + 1):
        if day > UNTIL - 3:
            recalc_shop.add_day(shop.database, day, lines=lines // recalc_shop.DAYS, members=members)
        recalc(shop, as_of=day)
    issue_coupons(shop, as_of=UNTIL)
    connection = database.connect(shop.database)
    connection.execute(COUPONS_USED)
    connection.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", type=int, nargs="?", default=300_000)
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: the highest memory of a child is never told as less than its parent's.
        with ProcessPoolExecutor(1) as apart:
            apart.submit(make_shop, folder, lines=arguments.lines).result()
        command = [sys.executable, "-m", "loyalty_cli", "month", "pack", MONTH, "-o", "pack.xlsx"]
        run = medians([timed(command, folder=folder) for _ in range(arguments.rounds)])
    sys.stdout.write(f"{arguments.lines} lines: {run['cpu']:.1f} s of processors, {run['seconds']:.1f} s, {run['megabytes']:.0f} MB\n")


if __name__ == "__main__":
    main()
