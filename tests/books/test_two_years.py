"""The journal of the demo's two years, as hledger and beancount work it out."""

from __future__ import annotations

import shutil
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import month_of
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from tests.books.by_other_programs import held_against_both

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = "\nbooks: {policy: deferral, expected_use: {2025-01-01: 70%, 2026-01-01: 62%}, stated_by: Ewa}\n"
# On the 15th of every third month some members use a third of what they earned in the hundred days before.
USES = """
INSERT INTO redemption (member_id, kind, points, amount, store_id, day, clock, at, by, key)
SELECT member_id, 'points', sum(total) / 600, sum(total) / 600 * 4, min(store_id), :day, 43200, '', '', :day || ' ' || member_id
  FROM receipt WHERE gone = 0 AND member_id % 4 = :day % 4 AND day BETWEEN :day - 110 AND :day - 16
 GROUP BY member_id HAVING sum(total) > 60000
"""


def test_the_demo_s_two_years(made_demo: Path, tmp_path: Path) -> None:
    pytest.importorskip("beancount.loader")
    folder = tmp_path / "demo"
    shutil.copytree(made_demo, folder)
    now = datetime(2026, 11, 1, 7, tzinfo=UTC)
    shop = Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=now, secret="ab" * 32)
    with shop.program.open("a", encoding="utf-8") as program:
        program.write(BOOKS)
    with shop.changing() as connection:
        first = connection.execute("SELECT min(day) FROM receipt").fetchone()[0]
        for day in range(first + 120, first + 720, 91):
            connection.execute(USES, {"day": day})
    recalc(shop, everyone=True)
    journal = held_against_both(shop, tmp_path)
    assert len({month_of(each.day) for each in journal.transactions}) >= 22
    assert {"earned", "used", "lapsed", "taken back", "estimate"} <= {each.kind for each in journal.transactions}
