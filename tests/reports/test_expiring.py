"""All points that lapse in the next days, lot by lot, seen from any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

POINTS = """\
points:
  earn: {basic: {points: 1, for_every: 1.00}}
  usable_after: 5 days
  lapse_after: 3 months
  one_point_pays: 0.01
"""
SALES = (
    "R1,2026-01-10 10:00:00,9001,100.00",
    "R2,2026-01-25 10:00:00,9001,50.00",
    "R3,2026-01-25 12:00:00,9001,5.00",
    "R4,2026-03-30 10:00:00,9001,30.00",
    "R5,2026-02-01 10:00:00,9002,70.00",
    # A return without its receipt's number takes back what the latest, R4, gave.
    "R6,2026-04-02 10:00:00,9001,-20.00",
)


def sold(folder: Path) -> Shop:
    shop = shop_in(folder, PROGRAM + POINTS)
    taken_in(shop, export(shop, "a.csv", *SALES, header="receipt,date,card,amount"), store="S")
    return shop


def lapsing(shop: Shop, day: str, days: int) -> list[tuple[str, object, object]]:
    table = report(shop, "expiring", Wanted(as_of=day_from_iso(day), days=days)).tables[0]
    return [(iso(int(row[0] or 0)), row[1], row[3]) for row in table.rows]


def test_every_lot_within_the_days_is_a_row(tmp_path: Path) -> None:
    shop = sold(tmp_path)
    recalc(shop, as_of=day_from_iso("2026-03-31"))
    # 100 of 10 January, 50 + 5 of 25 January; R4 still waits and lapses on 30 June.
    first = [("2026-04-10", "9001", 100), ("2026-04-25", "9001", 55), ("2026-05-01", "9002", 70)]
    assert lapsing(shop, "2026-03-31", 60) == first
    assert lapsing(shop, "2026-03-31", 25) == first[:2]
    assert lapsing(shop, "2026-03-31", 100) == [*first, ("2026-06-30", "9001", 30)]
    assert lapsing(shop, "2026-04-11", 60) == first[1:]


@pytest.mark.parametrize("day", ["2026-01-12", "2026-01-31", "2026-03-31", "2026-04-02", "2026-04-12"])
def test_an_earlier_day_is_seen_as_it_was_then(tmp_path: Path, day: str) -> None:
    then, now = sold(tmp_path / "then"), sold(tmp_path / "now")
    recalc(then, as_of=day_from_iso(day))
    recalc(now, as_of=day_from_iso("2026-06-15"))
    assert lapsing(now, day, 90) == lapsing(then, day, 90) != []
    # Nothing of that is kept.
    assert asked(now, "SELECT DISTINCT until FROM run") == [(day_from_iso("2026-06-15"),)]


@pytest.mark.parametrize("wanted", [("2026-04-20", "2026-05-20"), ("2026-04-20", None)])
def test_days_that_are_over_are_looked_at_from_the_evening_before_them(tmp_path: Path, wanted: tuple[str, str | None]) -> None:
    shop = sold(tmp_path)
    recalc(shop, as_of=day_from_iso("2026-06-15"))
    # 50 + 5 of 25 January and 70 of 1 February; without a last day it is 30 days on. All of it has lapsed since.
    first, last = (None if day is None else day_from_iso(day) for day in wanted)
    rows = report(shop, "expiring", Wanted(first=first, last=last)).tables[0].rows
    assert [(iso(int(row[0] or 0)), row[1], row[3]) for row in rows] == [("2026-04-25", "9001", 55), ("2026-05-01", "9002", 70)]


def test_days_that_have_begun_show_what_is_still_to_lapse_and_name_the_days_that_are_over(tmp_path: Path) -> None:
    shop = sold(tmp_path)
    recalc(shop, as_of=day_from_iso("2026-04-20"))
    shop = replace(shop, now=datetime(2026, 4, 21, 10, tzinfo=UTC))
    first, last = day_from_iso("2026-04-01"), day_from_iso("2026-04-30")
    table = report(shop, "expiring", Wanted(first=first, last=last)).tables[0]
    # Of April the 100 of R1 lapsed on the 10th; 50 + 5 lapse on the 25th.
    assert [row[0] for row in table.rows] == [day_from_iso("2026-04-25")]
    assert "loyalty report expiring --from 2026-04-01 --to 2026-04-20" in str(table.notes[1])
    over = report(shop, "expiring", Wanted(first=first, last=day_from_iso("2026-04-20"))).tables[0]
    assert [(row[0], row[3]) for row in over.rows] == [(day_from_iso("2026-04-10"), 100)]
