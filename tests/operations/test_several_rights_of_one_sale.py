"""A purchase that gives points and coupons: its money is shared by the stand-alone prices of the goods and of all that it gave."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.pack import month_pack
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import tables_of
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
points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.05}
coupons: {next visit: {worth: 15.00, valid_for: 60 days}}
rewards:
  thanks: {when: {one_purchase: {at_least: 100.00}}, give: {coupon: next visit}}
  much: {when: {one_purchase: {at_least: 150.00}}, give: {coupon: next visit}}
books: {policy: POLICY, expected_use: 90%, coupons: {next visit: {treatment: TREATMENT, expected_use: 80%}}}
"""


@pytest.mark.parametrize(
    ("policy", "treatment", "points", "coupons"),
    [
        # 200 points x 0.05 x 90 % = 9.00, two coupons of 15.00 x 80 % = 24.00, goods 200.00: 233.00 in all.
        # Points: 200 x 9 / 233 = 7.73 (7.725); coupons: 200 x 24 / 233 = 20.60 (20.601).
        ("deferral", "deferral", 773, 2_060),
        # Two coupons alone: 200 x 24 / 224 = 21.43 (21.429).
        ("memo", "deferral", 0, 2_143),
        # What is provided for takes nothing of the sale: 200 x 9 / 209 = 8.61 (8.612); 24.00.
        ("deferral", "provision", 861, 2_400),
    ],
)
def test_the_goods_the_points_and_each_coupon_take_their_part(
    tmp_path: Path, policy: str, treatment: str, points: int, coupons: int
) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", policy).replace("TREATMENT", treatment))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(shop, as_of=day("2026-12-02"))

    def owed() -> tuple[int, int]:
        recalc(shop, as_of=day("2026-12-31"))
        pack = month_pack(shop, "2026-12")
        assert set(differences(pack)) == {0}
        tables: Any = tables_of(pack)
        return tuple(sum(row["closing"] for row in tables[name]) for name in ("owed", "owed-for-coupons"))

    assert owed() == (points, coupons)
    # Whose sale it is changes nothing of what was sold: the member becomes one with another who has nothing.
    member_merge(shop, "2901", "2902")
    assert owed() == (points, coupons)
