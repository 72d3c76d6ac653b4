"""Returns through the whole road, from the till's export to the books: what returned goods gave goes back, and no more."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.products import import_products
from loyalty_cli.operations.ledger import run
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.explain import explain
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.replay import posting
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.posting import Brought

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.10
nightly: [import, recalc]
"""
HEADER = "receipt,date,store,card,product,category,quantity,amount,original_receipt,paid_by_loyalty"
END = "2026-03-31"


def shop_with(tmp_path: Path, *rows: str, program: str = PROGRAM) -> Shop:
    shop = shop_in(tmp_path / "shop", program)
    bring(shop, *rows)
    return shop


def bring(shop: Shop, *rows: str) -> None:
    name = f"{len(list(shop.folder.glob('*.csv')))}.csv"
    taken_in(shop, export(shop, name, *rows, header=HEADER))


def stand(shop: Shop, until: str = END) -> dict[str, tuple[int, int, int]]:
    """Points, money spent and visits by card, after a recalculation."""
    recalc(shop, as_of=day_from_iso(until))
    rows = asked(
        shop,
        "SELECT c.number, st.points, st.spent, st.visits FROM standing st JOIN card c ON c.member_id = st.member_id",
    )
    return {card: (points, spent, visits) for card, points, spent, visits in rows}


def use(shop: Shop, points: int, *, basket: str, receipt: str, day: str) -> Outcome:
    till = AtTheTill(basket=basket, store="Market", receipt=receipt, day=day_from_iso(day))
    return redeem_points(shop, "2901", points, till)


def test_a_part_paid_by_the_tills_own_column_is_measured_against_the_goods(tmp_path: Path) -> None:
    # 100.00 of goods, 20.00 paid with money: 20 points. A tenth of the goods: 2 points and 2.00.
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2902,X,x,1,100.00,,80.00",
        "2,2026-03-04 10:00:00,Market,2902,X,x,-1,-10.00,1,",
    )
    assert stand(shop) == {"2902": (18, 1800, 1)}


