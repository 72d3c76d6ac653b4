"""How everybody stood at the end of a closed month is kept with it: what comes late shows in the months after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.household import member_household
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
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
    friend: {at_least: 100.00}
points:
  wallets:
    leaves: {one_point_pays: 0.01}
  earn:
    basic: {points: 1, for_every: 1.00}
    tea: {points: 2, for_every: 1.00, into: leaves}
"""
EVERYTHING = Accepted(without=("all",), open_matters=True)
WHY = Asked(by="Ewa", reason="registered twice")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Ana 90.00 in July and 30.00 in August, Boris 40.00 and 50.00, Cora 20.00 in August only; both months are closed."""
    shop = make_shop(tmp_path / "shop", PROGRAM, members=4, now=datetime(2026, 9, 10, 6, tzinfo=UTC))
    sales = [(1, "2026-07-05", 90_00), (2, "2026-07-31", 40_00)]
    sales += [(1, "2026-08-01", 30_00), (2, "2026-08-20", 50_00), (3, "2026-08-31", 20_00)]
    put_receipts(shop, *(Receipt(f"R{place}", who, day(on), (("tea", paid),)) for place, (who, on, paid) in enumerate(sales)))
    recalc(shop)
    month_close(shop, through="2026-08", accepted=EVERYTHING)
    return shop


def shown(shop: Shop, name: str, month: str) -> Table:
    first, last = span_of_month(month)
    return report(shop, name, Wanted(first=first, last=last)).tables[0]


def members(shop: Shop, month: str) -> list[tuple[Cell, ...]]:
    """Card, tier, points, spent and wallet of the members of a month who bought something."""
    return [(row[0], row[2], row[4], row[5], row[8]) for row in shown(shop, "members", month).rows if row[5]]


JULY = [("2901", "guest", 90, 90_00, 180), ("2902", "guest", 40, 40_00, 80)]
# 90 + 30 = 120 make Ana a friend; Boris has 40 + 50.
AUGUST = [("2901", "friend", 120, 120_00, 240), ("2902", "guest", 90, 90_00, 180), ("2903", "guest", 20, 20_00, 40)]


def test_a_late_receipt_shows_in_the_month_it_is_booked_in(shop: Shop) -> None:
    put_receipts(shop, Receipt("L1", 2, day("2026-07-30"), (("tea", 60_00),)))
    recalc(shop)
    assert (members(shop, "2026-07"), members(shop, "2026-08")) == (JULY, AUGUST)
    # 40 + 60 + 50 = 150
    assert members(shop, "2026-09")[0] == ("2902", "friend", 150, 150_00, 300)
    assert str(shown(shop, "members", "2026-08").basis) == "At the end of 2026-08-31, as the month was closed."
    assert str(shown(shop, "members", "2026-09").basis) == "Standing at the end of 2026-09-10, by what is known now."
    # 120.00 / 1 friend; 90.00 + 20.00 of three guests: Boris, Cora, and who has not bought yet
    assert [row[:2] + row[4:6] for row in shown(shop, "tiers", "2026-08").rows] == [("guest", 3, 110_00, 110), ("friend", 1, 120_00, 120)]
    # Boris lacked 10.00 of 100.00, and lacks nothing by what is known now.
    assert [(row[0], row[4]) for row in shown(shop, "near-tier", "2026-08").rows] == [("2902", 10_00)]


def test_who_was_not_there_when_a_month_was_closed_is_not_there(shop: Shop) -> None:
    put_receipts(shop, Receipt("L1", 4, day("2026-07-30"), (("tea", 60_00),)))
    recalc(shop)
    assert (members(shop, "2026-07"), members(shop, "2026-08")) == (JULY, AUGUST)
    assert members(shop, "2026-09")[2] == ("2904", "guest", 60, 60_00, 120)


def test_two_members_who_are_one_since_were_two(shop: Shop) -> None:
    points = {month: shown(shop, "points", month).rows for month in ("2026-07", "2026-08")}
    moves = {month: shown(shop, "moves", month).rows for month in ("2026-07", "2026-08")}
    member_merge(shop, "2902", "2901", WHY)
    recalc(shop)
    assert {month: shown(shop, "moves", month).rows for month in moves} == moves
    assert (members(shop, "2026-07"), members(shop, "2026-08")) == (JULY, AUGUST)
    assert {month: shown(shop, "points", month).rows for month in points} == points
    # 120 + 90 of one member from now on
    assert members(shop, "2026-09")[0] == ("2901", "friend", 210, 210_00, 420)
    assert [(row[0], row[7]) for row in shown(shop, "points", "2026-09").rows if row[9] == ""] == [("2901", 210), ("2903", 20)]


def test_each_keeps_the_card_of_then_also_where_the_other_way_round_they_become_one(shop: Shop) -> None:
    months = ("2026-07", "2026-08")
    before = [[shown(shop, name, month).rows for name in ("members", "points", "moves", "near-tier")] for month in months]
    # The first card of who stays is that of who went, from now on.
    member_merge(replace(shop, now=datetime(2026, 9, 10, 7, tzinfo=UTC)), "2901", "2902", WHY)
    recalc(shop)
    assert [[shown(shop, name, month).rows for name in ("members", "points", "moves", "near-tier")] for month in months] == before
    assert members(shop, "2026-09")[0] == ("2901", "friend", 210, 210_00, 420)


def test_each_keeps_the_card_of_then_also_where_three_become_one_who_is_forgotten(shop: Shop) -> None:
    months, names = ("2026-07", "2026-08"), ("members", "points", "moves", "near-tier")
    before = [[shown(shop, name, month).rows for name in names] for month in months]
    later = replace(shop, now=datetime(2026, 9, 10, 7, tzinfo=UTC))
    member_merge(later, "2901", "2902", WHY)
    member_merge(later, "2902", "2903", WHY)
    recalc(later)
    assert [[shown(later, name, month).rows for name in names] for month in months] == before
    member_erase(later, "2903", WHY)
    recalc(later)
    assert [[shown(later, name, month).rows for name in names] for month in months] == before


def test_who_became_one_before_a_month_was_closed_is_one_in_it_and_two_in_the_months_before(shop: Shop) -> None:
    member_merge(shop, "2902", "2901", WHY)
    october = replace(shop, now=datetime(2026, 10, 3, 6, tzinfo=UTC))
    recalc(october)
    month_close(october, "2026-09", accepted=EVERYTHING)
    assert members(october, "2026-08") == AUGUST
    assert members(october, "2026-09") == [("2901", "friend", 210, 210_00, 420), ("2903", "guest", 20, 20_00, 40)]
    points = shown(october, "points", "2026-09").rows
    assert [(row[0], row[7]) for row in points] == [("2901", 210), ("2903", 20), ("2901", 420), ("2903", 40)]
    revert(october, 1, WHY)
    recalc(october)
    # What was closed stays as it was, though the two are two again.
    assert members(october, "2026-09") == [("2901", "friend", 210, 210_00, 420), ("2903", "guest", 20, 20_00, 40)]
    assert shown(october, "points", "2026-09").rows == points


def test_who_became_one_twice_is_whoever_they_were_when_each_month_was_closed(shop: Shop) -> None:
    """Cora becomes Boris in September, Boris becomes Ana in October: 90 + 20 are Boris's in September, all 230 are Ana's in October."""
    member_merge(shop, "2903", "2902", WHY)
    october = replace(shop, now=datetime(2026, 10, 3, 6, tzinfo=UTC))
    recalc(october)
    month_close(october, "2026-09", accepted=EVERYTHING)
    member_merge(october, "2902", "2901", WHY)
    recalc(october)
    assert [row[7] for row in shown(october, "points", "2026-08").rows if row[9] == ""] == [120, 90, 20]
    assert [row[7] for row in shown(october, "points", "2026-09").rows if row[9] == ""] == [120, 110]
    assert [row[7] for row in shown(october, "points", "2026-10").rows if row[9] == ""] == [230]


def test_only_who_stands_otherwise_than_a_month_before_is_kept_again(shop: Shop) -> None:
    october = replace(shop, now=datetime(2026, 10, 3, 6, tzinfo=UTC))
    recalc(october)
    month_close(october, "2026-09", accepted=EVERYTHING)
    with october.reading() as connection:
        kept = connection.execute("SELECT month, count(*) FROM closed_standing GROUP BY month").fetchall()
    assert dict(kept).get("2026-09", 0) == 0
    assert members(october, "2026-09") == AUGUST


def test_what_was_kept_before_there_was_more_to_keep_is_read_too(shop: Shop) -> None:
    with shop.changing() as connection:
        # without the points by their last day, which stand last
        connection.execute("UPDATE closed_standing SET standing = json_remove(standing, '$[#-1]')")
    assert (members(shop, "2026-07"), members(shop, "2026-08")) == (JULY, AUGUST)


def test_who_shared_an_account_when_a_month_was_closed_is_one_customer_there(shop: Shop) -> None:
    september = replace(shop, now=datetime(2026, 9, 10, 6, tzinfo=UTC))
    member_household(september, "2903", "2902", replace(WHY, day=day("2026-09-05")))
    october = replace(shop, now=datetime(2026, 10, 3, 6, tzinfo=UTC))
    recalc(october)
    month_close(october, "2026-09", accepted=EVERYTHING)
    before = [[shown(october, name, month).rows for name in ("members", "tiers")] for month in ("2026-08", "2026-09")]
    # Cora's 20.00 are of Boris's account, and nobody shared it in August.
    assert [(row[0], row[5], row[8]) for row in before[1][0][:2]] == [("2901", 120_00, ""), ("2902", 110_00, "2903")]
    assert [(row[1], row[4]) for row in before[1][1]] == [(2, 110_00), (1, 120_00)]
    member_merge(october, "2903", "2901", WHY)
    recalc(october)
    assert [[shown(october, name, month).rows for name in ("members", "tiers")] for month in ("2026-08", "2026-09")] == before


def test_who_was_added_by_mistake_and_stood_in_a_closed_month_stays(shop: Shop) -> None:
    number = member_add(shop, "2909", MemberWishes(name="Dan"), WHY).data["number"]
    assert isinstance(number, int)
    october = replace(shop, now=datetime(2026, 10, 3, 6, tzinfo=UTC))
    recalc(october)
    month_close(october, "2026-09", accepted=EVERYTHING)
    before = shown(october, "members", "2026-09").rows
    assert "2909" in [row[0] for row in before]
    with pytest.raises(Refused, match="Card 2909 stays: it has a place in closed months by now"):
        revert(october, number, WHY)
    assert shown(october, "members", "2026-09").rows == before
