"""Returns that name no sale, from the till's export on: at the price of a piece, then by pieces, and never more than was sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

# A point for 1.00 in January, ten in February, a hundred in March: what is left tells which sale a return was taken off.
PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    february: {multiply: 10, only: {dates: 2026-02-01 to 2026-02-28}}
    march: {multiply: 100, only: {dates: 2026-03-01 to 2026-03-31}}
"""
HEADER = "receipt,date,store,card,product,quantity,amount"


def stand(tmp_path: Path, *rows: str, header: str = HEADER, program: str = PROGRAM) -> tuple[dict[str, tuple[int, int]], list[str]]:
    """Points and money spent by card, and what the recalculation warns of."""
    shop = shop_in(tmp_path / "shop", program)
    taken_in(shop, export(shop, "till.csv", *rows, header=header))
    outcome = recalc(shop, as_of=day_from_iso("2026-04-30"))
    assert proven_books(shop).entries == ()
    found = asked(shop, "SELECT c.number, st.points, st.spent FROM standing st JOIN card c ON c.member_id = st.member_id")
    return {card: (points, spent) for card, points, spent in found}, [str(warning) for warning in outcome.warnings]


def test_a_piece_goes_back_to_the_sale_at_its_price_in_whatever_store(tmp_path: Path) -> None:
    # 40 + 80 + 300 + 200 = 620; the piece at 40.00 is January's: 40 go.
    found, _ = stand(
        tmp_path,
        "1,2026-01-05 10:00:00,Station,2901,T,1,40.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,8.00",
        "3,2026-02-06 10:00:00,Market,2901,T,1,30.00",
        "4,2026-03-05 10:00:00,Market,2901,T,1,2.00",
        "5,2026-04-01 10:00:00,Market,2901,T,-1,-40.00",
    )
    assert found == {"2901": (580, 4000)}


def test_a_sale_on_somebody_elses_card_is_none_it_can_belong_to(tmp_path: Path) -> None:
    # 2901: 4000 points, none goes. 2902: 20 points; the piece of 20.00 goes back, 20.00 fit nothing: 20 points more.
    found, said = stand(
        tmp_path,
        "1,2026-03-05 10:00:00,Market,2901,T,1,40.00",
        "2,2026-01-05 10:00:00,Market,2902,T,1,20.00",
        "3,2026-04-01 10:00:00,Market,2902,T,-1,-40.00",
    )
    assert found == {"2901": (4000, 4000), "2902": (-20, -2000)}
    assert said == ["Return 3 of Market: 20.00 PLN fit no purchase of the member and count on their own day."]


def test_goods_and_their_discount_on_a_row_of_its_own_go_back_at_the_price_before_it(tmp_path: Path) -> None:
    # Two at 20.00 less 4.00: 36.00, 360 points; one at 18.00 in March: 1800. One of the two goes with 2.00: 18.00, 180 points.
    found, _ = stand(
        tmp_path,
        "1,2026-02-05 10:00:00,Market,2901,T,2,40.00",
        "1,2026-02-05 10:00:00,Market,2901,T,1,-4.00",
        "2,2026-03-05 10:00:00,Market,2901,T,1,18.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,-20.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,2.00",
    )
    assert found == {"2901": (1980, 3600)}


def test_pieces_come_back_as_they_are_said_whatever_is_paid_back_for_them(tmp_path: Path) -> None:
    # Two for the price of one: 40.00 less 20.00 on a row of its own. Each comes back at 20.00 less 10.00: of 60 points for two
    # pieces and the bread 40 stay, then 20; of 25.00 15.00, then 5.00.
    sold = ["1,2026-02-05 10:00:00,Market,2901,T,2,40.00", "1,2026-02-05 10:00:00,Market,2901,T,1,-20.00"]
    sold += ["1,2026-02-05 10:00:00,Market,2901,B,1,5.00"]
    first = ["2,2026-03-01 10:00:00,Market,2901,T,-1,-20.00", "2,2026-03-01 10:00:00,Market,2901,T,-1,10.00"]
    second = [row.replace("2,2026-03-01", "3,2026-03-02") for row in first]
    program = PROGRAM.partition("points:")[0] + "points: {earn: {pieces: {points: 20, for_quantity: 1}}}\n"
    assert stand(tmp_path / "one", *sold, *first, program=program) == ({"2901": (40, 1500)}, [])
    assert stand(tmp_path / "both", *sold, *first, *second, program=program) == ({"2901": (20, 500)}, [])


