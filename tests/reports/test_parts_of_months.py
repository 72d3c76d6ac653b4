"""Days that begin or end within a month: what is booked on them, and no more, so that the parts of a month are the month."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
tiers:
  by: spend
  counted_over: lifetime
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 200.00}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.01
books: {policy: provision, expected_use: 100%, stated_by: Ola}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """120 points in July; in August 100 on the third, which makes a friend, and 50 on the twentieth, 7 of them Boris's."""
    shop = make_shop(tmp_path / "shop", PROGRAM, now=datetime(2026, 9, 10, 6, tzinfo=UTC))
    sales = ((1, "2026-07-05", 120_00), (1, "2026-08-03", 100_00), (1, "2026-08-20", 43_00), (2, "2026-08-20", 7_00))
    put_receipts(shop, *(Receipt(f"R{place}", who, day(on), (("tea", paid),)) for place, (who, on, paid) in enumerate(sales)))
    recalc(shop)
    return shop


def august(shop: Shop, name: str, first: int, last: int) -> dict[str, tuple[Cell, ...]]:
    """The columns of a report from a day of August through another."""
    days = Wanted(first=day(f"2026-08-{first:02}"), last=day(f"2026-08-{last:02}"))
    (table,) = report(shop, name, days).tables
    return dict(zip([column.name for column in table.columns], zip(*table.rows, strict=True), strict=True))


def test_points_by_month(shop: Shop) -> None:
    halves = [august(shop, "points-by-month", 1, 15), august(shop, "points-by-month", 16, 31)]
    # 100, and 43 + 7; with the 120 of July there are 220, then 270.
    assert [(*half["earned"], *half["balance"]) for half in halves] == [(100, 220), (50, 270)]
    assert august(shop, "points-by-month", 1, 31)["earned"] == (100 + 50,)


@pytest.mark.parametrize("first", [4, 16, 20])
def test_liability_opens_with_what_there_was_on_the_evening_before(shop: Shop, first: int) -> None:
    part = august(shop, "liability", first, 31)
    # 120 + 100 points and 50 more, at 0.01 each
    assert (part["opening"], part["earned"], part["closing"]) == ((220,), (50,), (270,))
    assert (part["opening_worth"], part["earned_worth"], part["closing_worth"]) == ((2_20,), (50,), (2_70,))


def test_points_by_store_and_what_is_owed(shop: Shop) -> None:
    points = august(shop, "points-by-store", 16, 31)
    assert (points["opening"], points["earned"], points["closing"]) == ((220,), (50,), (270,))
    owed = august(shop, "owed", 16, 31)
    assert (owed["opening"], owed["deferred"], owed["closing"]) == ((2_20,), (50,), (2_70,))


def test_points_by_tier(shop: Shop) -> None:
    whole, late = august(shop, "points-by-tier", 1, 31), august(shop, "points-by-tier", 16, 31)
    # Within August 120 points move along with who becomes a friend; from the 16th on she is one.
    assert (whole["tier"], whole["opening"], whole["moved"]) == (("friend", "guest"), (0, 120), (120, -120))
    assert (late["tier"], late["opening"], late["moved"]) == (("friend", "guest"), (220, 0), (0, 0))
    assert (late["earned"], late["closing"]) == ((43, 7), (263, 7))
    assert whole["closing"] == late["closing"]


def test_nothing_is_left_of_a_month_after_its_last_entry_but_the_balance(shop: Shop) -> None:
    assert august(shop, "liability", 21, 31)["earned"] == (0,)
    # The next month is shown from its first day on, whatever the day the first one begins on.
    rest = Wanted(first=day("2026-08-21"), last=day("2026-09-05"))
    (table,) = report(shop, "points-by-month", rest).tables
    assert [(row[0], row[1], row[7]) for row in table.rows] == [("2026-08", 0, 270), ("2026-09", 0, 270)]


@pytest.mark.parametrize("name", ["points-by-month", "liability", "points-by-store", "points-by-tier", "owed"])
def test_a_day_asked_for_ends_them_all(shop: Shop, name: str) -> None:
    (table,) = report(shop, name, Wanted(as_of=day("2026-08-15"))).tables
    (ended,) = report(shop, name, Wanted(last=day("2026-08-15"))).tables
    assert table.rows == ended.rows
    assert {row[0] for row in table.rows} == {"2026-07", "2026-08"}


def test_points_by_tier_of_the_parts_are_those_of_the_month(shop: Shop) -> None:
    """The parts end and begin on the day before Ana becomes a friend, on that day, and after it."""
    for last in (2, 3, 19, 20, 30):
        parts = [august(shop, "points-by-tier", 1, last), august(shop, "points-by-tier", last + 1, 31)]
        sums: Counter[tuple[Cell, str]] = Counter()
        for part in parts:
            for name in ("earned", "moved"):
                sums.update({(tier, name): int(str(points)) for tier, points in zip(part["tier"], part[name], strict=True)})
        # 100 on the day she becomes one and 43 are a friend's, 7 of Boris a guest's; her 120 of July go along.
        expected = {("friend", "earned"): 143, ("friend", "moved"): 120, ("guest", "earned"): 7, ("guest", "moved"): -120}
        assert {key: points for key, points in sums.items() if points} == expected, last


def test_what_was_earned_before_a_tier_was_reached_is_of_the_tier_before(shop: Shop) -> None:
    put_receipts(shop, Receipt("L1", 2, day("2026-08-02"), (("tea", 50_00),)), Receipt("L2", 2, day("2026-08-25"), (("tea", 160_00),)))
    recalc(shop)
    # Boris has 50 and 7 as a guest; with 160 on the 25th he has spent 217.00 and is a friend: the 57 go along.
    whole = august(shop, "points-by-tier", 1, 31)
    assert (whole["tier"], whole["earned"]) == (("friend", "guest"), (143 + 160, 57))
    assert (whole["moved"], whole["closing"]) == ((120 + 57, -120 - 57), (263 + 217, 0))


def test_what_members_are_missing_is_said_beside_what_the_others_are_owed(tmp_path: Path) -> None:
    """100 points of a sale, 90 of them spent, and the sale comes back: 90 missing; another member has 100, each worth 1.00."""
    program = PROGRAM.replace("one_point_pays: 0.01", "one_point_pays: 1.00")
    shop = make_shop(tmp_path / "shop", program, now=datetime(2026, 9, 10, 6, tzinfo=UTC))
    put_receipts(shop, *(Receipt(f"R{who}", who, day(f"2026-08-0{who}"), (("tea", 100_00),)) for who in (1, 2)))
    recalc(shop)
    redeem_points(shop, "2901", 90, AtTheTill(basket="100.00", day=day("2026-09-10")))
    put_receipts(shop, Receipt("B", 1, day("2026-09-11"), (("tea", -100_00),), original="R1"))
    later = replace(shop, now=shop.now + timedelta(days=2))
    recalc(later)
    (liability,), (owed,) = (report(later, name, Wanted()).tables for name in ("liability", "owed"))
    assert (liability.rows[-1][8], owed.rows[-1][-1]) == (10_00, 100_00)
    assert str(liability.notes[-1]).endswith("lower the last closing by 90.00 PLN; the others are owed 100.00 PLN.")
    (before,) = report(later, "liability", Wanted(last=day("2026-08-31"))).tables
    assert not any("Debts" in str(note) for note in before.notes)