def test_points_used_come_back_with_the_goods_in_proportion(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,1000.00,,")
    stand(shop, "2026-03-01")
    use(shop, 800, basket="100.00", receipt="3", day="2026-03-02")
    bring(shop, "3,2026-03-02 10:00:00,Market,2901,X,x,1,100.00,,", "4,2026-03-04 10:00:00,Market,2901,X,x,-1,-10.00,3,")
    # 1000 - 800 + 20; a tenth back: 80 used points come back, 2 earned ones go: 298. Spent 1000.00 + 20.00 - 2.00.
    assert stand(shop) == {"2901": (298, 101_800, 2)}
    bring(shop, "5,2026-03-05 10:00:00,Market,2901,X,x,-1,-90.00,3,")
    assert stand(shop) == {"2901": (1000, 100_000, 1)}
    assert recalc(shop, as_of=day_from_iso(END), everyone=True).data["entries"] == 0


def test_a_return_that_names_no_receipt_takes_what_it_gave_and_gives_no_points_back(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, "1,2026-03-01 10:00:00,Market,2901,A,tea,10,1000.00,,")
    stand(shop, "2026-03-02")
    use(shop, 400, basket="100.00", receipt="3", day="2026-03-11")
    bring(shop, "3,2026-03-11 10:00:00,Market,2901,B,tea,1,100.00,,", "4,2026-03-13 10:00:00,Market,2901,B,tea,-1,-100.00,,")
    # 1000 - 400, and 60 for the 60.00 paid with money; all of that came back: 600 and 1000.00.
    assert stand(shop) == {"2901": (600, 100_000, 1)}


def test_points_that_come_back_after_their_last_day_lapse_again_or_live_a_least_time(tmp_path: Path) -> None:
    rows = (
        "0,2026-01-10 10:00:00,Market,2901,X,x,1,200.00,,",
        "3,2026-02-01 10:00:00,Market,2901,X,x,1,15.00,,",
        "4,2026-03-04 10:00:00,Market,2901,X,x,-1,-15.00,3,",
    )
    lapsing = PROGRAM.replace("  one_point", "  lapse_after: 1 month\n  one_point")
    for name, program, points in (
        # The 200 points end on 10 February; of them 150 are used on 1 February and come back on 4 March.
        ("lapsed", lapsing, 0),
        ("living", lapsing.replace("  one_point", "  given_back_for: 30 days\n  one_point"), 150),
    ):
        shop = shop_in(tmp_path / name, program)
        bring(shop, rows[0])
        stand(shop, "2026-01-31")
        use(shop, 150, basket="15.00", receipt="3", day="2026-02-01")
        bring(shop, *rows[1:])
        assert stand(shop)["2901"][0] == points
        # Through 3 April, 30 days after they came back.
        assert stand(shop, "2026-04-03")["2901"][0] == points
        assert stand(shop, "2026-04-04")["2901"][0] == 0


def test_excluding_a_product_in_the_list_or_in_a_rule_is_the_same_for_points(tmp_path: Path) -> None:
    rows = (
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,100.00,,",
        "1,2026-03-02 10:00:00,Market,2901,T,tobacco,1,900.00,,",
        "2,2026-03-03 10:00:00,Market,2901,B,bread,-1,-100.00,1,",
    )
    by_rule = shop_with(tmp_path / "rule", *rows, program=PROGRAM.replace("1.00}", "1.00, only: {except_categories: [tobacco]}}"))
    by_list = shop_in(tmp_path / "list", PROGRAM)
    listed = export(by_list, "products.txt", "T,Cigarettes,tobacco,yes", header="code,name,category,excluded")
    import_products(by_list, [listed])
    bring(by_list, *rows)
    assert stand(by_rule)["2901"][0] == stand(by_list)["2901"][0] == 0


def test_a_return_in_another_store_and_on_another_card_belongs_to_the_sale_it_names(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "17,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,",
        "18,2026-03-02 11:00:00,Station,2902,B,bread,1,50.00,,",
        "5,2026-03-03 10:00:00,Station,2902,T,tea,-1,-40.00,17,",
    )
    assert stand(shop) == {"2901": (60, 6000, 1), "2902": (50, 5000, 1)}
    notes = [str(note) for table in explain(shop, "5").tables for note in table.notes]
    assert "Its goods came back of receipt Market 17." in notes


def test_a_number_that_two_other_stores_have_is_that_of_the_card_or_of_the_goods(tmp_path: Path) -> None:
    rows = (
        "17,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,",
        "17,2026-03-02 11:00:00,Station,2902,B,bread,1,50.00,,",
        "17,2026-03-02 12:00:00,Harbour,2903,C,coffee,1,30.00,,",
    )
    # Nobody's card: bread was on the receipt of Station.
    shop = shop_with(tmp_path / "goods", *rows, "5,2026-03-03 10:00:00,Garden,,B,bread,-1,-20.00,17,")
    assert stand(shop) == {"2901": (100, 10_000, 1), "2902": (30, 3000, 1), "2903": (30, 3000, 1)}
    # The card of 2903 has a receipt of that number; its class is all the same to the program.
    shop = shop_with(tmp_path / "card", *rows, "5,2026-03-03 10:00:00,Garden,2903,C,coffee,-1,-20.00,17,")
    assert stand(shop) == {"2901": (100, 10_000, 1), "2902": (50, 5000, 1), "2903": (10, 1000, 1)}


def test_a_return_by_product_finds_it_under_another_name_and_in_another_store(tmp_path: Path) -> None:
    header = "receipt,date,store,card,product,name,quantity,amount"
    shop = shop_in(tmp_path / "shop", PROGRAM)
    rows = (
        "1,2026-03-02 10:00:00,Market,2901,T01,Green tea,1,30.00",
        "2,2026-03-03 10:00:00,Market,2901,T02,Black tea,1,50.00",
        "9,2026-03-04 10:00:00,Station,2901,T01,Green tea 100 g,-1,-30.00",
    )
    taken_in(shop, export(shop, "a.csv", *rows, header=header))
    assert stand(shop) == {"2901": (50, 5000, 1)}


def test_what_fits_no_purchase_or_is_more_than_it_is_told_once(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,T,tea,1,30.00,,",
        "2,2026-03-03 10:00:00,Market,2901,T,tea,-1,-80.00,1,",
        "3,2026-03-03 11:00:00,Market,2901,C,coffee,-1,-5.00,,",
    )
    told = [str(warning) for warning in recalc(shop, as_of=day_from_iso(END)).warnings]
    assert told == [
        "Return 2 of Market is more than its purchase by 50.00 PLN; nothing was taken for that.",
        "Return 3 of Market: 5.00 PLN fit no purchase of the member and count on their own day.",
    ]
    assert recalc(shop, as_of=day_from_iso(END), everyone=True).warnings == []
    # 30 - 30; the coffee takes 5 on its own day.
    assert stand(shop)["2901"][:2] == (-5, -500)


def test_a_return_on_the_day_of_its_sale_leaves_the_books_quiet(tmp_path: Path) -> None:
    program = PROGRAM + "draws:\n  spring: {dates: 2026-03-01 to 2026-05-31, one_ticket_for_every: 10.00, prizes: {car: 1}}\n"
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,50.00,,",
        "2,2026-03-02 11:00:00,Market,2901,X,x,-1,-50.00,1,",
        program=program,
    )
    stand(shop)
    for _ in range(2):
        assert recalc(shop, as_of=day_from_iso(END), everyone=True).data["entries"] == 0
    assert proven_books(shop).entries == ()