def test_what_is_held_back_is_held_back_of_the_goods_it_stands_for(tmp_path: Path) -> None:
    # Tea 4 for 40.00 less 20.00, bread 2 for 20.00 less 2.00. Two teas come back less all of their discount, with one bread less its
    # half: nothing of the tea's money, 9.00 of the bread's. 1 point for 1.00 of tea: 20 stay; 2 for bread: 36 less 18.
    program = PROGRAM.partition("points:")[0] + (
        "points: {earn: {tea: {points: 1, for_every: 1.00, only: {products: [T]}}, bread: {points: 2, for_every: 1.00, only: "
        "{products: [B]}}}}\n"
    )
    sold, back = "1,2026-02-05 10:00:00,Market,2901", "2,2026-03-01 10:00:00,Market,2901"
    rows = [f"{sold},T,4,40.00", f"{sold},T,1,-20.00", f"{sold},B,2,20.00", f"{sold},B,1,-2.00"]
    rows += [f"{back},T,-2,-20.00", f"{back},T,-1,20.00", f"{back},B,-1,-10.00", f"{back},B,-1,1.00"]
    assert stand(tmp_path, *rows, program=program) == ({"2901": (38, 2900)}, [])


def test_goods_with_their_discount_go_back_to_the_sale_that_had_it(tmp_path: Path) -> None:
    # January: two at 20.00 less 20.00, 20 points; February: two at 20.00 less 4.00, 360. Two come back less 20.00: January's.
    found, said = stand(
        tmp_path,
        "1,2026-01-05 10:00:00,Market,2901,T,2,40.00",
        "1,2026-01-05 10:00:00,Market,2901,T,1,-20.00",
        "2,2026-02-05 10:00:00,Market,2901,T,2,40.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,-4.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-2,-40.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,20.00",
    )
    assert found == {"2901": (360, 3600)}
    assert said == []


def test_goods_with_their_discount_go_back_to_the_sale_of_which_some_were_crossed_out(tmp_path: Path) -> None:
    # January: four at 10.00 less 16.00, two of them crossed out less 8.00: two for 12.00, 12 points; February: one for 3.00, 30.
    # One comes back at 10.00 less 4.00: 6.00 of January's.
    found, said = stand(
        tmp_path,
        "1,2026-01-05 10:00:00,Market,2901,T,4,40.00",
        "1,2026-01-05 10:00:00,Market,2901,T,1,-16.00",
        "1,2026-01-05 10:00:00,Market,2901,T,-2,-20.00",
        "1,2026-01-05 10:00:00,Market,2901,T,-1,8.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,3.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,-10.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,4.00",
    )
    assert found == {"2901": (36, 900)}
    assert said == []


def test_several_rows_of_a_product_go_back_to_the_sale_that_had_their_discounts(tmp_path: Path) -> None:
    # Each month two at 10.00 and 10.00, in January less 4.00 each, 12 points, in February less 1.00 each, 180 points.
    sold = [
        f"{number},2026-0{number}-05 10:00:00,Market,2901,T,1,{amount}"
        for number, off in ((1, "-4.00"), (2, "-1.00"))
        for amount in ("10.00", off) * 2
    ]
    back = "3,2026-04-01 10:00:00,Market,2901,T,-1"
    each = [f"{back},-10.00", f"{back},4.00"] * 2
    # Both come back less 4.00 each, or less 8.00: January's.
    assert stand(tmp_path / "each", *sold, *each) == ({"2901": (180, 1800)}, [])
    assert stand(tmp_path / "both", *sold, f"{back},-10.00", f"{back},-10.00", f"{back},8.00") == ({"2901": (180, 1800)}, [])


def test_several_rows_of_a_product_come_back_whole_of_the_sale_that_took_most_of_their_price_off(tmp_path: Path) -> None:
    # January: one at 10.00 less 6.00, 4 points; February: three at 10.00 less 6.50 each, 105 points. Three come back, one by one.
    sold = ("1,2026-01-05 10:00:00,Market,2901,T,1,10.00", "1,2026-01-05 10:00:00,Market,2901,T,1,-6.00")
    three = ("2,2026-02-05 10:00:00,Market,2901,T,3,30.00", "2,2026-02-05 10:00:00,Market,2901,T,1,-19.50")
    back = "3,2026-04-01 10:00:00,Market,2901,T,-1"
    assert stand(tmp_path, *sold, *three, *[f"{back},-10.00", f"{back},6.50"] * 3) == ({"2901": (4, 400)}, [])


