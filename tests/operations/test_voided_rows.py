"""Receipts that take back goods of their own: a row crossed out at the till, or goods exchanged for their like; by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.products import import_products
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.test_returns import bring
from tests.operations.test_returns import PROGRAM
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns import use
from tests.operations.test_returns_and_other_rules import quiet

if TYPE_CHECKING:
    from pathlib import Path

DOUBLE = PROGRAM.replace("1.00}\n", "1.00}\n    double: {multiply: 2, only: {dates: 2026-03-05 to 2026-03-06}}\n")
TIERS = "tiers: {by: spend, counted_over: lifetime, going_down: never, ladder: {guest: {at_least: 0}, friend: {at_least: 500}}}\n"
LARGE = "rewards: {large: {when: {one_purchase: 100.00}, give: {points: 50}}}\n"
TIMES = "".join(f"    {name}: {{multiply: {times}, only: {{products: {name}}}}}\n" for name, times in (("A", 2), ("B", 3), ("C", 4)))
BY_PRODUCT = PROGRAM.replace("1.00}\n", f"1.00}}\n{TIMES}")
PIECES = PROGRAM.replace("points: 1, for_every: 1.00", "points: 3, for_quantity: 1")


def test_a_row_that_is_crossed_out_on_its_own_receipt_was_never_bought(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,100.00,,",
        "2,2026-03-05 10:00:00,Market,2901,X,x,6,600.00,,",
        "2,2026-03-05 10:00:00,Market,2901,X,x,-6,-600.00,,",
        "2,2026-03-05 10:00:00,Market,2901,Y,y,1,20.00,,",
        "3,2026-03-06 10:00:00,Market,2901,X,x,1,700.00,,",
        "3,2026-03-06 10:00:00,Market,2901,X,x,-1,-700.00,,",
        program=DOUBLE + TIERS + LARGE,
    )
    # 100 + 50 for the 100.00, twice 20 for what was left of the second; nothing is left of the third, which is no visit.
    assert stand(shop) == {"2901": (190, 12_000, 2)}
    # 120.00 are no 500.00, and 600.00 never were: the books hold 100, 50, 20 and the 20 that double gives.
    assert asked(shop, "SELECT tier FROM standing") == [("guest",)]
    assert asked(shop, "SELECT quantity FROM ledger ORDER BY quantity") == [(20,), (20,), (50,), (100,)]
    assert quiet(shop)


def test_goods_are_crossed_out_with_their_part_of_a_discount_on_a_row_of_its_own(tmp_path: Path) -> None:
    # Two for 20.00 less 10.00; one of them is crossed out at 10.00 less 5.00: one piece for 5.00 is bought, beside bread for 4.00.
    row = "1,2026-03-02 10:00:00,Market,2901"
    rows = [f"{row},X,x,2,20.00,,", f"{row},X,x,1,-10.00,,", f"{row},X,x,-1,-10.00,,", f"{row},X,x,-1,5.00,,", f"{row},Y,y,1,4.00,,"]
    assert stand(shop_with(tmp_path / "money", *rows)) == {"2901": (9, 900, 1)}
    assert stand(shop_with(tmp_path / "pieces", *rows, program=PIECES)) == {"2901": (6, 900, 1)}


def test_what_was_bought_before_and_is_exchanged_for_its_like_brings_nothing_new(tmp_path: Path) -> None:
    # On a day that counts double a coat of 100.00 is exchanged for the same at 90.00, with 10.00 back: 90 points are left, not 180.
    coat = "1,2026-03-02 10:00:00,Market,2901,X,x,1,100.00,,"
    swap = ("2,2026-03-05 10:00:00,Market,2901,X,x,-1,-100.00,,", "2,2026-03-05 10:00:00,Market,2901,X,x,1,90.00,,")
    shop = shop_with(tmp_path / "cheaper", coat, *swap, program=DOUBLE)
    assert stand(shop) == {"2901": (90, 9_000, 1)}
    # It is one piece still: 3 points.
    shop = shop_with(tmp_path / "pieces", coat, *swap, program=PIECES)
    assert stand(shop) == {"2901": (3, 9_000, 1)}
    # One that names its sale is brought back to it, and what is bought is bought: 180.
    shop = shop_with(tmp_path / "named", coat, swap[0][:-2] + ",1,", swap[1], program=DOUBLE)
    assert stand(shop) == {"2901": (180, 9_000, 1)}


def test_pieces_of_two_purchases_come_back_as_many_as_each_had(tmp_path: Path) -> None:
    # Two pieces at 10.00, then one at 8.00; two come back for 18.00: the one at 8.00, and one at 10.00. One is left: 3 points.
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,2,20.00,,",
        "2,2026-03-03 10:00:00,Market,2901,X,x,1,8.00,,",
        "3,2026-03-04 10:00:00,Market,2901,X,x,-2,-18.00,,",
        program=PIECES,
    )
    assert stand(shop) == {"2901": (3, 1_000, 1)}


def test_a_row_is_crossed_out_beside_goods_that_the_tills_column_paid_in_full(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,A,a,1,10.00,,10.00",
        "1,2026-03-02 10:00:00,Market,2901,B,b,1,20.00,,",
        "1,2026-03-02 10:00:00,Market,2901,C,c,1,5.00,,",
        "1,2026-03-02 10:00:00,Market,2901,C,c,-1,-5.00,,",
        program=BY_PRODUCT,
    )
    # A was paid otherwise and C was not bought: three times 20.00.
    assert stand(shop) == {"2901": (60, 2_000, 1)}


def test_points_that_paid_pay_nothing_of_an_excluded_row_that_is_crossed_out(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,1000.00,,")
    import_products(shop, [export(shop, "products.csv", "T,tobacco,yes", header="code,category,excluded")])
    stand(shop, "2026-03-01")
    use(shop, 100, basket="60.00", receipt="3", day="2026-03-02")
    bring(
        shop,
        "3,2026-03-02 10:00:00,Market,2901,X,x,1,45.00,,",
        "3,2026-03-02 10:00:00,Market,2901,T,t,1,35.00,,",
        "3,2026-03-02 10:00:00,Market,2901,T,t,-1,-20.00,,",
    )
    # 100 points paid 10.00 of 45.00 and of the 15.00 of tobacco that were left, 7.50 and 2.50: 1000 - 100 + 37.
    assert stand(shop) == {"2901": (937, 103_750, 2)}
    assert quiet(shop)


def test_points_used_on_a_receipt_that_crosses_out_all_its_own_goods_come_back(tmp_path: Path) -> None:
    def after(rows: tuple[str, str], points: int, folder: str) -> tuple[int, int, int]:
        first = "0,2026-03-01 10:00:00,Market,2901,X,x,1,1000.00,,"
        shop = shop_with(tmp_path / folder, first, program=DOUBLE + TIERS + LARGE)
        stand(shop, "2026-03-01")
        use(shop, points, basket="200.00", receipt="3", day="2026-03-05")
        bring(shop, *(f"3,2026-03-05 10:00:00,Market,2901,X,x,{row},," for row in rows))
        stood = stand(shop)["2901"]
        assert quiet(shop)
        left = "[(-800,), (1,), (50,), (800,), (1000,)]"
        assert folder != "all" or str(asked(shop, "SELECT quantity FROM ledger ORDER BY 1")) == left
        return stood

    # 1000 + 50 for the large purchase - 800 + 800. The receipt is no visit, and nothing else moved with it: the 1 is the tier.
    assert after(("1,200.00", "-1,-200.00"), 800, "all") == (1050, 100_000, 1)
    # Where one of two is crossed out the points paid for the other: 100.00 less 10.00 earn twice 90. 1050 - 100 + 180.
    assert after(("2,200.00", "-1,-100.00"), 100, "one") == (1130, 109_000, 2)
