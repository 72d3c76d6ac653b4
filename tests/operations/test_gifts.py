"""Gifts: only so many are promised, one is chosen, handed out, comes back; what is left and what it cost."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.by_hand.hand_out import AtTheCounter
from loyalty_cli.operations.by_hand.hand_out import bring_back
from loyalty_cli.operations.by_hand.hand_out import choose_gift
from loyalty_cli.operations.by_hand.hand_out import hand_out
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.store.gifts import gifts_owed
from tests.shop_builder import balances
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
gifts:
  mug: {costs: 9.00, stock: {2026-01-01: 1, 2026-05-01: 1}}
  bag: {costs: 4.00, stock: 1}
rewards:
  big: {when: {one_purchase: 100.00}, give: {gift: mug, points: 5}}
  choice: {when: {one_purchase: 50.00}, give: {gift: [bag, mug]}, at_most: once}
"""
FIRST = day("2026-03-01")


def bought(member: int, after: int, amount: int) -> Receipt:
    return Receipt(f"{member}-{after}", member, FIRST + after, (("tea", amount),), 43_200)


def moved(shop: Shop, move: Callable[..., object], member: int, gift: str, key: str) -> object:
    with shop.changing() as connection:
        program = adopted_plan(connection)[0].versions[-1][1]
        where = AtTheCounter(member=member, gift=gift, day=FIRST + 5, at=shop.moment, key=key, by="Ana")
        return move(connection, where) if move is bring_back else move(connection, program, where)


def rows(shop: Shop) -> dict[Cell, tuple[Cell, ...]]:
    """By gift: due, chosen, handed out, in stock, free, cost, given and not due any more, cost of these."""
    table = report(shop, "gifts", Wanted()).tables[0]
    return {row[0]: (*row[1:7], *row[8:]) for row in table.rows}


def test_a_voucher_used_in_part_lapses_like_others(tmp_path: Path) -> None:
    program = PROGRAM.replace("give: {gift: mug, points: 5}", "give: {voucher: {worth: 50.00, valid_for: 10 days}}")
    shop = make_shop(tmp_path / "shop", program, members=3)
    put_receipts(shop, bought(1, 0, 100_00))
    recalc(shop, as_of=FIRST)
    codes: Any = issue_coupons(shop, as_of=FIRST).data["codes"]
    redeem_coupon(shop, codes[0], AtTheTill(basket="20.00", day=FIRST + 1))
    states = [report(shop, "coupons", Wanted(as_of=FIRST + after)).tables[0].rows[0][6] for after in (1, 10, 11)]
    assert states == ["used in part", "used in part", "lapsed"]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path / "shop", PROGRAM, members=3)


def test_of_one_mug_only_the_first_is_promised_and_the_rest_of_the_reward_is_given_all_the_same(shop: Shop) -> None:
    put_receipts(shop, bought(2, 1, 100_00), bought(1, 0, 100_00))
    outcome = recalc(shop, as_of=FIRST + 2)
    assert balances(shop, 1)["gift:mug"] == 1
    assert balances(shop, 2).get("gift:mug", 0) == 0
    assert balances(shop, 2)["points"] == balances(shop, 1)["points"] == 5
    assert [str(warning) for warning in outcome.warnings] == [
        "Of the gift mug none is free any more; rewards have promised 1, the last one on 2026-03-01."
    ]
    assert recalc(shop, as_of=FIRST + 2, everyone=True).data["entries"] == 0
    assert proven_books(shop).entries == ()


def test_a_gift_that_comes_in_later_goes_to_who_has_waited(shop: Shop) -> None:
    put_receipts(shop, bought(2, 1, 100_00), bought(1, 0, 100_00))
    recalc(shop, as_of=day("2026-04-30"))
    assert balances(shop, 2).get("gift:mug", 0) == 0
    recalc(shop, as_of=day("2026-05-01"))
    assert balances(shop, 2)["gift:mug"] == 1


def test_more_pieces_are_no_other_version_of_the_program(shop: Shop) -> None:
    put_receipts(shop, bought(2, 1, 100_00), bought(1, 0, 100_00))
    recalc(shop, as_of=FIRST + 2)
    shop.program.write_text(PROGRAM.replace("2026-01-01: 1,", "2026-01-01: 7,"), encoding="utf-8")
    assert adopt_program(shop, from_day=None, by="Ana").data["adopted"] is False
    recalc(shop, as_of=FIRST + 3)
    assert balances(shop, 2)["gift:mug"] == 1


