"""How many coupons of a kind were used of those that are over by a day: what is expected of the others."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.store.paying import used_coupons
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2027-01-01
coupons:
  thanks: {worth: 5.00, valid_for: 10 days}
rewards:
  big: {when: {one_purchase: 100.00}, give: {coupon: thanks}}
"""
ON = ("2027-01-10", "2027-01-12", "2027-02-10")


def test_what_is_used_later_is_not_known_yet_and_what_was_withdrawn_is_not_counted(tmp_path: Path) -> None:
    """Four coupons of 2 January, good through the 12th: used on the 5th, used on the 11th, withdrawn, never used."""
    shop = make_shop(tmp_path / "shop", PROGRAM, members=4)
    put_receipts(shop, *(Receipt(f"R{who}", who, day("2027-01-01"), (("tea", 100_00),)) for who in range(1, 5)))
    recalc(shop, as_of=day("2027-01-01"))
    issue_coupons(shop, as_of=day("2027-01-02"))
    with shop.reading() as connection:
        codes = dict(connection.execute("SELECT member_id, code FROM coupon").fetchall())
    redeem_coupon(shop, codes[1], AtTheTill(day=day("2027-01-05"), basket="50.00"))
    put_receipts(shop, Receipt("B3", 3, day("2027-01-06"), (("tea", -100_00),), original="R3"))
    recalc(shop, as_of=day("2027-01-06"))
    issue_coupons(shop, as_of=day("2027-01-07"))
    redeem_coupon(shop, codes[2], AtTheTill(day=day("2027-01-11"), basket="50.00"))
    with shop.reading() as connection:
        of_days = [used_coupons(connection, day(on)) for on in ("2027-01-04", "2027-01-08", "2027-01-12", "2027-01-13")]
    # none; the first; the first two; and the last, which has lapsed
    assert of_days == [{}, {"coupon:thanks": (1, 1)}, {"coupon:thanks": (2, 2)}, {"coupon:thanks": (3, 2)}]


def test_coupons_that_came_too_late_to_be_issued_cost_nothing(tmp_path: Path) -> None:
    """A first load of six weeks, issued on 20 February with 30 days to issue within.

    The two coupons of January are missed, one of them with its goods back since; that of 10 February is issued: 5.00 in all.
    """
    shop = make_shop(tmp_path / "shop", PROGRAM, members=3)
    put_receipts(shop, *(Receipt(f"R{who}", who, day(on), (("tea", 100_00),)) for who, on in enumerate(ON, 1)))
    recalc(shop, as_of=day("2027-02-19"))
    told: Any = issue_coupons(shop, as_of=day("2027-02-20")).data
    assert told["missed"] == 2
    put_receipts(shop, Receipt("B1", 1, day("2027-02-21"), (("tea", -100_00),), original="R1"))
    recalc(shop, as_of=day("2027-02-21"))
    issue_coupons(shop, as_of=day("2027-02-22"))
    (row,) = report(shop, "money", Wanted(as_of=day("2027-02-25"))).tables[0].rows
    assert row[1:3] == (5_00, 5_00)
    by_month = report(shop, "money", Wanted(as_of=day("2027-02-25"))).tables[1]
    assert [(row[0], row[7]) for row in by_month.rows] == [("2027-01", 0), ("2027-02", 5_00)]
