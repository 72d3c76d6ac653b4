"""How many coupons of a kind were used of those that are over by a day: what is expected of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.recalc import recalc
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