def test_a_gift_is_handed_out_once_and_only_to_whom_it_is_due(shop: Shop) -> None:
    put_receipts(shop, bought(1, 0, 100_00))
    recalc(shop, as_of=FIRST + 2)
    with pytest.raises(Refused, match="No gift is due to this card"):
        moved(shop, hand_out, 2, "mug", "a")
    with pytest.raises(Refused, match=r"The gift bags is not due to this card. Due: bag \| mug, mug."):
        moved(shop, hand_out, 1, "bags", "b")
    assert moved(shop, hand_out, 1, "mug", "c")
    assert moved(shop, hand_out, 1, "mug", "c") is None
    # Two mugs came in until today, one is handed out; the choice of bag or mug is still open.
    assert rows(shop)["mug"] == (0, 0, 1, 1, 1, 9_00, 0, 0)
    assert rows(shop)["bag | mug"] == (1, 0, 0, None, None, 0, 0, 0)


def test_a_choice_takes_what_is_in_stock_and_can_be_changed_until_it_is_handed_out(shop: Shop) -> None:
    put_receipts(shop, bought(1, 0, 60_00), bought(2, 0, 60_00))
    recalc(shop, as_of=FIRST + 2)
    moved(shop, choose_gift, 1, "mug", "a")
    assert rows(shop)["mug"] == (1, 1, 0, 2, 1, 0, 0, 0)
    with pytest.raises(Refused, match="There is no mug left: all 1 are promised or handed out"):
        moved(shop, choose_gift, 2, "mug", "b")
    moved(shop, choose_gift, 1, "bag", "c")
    assert rows(shop)["bag"] == (1, 1, 0, 1, 0, 0, 0, 0)
    moved(shop, hand_out, 2, "mug", "d")
    moved(shop, hand_out, 1, "bag", "e")
    assert rows(shop)["mug"] == (0, 0, 1, 1, 1, 9_00, 0, 0)
    assert rows(shop)["bag"] == (0, 0, 1, 0, 0, 4_00, 0, 0)
    with shop.reading() as connection:
        assert [(owed.member, owed.due, owed.open) for owed in gifts_owed(connection)] == [(1, 1, 0), (2, 1, 0)]


def test_a_gift_whose_purchase_comes_back_after_it_was_handed_out_is_told_with_its_cost(shop: Shop) -> None:
    sale = bought(1, 0, 100_00)
    put_receipts(shop, sale)
    recalc(shop, as_of=FIRST + 2)
    moved(shop, hand_out, 1, "mug", "a")
    put_receipts(shop, Receipt("R", 1, FIRST + 6, (("tea", -100_00),), original=sale.number))
    recalc(shop, as_of=FIRST + 7)
    assert rows(shop)["mug"] == (0, 0, 1, 1, 1, 9_00, 1, 9_00)
    moved(shop, bring_back, 1, "mug", "b")
    assert rows(shop)["mug"] == (0, 0, 0, 2, 2, 0, 0, 0)
    with pytest.raises(Refused, match="No gift mug was handed out to this card"):
        moved(shop, bring_back, 1, "mug", "c")


PURCHASES = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 80), st.sampled_from((60_00, 100_00)), st.booleans(), st.integers(0, 2)), max_size=8
)


@given(PURCHASES)
@settings(max_examples=12)
def test_no_more_are_promised_than_came_in_whatever_comes_on_which_night(
    tmp_path_factory: pytest.TempPathFactory, purchases: list[tuple[int, int, int, bool, int]]
) -> None:
    shop = make_shop(tmp_path_factory.mktemp("gifts") / "shop", PROGRAM, members=3)
    for night in range(3):
        for number, (member, after, amount, returned, on) in enumerate(purchases):
            if on == night:
                sale = Receipt(f"{member}-{number}", member, FIRST + after, (("tea", amount),), 40_000 + number)
                put_receipts(shop, sale)
                if returned:
                    put_receipts(shop, Receipt(f"R{number}", member, FIRST + after, (("tea", -amount),), 80_000, sale.number))
        # One mug from the first day on, another one from 1 May on: day 61 after the first.
        until = FIRST + 85 if night == 2 else FIRST + 60
        recalc(shop, as_of=until)
        promised = sum(balances(shop, member).get("gift:mug", 0) for member in (1, 2, 3))
        reached = sum(
            amount >= 100_00 and not returned and on <= night and FIRST + after <= until for _, after, amount, returned, on in purchases
        )
        assert promised == min(2 if night == 2 else 1, reached)
    assert recalc(shop, as_of=FIRST + 85, everyone=True).data["entries"] == 0
