"""Fifty tills use one coupon, a voucher's last 1.00, the last gift or all the points of a card at one moment: exactly one wins."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_gift import redeem_gift
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.counter.conftest import moment
from tests.operations.counter.conftest import TODAY
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

TILLS = 50
PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
points:
  earn: {basic: {points: 1, for_every: 1.00}}
  one_point_pays: 0.10
  gifts: {mug: 2}
gifts: {mug: {stock: 1, costs: 9.00}}
coupons: {thanks: {worth: 20.00, valid_for: 60 days, held_by: member}}
rewards:
  from 100: {when: {one_purchase: 100.00}, give: {coupon: thanks}}
  from 110: {when: {one_purchase: 110.00}, give: {voucher: {worth: 25.00, valid_for: 60 days}}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """2901 has bought for 120.00: 120 points, a coupon, and a voucher of which 24.00 are used."""
    shop = make_shop(tmp_path / "shop", PROGRAM, now=moment(TODAY))
    put_receipts(shop, Receipt("A1", 1, day("2026-03-02"), (("bread", 12_000),)))
    recalc(shop)
    issue_coupons(shop)
    redeem_coupon(shop, codes(shop)["voucher"], AtTheTill(), at_most="24.00")
    return shop


def codes(shop: Shop) -> dict[str, str]:
    """The codes of the coupon and the voucher."""
    with shop.reading() as connection:
        rows = connection.execute("SELECT code, terms ->> 'worth' FROM coupon").fetchall()
    return {"voucher" if worth == 2500 else "coupon": code for code, worth in rows}


def tried(shop: Shop, what: str, number: int) -> bool:
    """One till uses it; whether that was done."""
    one = replace(shop, secret=f"{number:08x}" * 8, wait=60.0)
    till = AtTheTill(receipt=str(number), card="2901" if what == "coupon" else None)
    try:
        if what == "gift":
            redeem_gift(one, "2901", "mug", till)
        elif what == "points":
            redeem_points(one, "2901", 120, replace(till, basket="50.00"))
        else:
            redeem_coupon(one, codes(one)[what], till, at_most="1.00" if what == "voucher" else None)
    except Refused:
        return False
    return True


@pytest.mark.skipif(os.name != "posix", reason="fifty processes are forked, which costs nothing there")
@pytest.mark.parametrize("what", ["coupon", "voucher", "gift", "points"])
def test_of_fifty_at_once_exactly_one_wins(shop: Shop, what: str) -> None:
    # A process of its own makes the tills: forked from here, they could take over locks that threads of the test runner hold.
    apart = multiprocessing.get_context("forkserver")
    apart.set_forkserver_preload([__name__])
    with apart.Pool(TILLS) as tills:
        won = tills.starmap(tried, [(shop, what, number) for number in range(TILLS)], chunksize=1)
    assert won.count(True) == 1
    recalc(shop)
    assert recalc(shop, everyone=True).data["entries"] == 0
