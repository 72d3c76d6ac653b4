"""Points by pieces, prices, coupons and cards through the whole road, from the till's export to the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

HEAD = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
"""
HEADER = "receipt,date,store,card,product,category,quantity,amount,discount,original_receipt"


def shop_with(tmp_path: Path, rules: str, *rows: str) -> Shop:
    shop = shop_in(tmp_path / "shop", HEAD + rules)
    taken_in(shop, export(shop, "a.csv", *rows, header=HEADER))
    return shop


def points(shop: Shop, until: str = "2026-03-31") -> dict[str, int]:
    """Points by card."""
    recalc(shop, as_of=day_from_iso(until))
    return dict(asked(shop, "SELECT c.number, st.points FROM standing st JOIN card c ON c.member_id = st.member_id"))


def test_pieces_and_kilograms_are_those_of_the_lines(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "    tea: {points: 5, for_quantity: 1, only: {categories: [tea]}}\n    all: {points: 1, for_quantity: 0.5}\n",
        "1,2026-03-01 10:00:00,Market,2901,T,tea,3,30.00,,",
        "1,2026-03-01 10:00:00,Market,2901,C,cheese,0.750,40.00,,",
        "2,2026-03-02 10:00:00,Market,2902,T,tea,2,10.00,,",
        "3,2026-03-03 10:00:00,Market,2902,T,tea,-1,-5.00,,2",
        "4,2026-03-04 10:00:00,Market,2902,T,tea,-1,-5.00,,",
        "5,2026-03-05 10:00:00,Market,2902,B,bread,-2,-5.00,,",
    )
    # 2901: tea 3 x 5, all 3.75 x 2 = 7.5: 22.5, down to 22. 2902: 2 x (5 + 2) = 14, 7 and 7 back; bread nobody bought: 2 x 2.
    assert points(shop) == {"2901": 22, "2902": -4}
    assert recalc(shop, as_of=day_from_iso("2026-03-31"), everyone=True).data["entries"] == 0


def test_without_any_other_filter_pieces_are_read_too_and_a_night_later_the_same(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "    each: {points: 1, for_quantity: 1}\n", "1,2026-03-01 10:00:00,Market,2901,T,tea,3,30.00,,")
    assert points(shop, "2026-03-01") == {"2901": 3}
    taken_in(shop, export(shop, "b.csv", "2,2026-03-02 10:00:00,Market,2901,T,tea,2,10.00,,", header=HEADER))
    assert points(shop) == {"2901": 5}


def test_a_line_with_a_discount_is_reduced(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "    full price: {points: 1, for_every: 1.00, only: {full_price: yes}}\n",
        "1,2026-03-01 10:00:00,Market,2901,T,tea,1,30.00,,",
        "1,2026-03-01 10:00:00,Market,2901,T,tea,1,25.00,5.00,",
        "2,2026-03-02 10:00:00,Market,2902,T,tea,1,30.00,,",
        "3,2026-03-03 10:00:00,Market,2902,T,tea,-1,-30.00,,2",
    )
    assert points(shop) == {"2901": 30, "2902": 0}


def test_a_receipt_with_a_coupon_is_told_from_others(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "    basic: {points: 1, for_every: 1.00, only: {coupon_used: no}}\n",
        "1,2026-03-01 10:00:00,Market,2901,T,tea,1,30.00,,",
        "2,2026-03-02 10:00:00,Market,2901,T,tea,1,40.00,,",
    )
    with shop.changing(dry_run=False) as connection:
        connection.execute(
            "INSERT INTO redemption (member_id, kind, points, amount, store_id, receipt, day, clock, at, by, key) "
            "SELECT member_id, 'coupon', 0, 0, store_id, number, day, clock, '', '', 'k' FROM receipt WHERE number = '2'"
        )
    assert points(shop) == {"2901": 30}


def test_a_series_of_cards_counts_for_the_member_who_has_one_of_it(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "    gold: {points: 1, for_every: 1.00, only: {cards: 29010 to 29019}}\n",
        "1,2026-03-01 10:00:00,Market,29015,T,tea,1,30.00,,",
        "2,2026-03-02 10:00:00,Market,29020,T,tea,1,40.00,,",
    )
    assert points(shop) == {"29015": 30, "29020": 0}
