"""A voucher from issue to the last cent: it pays in part, keeps the rest, and takes back what returned goods put on it."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
rewards:
  thank you: {when: {one_purchase: {at_least: 500.00}}, at_most: once, give: {voucher: {worth: 50.00, valid_for: 30 days}}}
"""


def test_a_voucher_pays_keeps_the_rest_and_gets_back_what_returned_goods_had_taken(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 500_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    codes: Any = issue_coupons(shop, as_of=day("2026-12-02")).data["codes"]
    (code,) = codes

    def use(basket: str, receipt: str, on: str) -> object:
        return redeem_coupon(shop, str(code), AtTheTill(basket=basket, receipt=receipt, store="Market", day=day(on))).data["amount"]

    put_receipts(shop, Receipt("B1", 1, day("2026-12-03"), (("tea", 30_00),)), Receipt("B2", 1, day("2026-12-04"), (("tea", 80_00),)))
    assert use("30.00", "B1", "2026-12-03") == 30_00
    assert use("80.00", "B2", "2026-12-04") == 20_00
    with pytest.raises(Refused, match="was used on"):
        use("10.00", "B3", "2026-12-05")
    recalc(shop, as_of=day("2026-12-05"))
    # 500 points for A1; the voucher paid all of B1, and 20.00 of B2: 60 points.
    assert balances(shop, 1)["points"] == 560
    # A quarter of B2 comes back: 20.00 / 4 = 5.00 on the voucher; of 60 points 15 go.
    put_receipts(shop, Receipt("R2", 1, day("2026-12-06"), (("tea", -20_00),), original="B2"))
    recalc(shop, as_of=day("2026-12-06"))
    assert balances(shop, 1)["points"] == 545
    assert balances(shop, 1)[f"voucher:{code}"] == 5_00
    told = [str(row) for table in explain(shop, "2901").tables for row in table.rows if code in str(row) and "reinstate" in str(row)]
    assert [("this voucher had paid for" in row, '"money":[500,"PLN",2]' in row) for row in told] == [(True, True)]
    # 50.00 - 30.00 - 20.00 + 5.00 can still be used.
    (lapsing,) = report(shop, "lapsing-coupons", Wanted(as_of=day("2026-12-06"))).tables
    assert [(row[4], row[6]) for row in lapsing.rows] == [(code, 5_00)]
    assert use("30.00", "B4", "2026-12-07") == 5_00
    # On the day before, 5.00 could still be used, whatever was used since.
    assert report(shop, "lapsing-coupons", Wanted(as_of=day("2026-12-06"))).tables[0].rows == lapsing.rows
    # It was used up on the 4th, though goods came back on the 6th.
    states = [report(shop, "coupons", Wanted(as_of=day(f"2026-12-0{on}"))).tables[0].rows[0][6] for on in (3, 4, 5, 6, 7)]
    assert states == ["used in part", "used", "used", "used in part", "used"]
    with pytest.raises(Refused, match="was used on"):
        use("10.00", "B5", "2026-12-07")
    assert recalc(shop, as_of=day("2026-12-07"), everyone=True).data["entries"] == 0
    assert proven_books(shop).entries == ()