def test_receipts_of_one_second_are_ordered_by_store_and_number_not_by_import(tmp_path: Path) -> None:
    program = PROGRAM.replace(
        "nightly:",
        "tiers:\n  by: spend\n  counted_over: lifetime\n  going_down: never\n"
        "  ladder: {guest: {at_least: 0}, friend: {at_least: 500.00}}\nnightly:",
    ).replace("  one_point", "    friends: {multiply: 2, only: {tiers: [friend]}}\n  one_point")
    rows = ("A1,2026-03-02 00:00:00,Market,2901,X,x,1,500.00,,", "B1,2026-03-02 00:00:00,Station,2901,X,x,1,100.00,,")
    # Market comes before Station: 500 points, then as a friend 100 x 2.
    for name, order in (("one", rows), ("other", rows[::-1])):
        shop = shop_in(tmp_path / name, program)
        for row in order:
            bring(shop, row)
        assert stand(shop) == {"2901": (700, 60_000, 2)}


def test_a_receipt_partly_paid_with_points_earns_nothing_where_the_program_says_so(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,100.00,,10.00",
        "2,2026-03-03 10:00:00,Market,2901,X,x,1,70.00,,",
        program=PROGRAM.replace("1.00}", "1.00, only: {points_used: no}}"),
    )
    assert stand(shop) == {"2901": (70, 16_000, 2)}


def test_points_are_used_from_the_smallest_number_on(tmp_path: Path) -> None:
    program = PROGRAM.replace("  one_point", "  use_at_least: 1000\n  one_point")
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,2000.00,,", program=program)
    stand(shop, "2026-03-01")
    with pytest.raises(Refused, match="from 1000 on, not 999"):
        use(shop, 999, basket="500.00", receipt="", day="2026-03-02")
    assert use(shop, 1000, basket="500.00", receipt="", day="2026-03-02").data["left"] == 1000


def test_points_are_used_in_whole_steps(tmp_path: Path) -> None:
    program = PROGRAM.replace("  one_point", "  use_in_steps_of: 100\n  one_point")
    shop = shop_with(tmp_path, "0,2026-03-01 10:00:00,Market,2901,X,x,1,2000.00,,", program=program)
    stand(shop, "2026-03-01")
    with pytest.raises(Refused, match="in steps of 100, not 250"):
        use(shop, 250, basket="500.00", receipt="", day="2026-03-02")
    # 300 points at 0.10 each
    assert use(shop, 300, basket="500.00", receipt="", day="2026-03-02").data == {
        "points": 300,
        "amount": 3000,
        "left": 1700,
        "number": 1,
    }


