"""Points earned in one store and used in another, settled in money month by month; a closed month stays as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 10.00}
  one_point_pays: 0.10
"""
HEADER = "receipt,date,store,card,product,quantity,amount"


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 earns 30 points in Market, then 20 in Station, all in October."""
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = ("1,2026-10-01 10:00:00,Market,2901,T,1,300.00", "2,2026-10-02 10:00:00,Station,2901,T,1,200.00")
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-10-31"))
    return shop


def used(shop: Shop, store: str, points: int, day: str) -> int:
    outcome = redeem_points(shop, "2901", points, AtTheTill(store=store, day=day_from_iso(day), key=f"{store}{day}{points}"))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    return int(str(outcome.data["number"]))


def rows(shop: Shop) -> list[tuple[object, ...]]:
    return list(report(shop, "between-stores", Wanted()).tables[0].rows)


def test_points_go_out_oldest_first_and_what_stays_in_its_store_is_not_settled(shop: Shop) -> None:
    # 40 used in Station: 30 of Market and 10 of Station's own; then 5 of Station in Market.
    used(shop, "Station", 40, "2026-11-05")
    used(shop, "Market", 5, "2026-11-06")
    assert rows(shop) == [("2026-11", "Market", "Station", 30, 300), ("2026-11", "Station", "Market", 5, 50)]


def test_a_use_that_is_undone_is_settled_back(shop: Shop) -> None:
    number = used(shop, "Station", 40, "2026-11-05")
    revert(shop, number, Asked(by="Ewa", reason="by mistake"))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    assert rows(shop) == []


def test_what_was_used_before_it_was_earned_is_settled_when_it_is_earned(shop: Shop) -> None:
    # A shop without the database sends what it took: 60 of 50 points, which leaves a debt of 10.
    file = shop.folder / "used.csv"
    file.write_text("date,time,store,card,points,amount,key\n2026-11-05,10:00:00,Station,2901,60,6.00,u1\n", encoding="utf-8")
    import_redemptions(shop, [str(file)])
    recalc(shop, as_of=day_from_iso("2026-11-10"))
    assert rows(shop) == [("2026-11", "Market", "Station", 30, 300)]
    taken_in(shop, export(shop, "b.csv", "3,2026-11-12 10:00:00,Market,2901,T,1,150.00", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    # 15 more of Market, of which 10 pay what Station had taken.
    assert rows(shop) == [("2026-11", "Market", "Station", 40, 400)]


def test_a_closed_month_keeps_what_was_settled_and_at_what_worth(shop: Shop) -> None:
    used(shop, "Station", 10, "2026-10-20")
    shop.program.write_text(PROGRAM + "closed: [2026-10-03 to 2026-10-31]\n", encoding="utf-8")
    month_close(shop, "2026-10")
    assert rows(shop) == [("2026-10", "Market", "Station", 10, 100)]
    # Late, and older than all: it is booked in November, and the price of points has been halved since.
    taken_in(shop, export(shop, "b.csv", "0,2026-10-01 08:00:00,Station,2901,T,1,500.00", header=HEADER))
    shop.program.write_text(PROGRAM.replace("0.10", "0.05"), encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-11-21"), by="Ewa")
    recalc(shop, as_of=day_from_iso("2026-11-20"))
    assert rows(shop) == [("2026-10", "Market", "Station", 10, 100)]


def test_what_was_settled_stays_where_a_member_becomes_another_one_later(shop: Shop) -> None:
    """2901 uses 40 in Station in October; from December on 2901 is 2902, who bought nothing that earned."""
    taken_in(shop, export(shop, "b.csv", "3,2026-10-03 10:00:00,Market,2902,T,1,5.00", header=HEADER))
    used(shop, "Station", 40, "2026-11-05")
    december = replace(shop, now=datetime(2026, 12, 3, 10, tzinfo=UTC))
    recalc(december)
    month_close(december, through="2026-11", accepted=Accepted(without=("all",), open_matters=True))
    before = rows(december)
    assert before == [("2026-11", "Market", "Station", 30, 300)]
    member_merge(december, "2901", "2902", Asked(by="Ewa", reason="one person"))
    recalc(december)
    # Given back by one and used by the other on the same day: nothing is owed anew.
    assert rows(december) == before
