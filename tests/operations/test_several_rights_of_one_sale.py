"""A purchase that gives points and coupons: its money is shared by the stand-alone prices of the goods and of all that it gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import span_of_month
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.store.ledger.due import mark_due
from tests.operations.test_month_pack import differences
from tests.operations.test_month_pack import EVERYTHING
from tests.operations.test_month_pack import tables_of
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

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


def shop_of(folder: Path, program: str) -> Shop:
    """A purchase of 200.00 on 1 December whose coupons were issued."""
    shop = make_shop(folder, program)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(at(shop, "2026-12-02"), as_of=day("2026-12-02"))
    return shop


def at(shop: Shop, on: str) -> Shop:
    """The shop on the morning of a day."""
    return replace(shop, now=datetime.fromisoformat(f"{on}T06:00:00+00:00"))


def sums(shop: Shop, month: str, column: str) -> tuple[int, ...]:
    """What the pack of a month sums for points and for coupons; every figure of it ties to another."""
    recalc(shop, as_of=span_of_month(month)[1])
    pack = month_pack(shop, month)
    assert set(differences(pack)) == {0}
    tables: Any = tables_of(pack)
    return tuple(sum(row[column] for row in tables[name]) for name in ("owed", "owed-for-coupons"))


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
    shop = shop_of(tmp_path / "shop", PROGRAM.replace("POLICY", policy).replace("TREATMENT", treatment))
    assert sums(shop, "2026-12", "closing") == (points, coupons)
    # Whose sale it is changes nothing of what was sold: the member becomes one with another who has nothing.
    member_merge(shop, "2901", "2902")
    assert sums(shop, "2026-12", "closing") == (points, coupons)


def test_a_sale_that_gave_points_alone_is_shared_as_if_no_other_gave_more(tmp_path: Path) -> None:
    # 90 points x 0.05 x 90 % = 4.05 of 90.00: 90 x 4.05 / 94.05 = 3.876. Of 200.00 they take 7.725, as above: 11.60 together.
    shop = shop_of(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral").replace("TREATMENT", "deferral"))
    put_receipts(shop, Receipt("A2", 2, day("2026-12-05"), (("tea", 90_00),)))
    assert sums(shop, "2026-12", "closing") == (1_160, 2_060)


@pytest.mark.parametrize(("old", "new"), [("2901", "2902"), ("2902", "2901")])
def test_a_sale_is_shared_as_on_its_day_where_it_becomes_another_member_s_later(tmp_path: Path, old: str, new: str) -> None:
    """From January on half of the points are expected to be used. What December deferred, 7.73 and 20.60, stays what it was."""
    program = PROGRAM.replace("POLICY", "deferral").replace("TREATMENT", "deferral")
    shop = shop_of(tmp_path / "shop", program.replace("expected_use: 90%", "expected_use: {2026-01-01: 90%, 2027-01-01: 50%}"))
    if old == "2902":
        with shop.changing() as connection:
            connection.execute("UPDATE card SET member_id = 3 - member_id WHERE number IN ('2901', '2902')")
    assert sums(shop, "2026-12", "closing") == (773, 2_060)
    month_close(at(shop, "2027-01-09"), "2026-12", accepted=EVERYTHING)
    member_merge(at(shop, "2027-01-10"), old, new)
    assert sums(shop, "2027-01", "restated") == (0, 0)


def test_a_coupon_that_is_sold_keeps_its_price_where_a_purchase_gave_it(tmp_path: Path) -> None:
    # 200 points x 0.05 x 90 % = 9.00 of a sale of 200.00: 200 x 9 / 209 = 8.61. Two coupons at their price of 15.00.
    shop = shop_of(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral").replace("TREATMENT", "sold"))
    assert sums(shop, "2026-12", "closing") == (861, 3_000)


@pytest.mark.parametrize("on", ["2026-12-20", "2027-01-20"])
def test_a_receipt_that_took_goods_back_keeps_its_part_where_two_members_become_one(tmp_path: Path, on: str) -> None:
    """250.00 less 50.00 are 200.00, as above, and so is another sale of the month: 2 x 7.725 = 15.45 and 2 x 20.601 = 41.20."""
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral").replace("TREATMENT", "deferral"))
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 250_00), ("cake", -50_00))))
    put_receipts(shop, Receipt("A2", 2, day("2026-12-01"), (("tea", 200_00),)))
    recalc(shop, as_of=day("2026-12-01"))
    issue_coupons(at(shop, "2026-12-02"), as_of=day("2026-12-02"))
    assert sums(shop, "2026-12", "closing") == (1_545, 4_120)
    member_merge(at(shop, on), "2901", "2903")
    assert sums(shop, "2026-12", "closing") == (1_545, 4_120)


def test_what_is_put_right_of_a_sale_after_closing_leaves_the_part_of_other_sales(tmp_path: Path) -> None:
    """90.00 gave points alone (3.876), and of 200.00 only 150.00 were right.

    By what they gave on their day: 150 x 9 / 183 = 7.377 for 200 points, 5.533 for 150 of them; coupons 150 x 24 / 183 = 19.672.
    """
    shop = shop_of(tmp_path / "shop", PROGRAM.replace("POLICY", "deferral").replace("TREATMENT", "deferral"))
    put_receipts(shop, Receipt("A2", 2, day("2026-12-05"), (("tea", 90_00),)))
    assert sums(shop, "2026-12", "closing") == (1_160, 2_060)
    month_close(at(shop, "2027-01-09"), "2026-12", accepted=EVERYTHING)
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET total = 15000 WHERE number = 'A1'")
        connection.execute("UPDATE line SET amount = 15000 WHERE amount = 20000")
        mark_due(connection, [(1, day("2026-12-01"))])
    assert sums(shop, "2027-01", "closing") == (941, 1_967)