def test_one_member_whose_replay_fails_is_named_and_the_night_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,X,x,1,10.00,,",
        "2,2026-03-02 10:00:00,Market,2902,X,x,1,20.00,,",
    )
    whole = posting.bring

    def broken(replayer: Any, waiting: Any, until: int) -> Brought:
        if waiting.facts.facts[0].amount == 1000:
            raise KeyError("a mistake of ours")
        return whole(replayer, waiting, until)

    with monkeypatch.context() as patch:
        patch.setattr(run, "bring", broken)
        outcome = nightly(shop, as_of=day_from_iso(END))
    assert outcome.exit_code == ExitCode.INTERNAL_ERROR
    assert [str(warning) for warning in outcome.warnings if "2901" in str(warning)] == [
        (
            "2901 was left out by a mistake of ours (KeyError), the others are done. It is in loyalty-error.log; "
            "please send that file to the makers."
        )
    ]
    assert [type(mistake) for mistake in outcome.mistakes] == [KeyError]
    assert asked(shop, "SELECT member_id, points FROM standing") == [(2, 20)]
    # The next night, with the mistake mended, it gets what is due.
    assert stand(shop) == {"2901": (10, 1000, 1), "2902": (20, 2000, 1)}


def test_where_everybody_fails_twenty_are_named_and_the_others_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"{number},2026-03-02 10:00:00,Market,{2900 + number},X,x,1,10.00,," for number in range(23)]
    shop = shop_with(tmp_path, *rows)

    def broken(*_: Any) -> Brought:
        raise KeyError("a mistake of ours")

    with monkeypatch.context() as patch:
        patch.setattr(run, "bring", broken)
        outcome = nightly(shop, as_of=day_from_iso(END))
    said = [str(warning) for warning in outcome.warnings]
    # 23 members: 20 by name, 3 more
    assert sum("was left out by a mistake of ours" in line for line in said) == 20
    assert "3 more members were left out." in said


def test_a_discount_row_of_goods_that_earn_nothing_costs_no_points(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,C,tobacco,1,60.00,,",
        "1,2026-03-02 10:00:00,Market,2901,R,rabat,1,-5.00,,",
        program=PROGRAM.replace("1.00}", "1.00, only: {except_categories: [tobacco]}}"),
    )
    assert stand(shop) == {"2901": (0, 5500, 1)}


def test_a_return_takes_no_more_than_the_purchase_gave_whatever_its_discount_rows_say_later(tmp_path: Path) -> None:
    # Bread 100.00 less 30.00 gave 70; the bread back: all 70. Then tea, which gave nothing, with the discount row: nothing.
    shop = shop_with(
        tmp_path,
        "1,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,",
        "1,2026-03-02 10:00:00,Market,2901,B,bread,1,100.00,,",
        "1,2026-03-02 10:00:00,Market,2901,R,rabat,1,-30.00,,",
        "2,2026-03-03 10:00:00,Market,2901,B,bread,-1,-100.00,1,",
        "3,2026-03-04 10:00:00,Market,2901,T,tea,-1,-50.00,1,",
        "3,2026-03-04 10:00:00,Market,2901,R,rabat,-1,30.00,1,",
        program=PROGRAM.replace("1.00}", "1.00, only: {except_categories: [tea]}}"),
    )
    assert stand(shop)["2901"][0] == 0
    ledger = "SELECT coalesce(sum(quantity), 0) FROM ledger JOIN asset ON asset.id = asset_id WHERE asset.name = 'points'"
    assert asked(shop, ledger) == [(0,)]


def test_a_return_dated_before_its_sale_is_not_lost_if_a_night_falls_between(tmp_path: Path) -> None:
    shop = shop_with(
        tmp_path,
        "1,2026-03-03 00:10:00,Market,2901,X,x,1,7.00,,",
        "2,2026-03-02 23:50:00,Market,2901,X,x,-1,-5.00,1,",
    )
    stand(shop, "2026-03-02")
    assert stand(shop, "2026-03-03") == {"2901": (2, 200, 1)}
    assert recalc(shop, as_of=day_from_iso(END), everyone=True).data["entries"] == 0


def test_of_many_returns_that_fit_nothing_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    rows = [f"{number},2026-03-02 10:00:00,Market,2901,tea,x,-1,-{number}.00,," for number in range(1, 24)]
    told = recalc(shop_with(tmp_path, *rows), as_of=day_from_iso(END)).warnings
    said = [str(each) for each in told if "eturn" in str(each)]
    assert len(said) == 21
    # Of one second, they come by their numbers, of which 21, 22 and 23 are the last: 21 + 22 + 23 = 66.
    assert said[-1] == "3 more returns of this kind: 66.00 PLN in all."