def test_of_several_rows_each_goes_back_to_the_sale_that_had_its_discount_or_none(tmp_path: Path) -> None:
    # January: 10.00 less 4.00, 6 points; February: 10.00, 100 points; March: 10.00 less 3.00, 700 points.
    sold = (
        "1,2026-01-05 10:00:00,Market,2901,T,1,10.00",
        "1,2026-01-05 10:00:00,Market,2901,T,1,-4.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,10.00",
        "3,2026-03-05 10:00:00,Market,2901,T,1,10.00",
        "3,2026-03-05 10:00:00,Market,2901,T,1,-3.00",
    )
    back = "4,2026-04-01 10:00:00,Market,2901,T,-1"
    rows = f"{back},-10.00", f"{back},4.00", f"{back},-10.00"
    assert stand(tmp_path / "none", *sold, *rows) == ({"2901": (700, 700)}, [])
    assert stand(tmp_path / "another", *sold, *rows, f"{back},3.00") == ({"2901": (100, 1000)}, [])


def test_a_discount_without_a_quantity_comes_back_with_whole_pieces(tmp_path: Path) -> None:
    # January: two at 20.00 less 8.00, 12 points; February: two less 2.00, 180 points. Two come back less 8.00: January's.
    found = stand(
        tmp_path,
        "1,2026-01-05 10:00:00,Market,2901,T,2,20.00",
        "1,2026-01-05 10:00:00,Market,2901,T,0,-8.00",
        "2,2026-02-05 10:00:00,Market,2901,T,2,20.00",
        "2,2026-02-05 10:00:00,Market,2901,T,0,-2.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-2,-20.00",
        "3,2026-04-01 10:00:00,Market,2901,T,0,8.00",
    )
    assert found == ({"2901": (180, 1800)}, [])


def test_goods_without_a_discount_go_back_to_the_sale_that_had_none(tmp_path: Path) -> None:
    # January: 10.00, 10 points; February: 10.00 less 4.00, 60 points. A piece comes back at 10.00: January's.
    found = stand(
        tmp_path,
        "1,2026-01-05 10:00:00,Market,2901,T,1,10.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,10.00",
        "2,2026-02-05 10:00:00,Market,2901,T,1,-4.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,-10.00",
    )
    assert found == ({"2901": (60, 600)}, [])


def test_a_price_after_a_discount_on_a_row_of_its_own_is_known_as_well(tmp_path: Path) -> None:
    # Two at 20.00 less 4.00 are 18.00 a piece: 180 of 360 points go, the 1900 of March stay.
    found, _ = stand(
        tmp_path,
        "1,2026-02-05 10:00:00,Market,2901,T,2,40.00",
        "1,2026-02-05 10:00:00,Market,2901,T,1,-4.00",
        "2,2026-03-05 10:00:00,Market,2901,T,1,19.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-1,-18.00",
    )
    assert found == {"2901": (2080, 3700)}


def test_weights_at_one_price_a_kilogram_are_known_by_it_though_amounts_are_rounded(tmp_path: Path) -> None:
    # 8.99 a kilogram: 0.333 kg for 2.99, 29 points (exactly 29.9), 0.150 kg for 1.35, which gave 13.5: 13 go. March stays.
    found, _ = stand(
        tmp_path,
        "1,2026-02-05 10:00:00,Market,2901,T,0.333,2.99",
        "2,2026-03-05 10:00:00,Market,2901,T,0.500,4.00",
        "3,2026-04-01 10:00:00,Market,2901,T,-0.150,-1.35",
    )
    assert found == {"2901": (416, 564)}


def test_where_the_till_says_no_pieces_one_row_can_come_back_in_parts(tmp_path: Path) -> None:
    # 20.00 in February on one row, in truth two: 10.00 and 10.00 come back. Nothing is left, and nothing is told.
    found, said = stand(
        tmp_path,
        "1,2026-02-05 10:00:00,Market,2901,T,20.00",
        "2,2026-04-01 10:00:00,Market,2901,T,-10.00",
        "3,2026-04-02 10:00:00,Market,2901,T,-10.00",
        header="receipt,date,store,card,product,amount",
    )
    assert found == {"2901": (0, 0)}
    assert said == []
