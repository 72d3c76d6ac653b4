"""Rewards from a till's export to the books: what they give, by which cause, and how they go on from night to night."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

HEADER = "receipt,date,store,card,product,category,quantity,amount,original_receipt"
PROGRAM = """
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
coupons: {next visit: {worth: 5.00, valid_for: 30 days}}
rewards:
  regular: {when: {visits: 3, counted_over: calendar month}, give: {badge: regular}}
  for regulars: {when: {badge: regular}, give: {coupon: next visit}}
  tenth tea: {when: {units: 9, times: every time, only: {categories: [tea]}}, give: {points: 12}}
"""
TEA = "{number},2026-03-{day:02} 10:00:00,Market,2901,T,tea,3,30.00,"


def entries(shop: Shop) -> list[tuple[object, ...]]:
    """Rule, cause, asset and change of the card's entries, as explain shows them."""
    return [(row[1], str(said_again(str(row[2]))), *row[3:5]) for row in explain(shop, "2901").tables[1].rows]


def code(shop: Shop) -> list[tuple[str, str]]:
    """The coupon's code and what happened to it last."""
    return asked(
        shop,
        "SELECT code, (SELECT what FROM coupon_event WHERE coupon_id = coupon.id ORDER BY id DESC LIMIT 1) FROM coupon",
    )


def test_causes_are_windows_and_a_late_receipt_moves_the_day_but_not_the_coupon(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = [TEA.format(number=number, day=day) for number, day in ((1, 2), (2, 5), (3, 9))]
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-10"))
    issue_coupons(shop, as_of=day_from_iso("2026-03-11"))
    # 3 visits in March: the badge, and by it the coupon; 3 x 3 pieces: 12 points. All on 9 March.
    assert entries(shop) == [
        ("rewards.regular", "time 1 since 2026-03-01", "badge:regular", 1),
        ("rewards.for regulars", "time 1", "coupon:next visit", 1),
        ("rewards.tenth tea", "time 1", "points", 12),
    ]
    before = code(shop)
    # A fourth receipt of 7 March comes late: all was reached on the 7th, the ninth piece too.
    taken_in(shop, export(shop, "b.csv", TEA.format(number=4, day=7), header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-12"))
    issue_coupons(shop, as_of=day_from_iso("2026-03-13"))
    assert code(shop) == before == [(before[0][0], "issued")]
    assert asked(shop, "SELECT points FROM standing") == [(12,)]


def test_goods_that_come_back_withdraw_the_coupon_and_buying_again_brings_the_same_code(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = [TEA.format(number=number, day=day) for number, day in ((1, 2), (2, 5), (3, 9))]
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-10"))
    issue_coupons(shop, as_of=day_from_iso("2026-03-10"))
    first = code(shop)[0][0]
    taken_in(shop, export(shop, "b.csv", "5,2026-03-11 10:00:00,Market,2901,T,tea,-3,-30.00,3", header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-12"))
    issue_coupons(shop, as_of=day_from_iso("2026-03-12"))
    assert code(shop) == [(first, "withdrawn")]
    assert asked(shop, "SELECT points FROM standing") == [(0,)]
    taken_in(shop, export(shop, "c.csv", TEA.format(number=6, day=13), header=HEADER))
    recalc(shop, as_of=day_from_iso("2026-03-14"))
    issue_coupons(shop, as_of=day_from_iso("2026-03-14"))
    assert code(shop) == [(first, "issued")]
    # 6 + 3 pieces are nine again
    assert asked(shop, "SELECT points FROM standing") == [(12,)]
    assert recalc(shop, as_of=day_from_iso("2026-03-14"), everyone=True).data["entries"] == 0
