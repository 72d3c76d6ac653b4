"""Returns where they meet caps, lapsing points, points used, discount rows, other versions: the whole road, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.imports.redemptions import import_redemptions
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_returns import bring
from tests.operations.test_returns import END
from tests.operations.test_returns import PROGRAM
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns import use

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

BY_POINTS = "tiers: {by: points, counted_over: calendar year, ladder: {guest: {at_least: 0}, friend: {at_least: 50}}}\n"


def with_terms(terms: str, more: str = "") -> str:
    """The program with other terms of points and other blocks."""
    return PROGRAM.replace("  one_point", f"  {terms}\n  one_point") + more


def qualifying(shop: Shop) -> int:
    found: int = asked(shop, "SELECT qualifying FROM standing")[0][0]
    return found


def quiet(shop: Shop) -> bool:
    return recalc(shop, as_of=day_from_iso(END), everyone=True).data["entries"] == 0


def test_goods_that_points_paid_in_full_come_back_in_parts(tmp_path: Path) -> None:
    rows = ("3,2026-03-02 10:00:00,Market,2901,Y,y,2,100.00,,100.00", "4,2026-03-03 10:00:00,Market,2901,Y,y,-1,-50.00,3,")
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,1000.00,,")
    stand(shop, "2026-03-01")
    use(shop, 1000, basket="100.00", receipt="3", day="2026-03-02")
    bring(shop, *rows)
    # Half of the goods: half of the 1000 points; the visit stays until the other half comes.
    assert stand(shop) == {"2901": (500, 100_000, 2)}
    bring(shop, "5,2026-03-04 10:00:00,Market,2901,Y,y,-1,-50.00,3,")
    assert stand(shop) == {"2901": (1000, 100_000, 1)}
    assert quiet(shop)


def test_a_part_of_what_the_tills_column_paid_in_full_is_not_told_as_too_much(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,100.00,,100.00",
        "2,2026-03-03 10:00:00,Market,2901,X,x,-1,-10.00,1,",
    )
    assert recalc(shop, as_of=day_from_iso(END)).warnings == []
    assert stand(shop) == {"2901": (0, 0, 1)}


def test_what_a_cap_kept_back_from_later_receipts_is_theirs_when_an_earlier_one_comes_back(tmp_path: Path) -> None:
    # 80 on 2 March, 80 on 22 March of which a cap of 100 lets 20 through. The first comes back: 80, all of the second receipt.
    rows = (
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,80.00,,",
        "2,2026-03-22 10:00:00,Market,2901,Y,y,1,80.00,,",
        "3,2026-03-25 10:00:00,Market,2901,X,x,-1,-80.00,1,",
    )
    shop = shop_with(tmp_path / "month", *rows, program=with_terms("at_most: {month: 100}\n  lapse_after: 30 days", BY_POINTS))
    # They live through 21 April, 30 days after the second receipt, not through 1 April.
    assert stand(shop, "2026-04-21") == {"2901": (80, 8000, 1)}
    assert qualifying(shop) == 80
    assert stand(shop, "2026-04-22")["2901"][0] == 0
    # Points that still wait go on waiting, until 5 April.
    shop = shop_with(tmp_path / "waiting", *rows, program=with_terms("at_most: {month: 100}\n  usable_after: 14 days"))
    assert stand(shop, "2026-04-04")["2901"][0] == 0
    assert stand(shop, "2026-04-05")["2901"][0] == 80
    # A receipt that got nothing at all counts for the ladder once there is room.
    rows = (rows[0].replace("80.00", "100.00"), rows[1].replace("03-22", "03-02"), rows[2].replace("80.00", "100.00"))
    shop = shop_with(tmp_path / "day", *rows, program=with_terms("at_most: {day: 100}", BY_POINTS))
    assert stand(shop)["2901"][0] == qualifying(shop) == 80


def test_a_cap_of_another_version_in_the_month_is_that_of_its_own_receipts(tmp_path: Path) -> None:
    # 80, then from a cap of 150: 70 of 80. Without the first receipt the second gives all of its 80.
    shop = shop_with(tmp_path, "1,2026-02-02 10:00:00,Market,2901,X,x,1,80.00,,", program=with_terms("at_most: {month: 100}"))
    stand(shop, "2026-02-10")
    shop.program.write_text(with_terms("at_most: {month: 150}"), encoding="utf-8")
    adopt_program(shop, from_day=day_from_iso("2026-02-15"), by="Ola")
    bring(shop, "2,2026-02-20 10:00:00,Market,2901,Y,y,1,80.00,,", "3,2026-02-21 10:00:00,Market,2901,X,x,-1,-80.00,1,")
    assert stand(shop) == {"2901": (80, 8000, 1)}


def test_points_that_came_back_and_lapsed_are_not_taken_once_more_with_what_gave_them(tmp_path: Path) -> None:
    # 200 of A end on 10 February; 150 of them pay B, come back on 4 March and lapse at once. Then A comes back: nothing is owed.
    shop = shop_with(tmp_path, "A,2026-01-10 10:00:00,Market,2901,X,x,1,200.00,,", program=with_terms("lapse_after: 1 month"))
    stand(shop, "2026-01-31")
    use(shop, 150, basket="15.00", receipt="B", day="2026-02-01")
    bring(
        shop,
        "B,2026-02-01 10:00:00,Market,2901,Y,y,1,15.00,,",
        "C,2026-03-04 10:00:00,Market,2901,Y,y,-1,-15.00,B,",
        "D,2026-03-05 10:00:00,Market,2901,X,x,-1,-200.00,A,",
    )
    assert stand(shop) == {"2901": (0, 0, 0)}
    assert quiet(shop)


def test_points_given_again_while_they_wait_go_on_waiting(tmp_path: Path) -> None:
    # Bread 100.00, cake 50.00 and a discount of 30.00 give 120. Bread back: 20 left; its discount with tea, which gave nothing: 50.
    program = with_terms("usable_after: 14 days").replace("1.00}", "1.00, only: {except_categories: [tea]}}")
    shop = shop_with(
        tmp_path,
        "A,2026-03-01 10:00:00,Market,2901,B,bread,1,100.00,,",
        "A,2026-03-01 10:00:00,Market,2901,C,cake,1,50.00,,",
        "A,2026-03-01 10:00:00,Market,2901,T,tea,1,50.00,,",
        "A,2026-03-01 10:00:00,Market,2901,R,rabat,1,-30.00,,",
        "B,2026-03-03 10:00:00,Market,2901,B,bread,-1,-100.00,A,",
        "C,2026-03-04 10:00:00,Market,2901,T,tea,-1,-50.00,A,",
        "C,2026-03-04 10:00:00,Market,2901,R,rabat,-1,30.00,A,",
        program=program,
    )
    assert stand(shop, "2026-03-14")["2901"][0] == 0
    assert stand(shop, "2026-03-15") == {"2901": (50, 5000, 1)}


def test_what_came_back_of_no_known_purchase_counts_for_the_ladder_of_the_next_version_too(tmp_path: Path) -> None:
    ladder = "tiers: {by: spend, counted_over: lifetime, going_down: at once, ladder: {guest: {at_least: 0}, friend: {at_least: 80.00}}}\n"
    rows = ("1,2026-01-10 10:00:00,Market,2901,X,x,1,70.00,,", "2,2026-02-10 10:00:00,Market,2901,Z,z,-1,-50.00,,")
    for by, until, counts in (("spend", PROGRAM + ladder, 4000), ("points", PROGRAM + BY_POINTS, 60)):
        shop = shop_with(tmp_path / by, *rows, program=until)
        stand(shop, "2026-02-28")
        shop.program.write_text(until.replace("basic: {points: 1", "basic: {points: 2"), encoding="utf-8")
        adopt_program(shop, from_day=day_from_iso("2026-03-01"), by="Ola")
        bring(shop, "3,2026-03-10 10:00:00,Market,2901,X,x,1,20.00,,")
        # 70 - 50 + 20 of money; of points 70 - 50 + 2 x 20.
        assert stand(shop) == {"2901": (60, 4000, 2)}
        assert qualifying(shop) == counts


def test_a_row_above_zero_that_undoes_no_discount_stays_with_the_shop(tmp_path: Path) -> None:
    # Of 100.00 for the mug 90.00 are paid back: 10.00 and 10 points are left, whether the sale is named or found.
    for name, original in (("named", "1"), ("found", "")):
        shop = shop_with(
            tmp_path / name,
            "1,2026-03-02 10:00:00,Market,2901,M,mug,1,100.00,,",
            f"2,2026-03-03 10:00:00,Market,2901,M,mug,-1,-100.00,{original},",
            f"2,2026-03-03 10:00:00,Market,2901,F,rabat,-1,10.00,{original},",
        )
        assert stand(shop) == {"2901": (10, 1000, 1)}


def test_goods_that_come_back_at_their_price_before_the_discount_of_their_receipt_are_told_as_more_than_it(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,100.00,,",
        "1,2026-03-02 10:00:00,Market,2901,R,rabat,1,-30.00,,",
        "2,2026-03-03 10:00:00,Market,2901,B,bread,-1,-100.00,1,",
    )
    assert [str(warning) for warning in recalc(shop, as_of=day_from_iso(END)).warnings] == [
        "Return 2 of Market is more than its purchase by 30.00 PLN; nothing was taken for that."
    ]
    assert stand(shop) == {"2901": (0, 0, 0)}


def test_by_money_a_return_that_names_no_sale_takes_its_share_of_the_one_it_is_found_on(tmp_path: Path) -> None:
    # Half of the money comes back: 50 of 100 points, though tobacco gave none; then all that is left.
    program = "returns: by money\n" + PROGRAM.replace("1.00}", "1.00, only: {except_categories: [tobacco]}}")
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,",
        "1,2026-03-02 10:00:00,Market,2901,C,tobacco,1,100.00,,",
        "2,2026-03-03 10:00:00,Market,2901,C,tobacco,-1,-110.00,,",
        "2,2026-03-03 10:00:00,Market,2901,R,rabat,-1,10.00,,",
        program=program,
    )
    assert stand(shop) == {"2901": (50, 10_000, 1)}
    bring(shop, "3,2026-03-04 10:00:00,Market,2901,T,tea,-1,-100.00,,")
    assert stand(shop) == {"2901": (0, 0, 0)}


def test_reduced_goods_come_back_as_reduced_goods(tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "shop", PROGRAM.replace("1.00}", "1.00, only: {full_price: yes}}"))
    header = "receipt,date,store,card,product,category,quantity,amount,discount,original_receipt"
    rows = (
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,10.00,0,",
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,8.00,2.00,",
        "2,2026-03-03 10:00:00,Market,2901,X,x,-1,-8.00,2.00,1",
    )
    taken_in(shop, export(shop, "a.csv", *rows, header=header))
    assert stand(shop) == {"2901": (10, 1000, 1)}


def test_points_used_on_a_receipt_that_does_not_come_pay_nothing_of_the_next_one(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,1000.00,,")
    stand(shop, "2026-03-01")
    use(shop, 400, basket="100.00", receipt="3", day="2026-03-02")
    bring(shop, "4,2026-03-02 12:00:00,Market,2901,Y,y,1,100.00,,")
    # 1000 - 400 + 100; once receipt 3 comes, 60 more for its 60.00 of money.
    assert stand(shop) == {"2901": (700, 110_000, 2)}
    bring(shop, "3,2026-03-02 13:00:00,Market,2901,Z,z,1,100.00,,")
    assert stand(shop) == {"2901": (760, 116_000, 3)}


def test_points_pay_for_excluded_goods_too_whether_the_list_or_a_rule_excludes_them(tmp_path: Path) -> None:
    rows = (
        "3,2026-03-02 12:00:00,Market,2901,B,bread,1,100.00,,",
        "3,2026-03-02 12:00:00,Market,2901,T,tobacco,1,900.00,,",
        "4,2026-03-03 12:00:00,Market,2901,B,bread,-1,-100.00,3,",
        "5,2026-03-04 12:00:00,Market,2901,T,tobacco,-1,-900.00,3,",
    )
    by_rule = shop_in(tmp_path / "rule", PROGRAM.replace("1.00}", "1.00, only: {except_categories: [tobacco]}}"))
    by_list = shop_in(tmp_path / "list", PROGRAM)
    import_products(by_list, [export(by_list, "products.txt", "T,Cigarettes,tobacco,yes", header="code,name,category,excluded")])
    for shop in (by_rule, by_list):
        bring(shop, "0,2026-03-01 10:00:00,Market,2901,B,bread,1,500.00,,")
        stand(shop, "2026-03-01")
        use(shop, 500, basket="1000.00", receipt="3", day="2026-03-02")
        bring(shop, *rows)
        # 500 points pay 50.00, a tenth of it of the bread: 95 points. Bread back: these 95, and a tenth of the 500; tobacco the rest.
        assert [stand(shop, f"2026-03-0{day}")["2901"][0] for day in (2, 3, 4)] == [95, 50, 500]
        assert quiet(shop)


def test_a_number_that_the_stores_own_receipt_has_by_chance_is_that_of_the_card_or_of_the_goods(tmp_path: Path) -> None:
    rows = ["17,2026-03-02 11:00:00,Station,2902,B,bread,1,50.00,,", "17,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,"]
    for name, card in (("card", "2901"), ("goods", "")):
        for order in (1, -1):
            shop = shop_with(tmp_path / f"{name} {order}", f"5,2026-03-03 10:00:00,Station,{card},T,tea,-1,-40.00,17,")
            for row in rows[::order]:
                bring(shop, row)
                stand(shop, "2026-03-04")
            assert stand(shop) == {"2901": (60, 6000, 1), "2902": (50, 5000, 1)}
    # Somebody else's return of what is on that receipt belongs to it.
    shop = shop_with(tmp_path / "gift", *rows, "5,2026-03-03 10:00:00,Station,2901,B,bread,-1,-40.00,17,")
    assert stand(shop) == {"2901": (100, 10_000, 1), "2902": (10, 1000, 1)}


def test_a_least_life_holds_also_where_points_lapse_without_a_purchase(tmp_path: Path) -> None:
    # 200 of 10 January, 150 of them used on the 15th; all is over 20 days later. What comes back on 20 February lives through 22 March.
    program = with_terms("lapse_without_purchase: 20 days\n  given_back_for: 30 days")
    shop = shop_with(tmp_path, "A,2026-01-10 10:00:00,Market,2901,X,x,1,200.00,,", program=program)
    stand(shop, "2026-01-14")
    use(shop, 150, basket="15.00", receipt="B", day="2026-01-15")
    bring(shop, "B,2026-01-15 10:00:00,Market,2901,Y,y,1,15.00,,", "C,2026-02-20 10:00:00,Market,2901,Y,y,-1,-15.00,B,")
    assert stand(shop, "2026-02-25")["2901"][0] == 150
    # A purchase for 1.00, whose point lapses after 18 March, shortens nothing.
    bring(shop, "D,2026-02-26 10:00:00,Market,2901,Z,z,1,1.00,,")
    assert stand(shop, "2026-03-22")["2901"][0] == 150
    assert stand(shop, "2026-03-23")["2901"][0] == 0


def test_what_a_reward_gave_stays_its_own_with_a_least_life(tmp_path: Path) -> None:
    # 30 + 7 of the reward pay C and come back with a life through 12 April; all of them go with B. D's 20 lapse after 13 March.
    program = with_terms(
        "lapse_without_purchase: 2 months\n  given_back_for: 90 days",
        "rewards:\n  big: {when: {one_purchase: 30.00}, give: {points: 7}}\n",
    )
    shop = shop_with(tmp_path, "B,2026-01-06 10:00:00,Market,2901,X,x,1,30.00,,", program=program)
    stand(shop, "2026-01-09")
    use(shop, 37, basket="3.70", receipt="C", day="2026-01-10")
    bring(
        shop,
        "C,2026-01-10 10:00:00,Market,2901,Y,y,1,3.70,,",
        "E,2026-01-12 10:00:00,Market,2901,Y,y,-1,-3.70,C,",
        "D,2026-01-13 10:00:00,Market,2901,Z,z,1,20.00,,",
        "F,2026-01-20 10:00:00,Market,2901,X,x,-1,-30.00,B,",
    )
    assert stand(shop, "2026-03-13")["2901"][0] == 20
    assert stand(shop, "2026-03-14")["2901"][0] == 0


def test_points_used_in_one_second_are_ordered_by_store_and_receipt_not_by_import(tmp_path: Path) -> None:
    # A's 100 live through 9 February, B's through 19 February. Receipt 1 is paid with A's, and gives them back.
    uses = ["2026-01-25,Market,1,2901,100,10.00,one", "2026-01-25,Market,2,2901,100,10.00,two"]
    for order in (1, -1):
        shop = shop_with(
            tmp_path / str(order),
            "A,2026-01-10 10:00:00,Market,2901,X,x,1,100.00,,",
            "B,2026-01-20 10:00:00,Market,2901,X,x,1,100.00,,",
            program=with_terms("lapse_after: 30 days"),
        )
        stand(shop, "2026-01-21")
        for row in uses[::order]:
            import_redemptions(shop, [export(shop, f"{row[-3:]}.txt", row, header="date,store,receipt,card,points,amount,key")])
        bring(
            shop,
            "1,2026-01-25 10:00:00,Market,2901,Y,y,1,10.00,,",
            "2,2026-01-25 11:00:00,Market,2901,Y,y,1,10.00,,",
            "3,2026-01-26 11:00:00,Market,2901,Y,y,-1,-10.00,1,",
        )
        assert stand(shop, "2026-02-09")["2901"][0] == 100
        assert stand(shop, "2026-02-10")["2901"][0] == 0


def test_used_points_come_back_to_whoever_gave_them_when_their_own_receipt_had_come_back_before(tmp_path: Path) -> None:
    # 200 of A end on 10 February; 150 of them pay B. A comes back: 50 are there, 150 are owed. B comes back when A's are over.
    program = with_terms("lapse_after: 1 month")
    rows = (
        "B,2026-02-01 10:00:00,Market,2901,Y,y,1,15.00,,",
        "C,2026-02-05 10:00:00,Market,2901,X,x,-1,-200.00,A,",
        "D,2026-03-04 10:00:00,Market,2901,Y,y,-1,-15.00,B,",
    )
    for name, kept, points in (("owed", (), 0), ("paid", ("E,2026-02-20 10:00:00,Market,2901,Z,z,1,180.00,,",), 180)):
        shop = shop_with(tmp_path / name, "A,2026-01-10 10:00:00,Market,2901,X,x,1,200.00,,", program=program)
        stand(shop, "2026-01-31")
        use(shop, 150, basket="15.00", receipt="B", day="2026-02-01")
        bring(shop, *rows[:2], *kept)
        # E's 180 pay what is owed: 30 are left.
        assert stand(shop, "2026-02-28")["2901"][0] == (30 if kept else -150)
        bring(shop, rows[2])
        # As if only E had been bought: its points live through 20 March.
        assert stand(shop, "2026-03-20")["2901"][0] == points
        assert stand(shop, "2026-03-21")["2901"][0] == 0
