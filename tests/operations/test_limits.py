"""Rewards that only so many get: who is first by the receipts, whatever came first to the shop, and never more than there are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.operations.ledger.check_books import proven_books
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.status import status
from loyalty_cli.program.load import program_of
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.merging import merge
from tests.shop_builder import balances
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
points: {earn: {}}
rewards:
  opening: {when: {one_purchase: {at_least: 50.00}}, give: {points: 100}, at_most: once, in_all: 2}
"""
FIRST = day("2026-03-01")
MEMBERS = 5


def bought(member: int, after: int, amount: int = 60_00, clock: int = 43_200) -> Receipt:
    return Receipt(f"{member}-{after}-{clock}", member, FIRST + after, (("tea", amount),), clock)


def back(member: int, after: int, sale: Receipt) -> Receipt:
    lines = tuple((category, -amount) for category, amount in sale.lines)
    return Receipt(f"R{sale.number}", member, FIRST + after, lines, original=sale.number)


def given_to(shop: Shop) -> list[int]:
    return [member for member in range(1, MEMBERS + 1) if balances(shop, member).get("points")]


def test_the_first_two_get_it_in_the_order_of_day_and_time(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    # Member 4 at 8:00 and member 2 at 9:00 of the first day; 40.00 of member 3 is too little; 1 is an hour late.
    morning = [bought(1, 0, clock=36_000), bought(2, 0, clock=32_400), bought(3, 0, 40_00, clock=100), bought(4, 0, clock=28_800)]
    put_receipts(shop, *morning)
    outcome = recalc(shop, as_of=FIRST + 1)
    assert given_to(shop) == [2, 4]
    assert [str(warning) for warning in outcome.warnings] == [
        "The limit of the reward opening is reached: given in all 2, the last one on 2026-03-01."
    ]
    assert recalc(shop, as_of=FIRST + 1, everyone=True).data["entries"] == 0


def test_who_is_replayed_once_more_for_a_place_is_counted_once(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    put_receipts(shop, bought(1, 0), bought(2, 1), bought(3, 2))
    # Five members in the first round; two of them once more, who get a place: still five members.
    outcome = recalc(shop, as_of=FIRST + 3)
    assert str(outcome.said[-1]) == "Through 2026-03-04: 5 members replayed, 2 entries posted."
    assert outcome.data["members"] == MEMBERS


def test_who_was_told_of_it_keeps_it_when_an_earlier_receipt_comes_late(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    put_receipts(shop, bought(1, 5), bought(2, 6))
    recalc(shop, as_of=FIRST + 7)
    put_receipts(shop, bought(3, 1))
    recalc(shop, as_of=FIRST + 8)
    assert given_to(shop) == [1, 2]


def test_a_return_frees_the_place_for_the_next_and_another_purchase_takes_none(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    sale = bought(1, 0)
    put_receipts(shop, sale, bought(2, 1), bought(4, 2), bought(3, 3))
    recalc(shop, as_of=FIRST + 4)
    assert given_to(shop) == [1, 2]
    put_receipts(shop, back(1, 5, sale))
    recalc(shop, as_of=FIRST + 5)
    assert given_to(shop) == [2, 4]
    # Member 1 comes again: a new claim, and no place is left.
    put_receipts(shop, bought(1, 6))
    recalc(shop, as_of=FIRST + 7)
    assert given_to(shop) == [2, 4]
    assert proven_books(shop).entries == ()


def test_a_claim_that_comes_again_gets_back_what_it_had_only_while_there_is_a_place(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    sale = bought(1, 0)
    put_receipts(shop, sale, bought(2, 1), bought(3, 2), back(1, 3, sale))
    recalc(shop, as_of=FIRST + 4)
    assert given_to(shop) == [2, 3]
    # The return was a mistake of the till and is taken out: 1 has a claim again, but 2 and 3 have been told.
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET gone = 1 WHERE returned > 0")
        connection.execute("INSERT INTO due VALUES (1, 0)")
    recalc(shop, as_of=FIRST + 5)
    assert given_to(shop) == [2, 3]
    assert recalc(shop, as_of=FIRST + 5, everyone=True).data["entries"] == 0


def test_a_limit_of_none_or_of_several_for_one_purchase_is_refused() -> None:
    with pytest.raises(Mistakes) as found:
        program_of(PROGRAM.replace("in_all: 2", "in_all: 0"), "program.yaml")
    assert [str(problem.what) for problem in found.value.problems] == ["in_all: 0 would give it to nobody."]
    with pytest.raises(Mistakes) as found:
        program_of(PROGRAM.replace("at_least: 50.00", "for_every: 50.00"), "program.yaml")
    assert [problem.line for problem in found.value.problems] == [8]


def test_places_move_with_a_member_who_is_merged(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    put_receipts(shop, bought(1, 0), bought(2, 1), bought(3, 2))
    recalc(shop, as_of=FIRST + 4)
    with shop.changing() as connection:
        merge(connection, 1, 4, Hand(at=shop.moment, today=FIRST + 5))
    recalc(shop, as_of=FIRST + 5)
    assert given_to(shop) == [2, 4]


def histories(*amounts: int) -> st.SearchStrategy[list[tuple[int, int, int, bool, int]]]:
    """Purchases of some amounts: the member, the day, whether all of it comes back the day after, the night of its file."""
    return st.lists(
        st.tuples(st.integers(1, MEMBERS), st.integers(0, 6), st.sampled_from(amounts), st.booleans(), st.integers(0, 2)), max_size=9
    )


def by_night(history: list[tuple[int, int, int, bool, int]]) -> dict[int, list[Receipt]]:
    """The receipts of each night's files."""
    nights: dict[int, list[Receipt]] = defaultdict(list)
    for number, (member, after, amount, returned, night) in enumerate(history):
        sale = bought(member, after, amount, clock=40_000 + number)
        nights[night].append(sale)
        if returned:
            nights[min(night + 1, 2)].append(back(member, after + 1, sale))
    return nights


@given(histories(30_00, 60_00), st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_never_more_than_there_are_and_the_order_within_a_night_is_nothing(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[int, int, int, bool, int]], chance: object
) -> None:
    results, nights = [], by_night(history)
    for shuffled in (False, True):
        shop = make_shop(tmp_path_factory.mktemp("limits") / "shop", PROGRAM, members=MEMBERS)
        for night in range(3):
            receipts = list(nights[night])
            if shuffled:
                chance.shuffle(receipts)  # type: ignore[attr-defined]
            put_receipts(shop, *receipts)
            recalc(shop, as_of=FIRST + 10 + night)
            # As many as fit, and never more: whoever has a purchase of 50.00 left has a claim.
            known = [receipt for earlier in range(night + 1) for receipt in nights[earlier]]
            gone = {receipt.original for receipt in known if receipt.original}
            claims = {sale.member for sale in known if sale.lines[0][1] >= 50_00 and sale.number not in gone}
            assert len(given_to(shop)) == min(2, len(claims))
            assert set(given_to(shop)) <= claims
        assert recalc(shop, as_of=FIRST + 12, everyone=True).data["entries"] == 0
        results.append(given_to(shop))
    assert results[0] == results[1]


BUDGET = PROGRAM.replace("points: {earn: {}}", "points: {earn: {}, one_point_pays: 0.10}").replace(
    "at_most: once, in_all: 2", "budget: {amount: 25.00, warn_at: 70%}"
)


def test_a_place_stays_with_what_stands_for_another_time_of_the_same_member(tmp_path: Path) -> None:
    # Once in 10 days, and two places: 1 has them of the 1st and the 12th; of the 5th they were refused. Had the 1st not been bought, it
    # would be the 5th, and the 12th lies within 10 days of it: one place, and the other is for 2.
    program = PROGRAM.replace("at_most: once, in_all: 2", "at_most: once in 10 days, in_all: 2")
    sales = [bought(1, 0), bought(1, 4), bought(1, 11), bought(2, 18)]
    whole = make_shop(tmp_path / "whole", program, members=MEMBERS)
    put_receipts(whole, *reversed(sales), back(1, 20, sales[0]))
    nights = make_shop(tmp_path / "nights", program, members=MEMBERS)
    for after, receipt in ((0, sales[0]), (4, sales[1]), (11, sales[2]), (18, sales[3]), (20, back(1, 20, sales[0]))):
        put_receipts(nights, receipt)
        recalc(nights, as_of=FIRST + after)
    for shop in (whole, nights):
        recalc(shop, as_of=FIRST + 21)
        assert [balances(shop, member).get("points") for member in (1, 2)] == [100, 100]
        assert proven_books(shop).entries == ()


def test_a_budget_is_given_in_the_order_of_receipts_and_comes_back_with_the_goods(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", BUDGET, members=MEMBERS)
    # 100 points of 0.10 are 10.00: of 25.00 two fit; 5 is the third by the day, though its file comes first.
    sale = bought(2, 0)
    put_receipts(shop, bought(5, 3), bought(4, 1), sale)
    outcome = recalc(shop, as_of=FIRST + 4)
    assert given_to(shop) == [2, 4]
    assert [str(warning) for warning in outcome.warnings] == [
        "The budget of the reward opening is used up: 20.00 PLN of 25.00 PLN, the last one on 2026-03-02."
    ]
    # The next night turns somebody else down, and says so; the one after has nothing to say.
    put_receipts(shop, bought(1, 4))
    said = recalc(shop, as_of=FIRST + 5).warnings
    assert [str(warning) for warning in said] == ["1 more member has reached the reward opening, whose limit is full."]
    assert recalc(shop, as_of=FIRST + 6).warnings == []
    seen = status(shop)
    assert "The budget of the reward opening is used up: 20.00 PLN of 25.00 PLN, the last one on 2026-03-02." in map(str, seen.said)
    assert report(shop, "limits", Wanted()).tables[0].rows == [("budget", "opening", None, None, 2000, 2500, 2000, FIRST + 1, 2, "full")]
    put_receipts(shop, back(2, 7, sale))
    assert recalc(shop, as_of=FIRST + 7).warnings == []
    # 10.00 came back, so 5 is next; 1 is still behind.
    assert given_to(shop) == [4, 5]
    assert recalc(shop, as_of=FIRST + 7, everyone=True).data["entries"] == 0
    assert proven_books(shop).entries == ()


# 10.00 for every full 50.00 of a purchase, as long as 45.00 last.
FOR_EVERY = BUDGET.replace("{at_least: 50.00}", "{for_every: 50.00}").replace("25.00", "45.00")


def budget_by_hand(sales: list[Receipt], gone: set[str], kept: dict[str, int]) -> dict[str, int]:
    """What a budget of 45.00 gives by receipt, in units of 10.00: what was told stands, then one after another until one does not fit."""
    granted = {number: times for number, times in kept.items() if number not in gone}
    for sale in sorted(sales, key=lambda each: (each.day, each.clock)):
        times = sale.lines[0][1] // 50_00
        if sale.number in gone or sale.number in granted or not times:
            continue
        if 10 * (sum(granted.values()) + times) > 45:
            break
        granted[sale.number] = times
    return granted


@given(histories(30_00, 60_00, 110_00, 160_00), st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_a_budget_is_never_exceeded_and_given_as_reckoned_by_hand_whatever_the_order_within_a_night(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[int, int, int, bool, int]], chance: object
) -> None:
    nights = by_night(history)
    for shuffled in (False, True):
        shop = make_shop(tmp_path_factory.mktemp("budget") / "shop", FOR_EVERY, members=MEMBERS)
        granted: dict[str, int] = {}
        known: list[Receipt] = []
        for night in range(3):
            known += nights[night]
            receipts = list(nights[night])
            if shuffled:
                chance.shuffle(receipts)  # type: ignore[attr-defined]
            put_receipts(shop, *receipts)
            recalc(shop, as_of=FIRST + 10 + night)
            gone = {receipt.original for receipt in known if receipt.original}
            sales = [receipt for receipt in known if not receipt.original]
            granted = budget_by_hand(sales, gone, granted)
            found = [balances(shop, member).get("points", 0) for member in range(1, MEMBERS + 1)]
            expected = [
                sum(100 * granted.get(sale.number, 0) for sale in sales if sale.member == member) for member in range(1, MEMBERS + 1)
            ]
            assert found == expected
            assert sum(found) <= 450
        assert recalc(shop, as_of=FIRST + 12, everyone=True).data["entries"] == 0
        assert proven_books(shop).entries == ()


def test_a_budget_is_told_of_before_it_runs_out(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", BUDGET.replace("25.00", "30.00").replace("70%", "60%"), members=MEMBERS)
    put_receipts(shop, bought(1, 0))
    assert recalc(shop, as_of=FIRST).warnings == []
    put_receipts(shop, bought(2, 1))
    # 20.00 of 30.00 are more than 60 %
    said = recalc(shop, as_of=FIRST + 1).warnings
    assert [str(warning) for warning in said] == ["The budget of the reward opening runs out: 20.00 PLN of 30.00 PLN are spent."]


def test_a_budget_counts_several_for_one_purchase_and_nobody_overtakes(tmp_path: Path) -> None:
    program = BUDGET.replace("{at_least: 50.00}", "{for_every: 50.00}")
    shop = make_shop(tmp_path / "shop", program, members=MEMBERS)
    # 1: 1 x 10.00; 2: 2 x 10.00 do not fit into what is left of 25.00; 3 with 10.00 would fit, but comes after 2.
    put_receipts(shop, bought(1, 0), bought(2, 1, 110_00), bought(3, 2))
    recalc(shop, as_of=FIRST + 3)
    assert given_to(shop) == [1]


def test_what_has_no_worth_can_have_no_budget() -> None:
    for give in ("{badge: x}", "{points: 5}", "{coupon: tenth}"):
        text = PROGRAM.replace("in_all: 2", "budget: 5.00").replace("{points: 100}", give)
        with pytest.raises(Mistakes) as found:
            program_of(text + "coupons: {tenth: {discount: 10%, valid_for: 9 days}}\n", "program.yaml")
        assert [problem.line for problem in found.value.problems] == [8]


def test_friends_who_are_limited_in_all_are_counted_one_by_one(tmp_path: Path) -> None:
    reward = "friends: {when: {friend_buys: {at_least: any, settled_after: 0 days}}, give: {points: 5, to_friend: {points: 3}}, in_all: 1}"
    shop = make_shop(tmp_path / "shop", PROGRAM[: PROGRAM.index("  opening")] + f"  {reward}\n", members=MEMBERS)
    with shop.changing() as connection:
        connection.execute("UPDATE member SET joined = ?, referred_by = '2901' WHERE id IN (2, 3)", (FIRST,))
    sale = bought(3, 1)
    put_receipts(shop, bought(2, 2), sale)
    recalc(shop, as_of=FIRST + 3)
    # 3 bought first: 5 for 1, 3 for 3, nothing for 2. When it comes back, 2 has the place.
    assert [balances(shop, member).get("points") for member in (1, 2, 3)] == [5, None, 3]
    put_receipts(shop, back(3, 4, sale))
    recalc(shop, as_of=FIRST + 4)
    assert [balances(shop, member).get("points") for member in (1, 2, 3)] == [5, 3, None]
    assert proven_books(shop).entries == ()


def test_a_stock_that_another_version_does_not_count_any_more_is_there_for_everybody(tmp_path: Path) -> None:
    program = PROGRAM.replace("at_most: once, in_all: 2", "at_most: once").replace("{points: 100}", "{points: 1, gift: mug}")
    shop = make_shop(tmp_path / "shop", program + "gifts: {mug: {costs: 9.00, stock: 1}}\n", members=MEMBERS)
    put_receipts(shop, bought(1, 0), bought(2, 1))
    recalc(shop, as_of=FIRST + 2)
    assert [balances(shop, member).get("gift:mug") for member in (1, 2)] == [1, None]
    shop.program.write_text(program + "gifts: {mug: {costs: 9.00}}\n", encoding="utf-8")
    adopt_program(shop, from_day=FIRST + 3, by="")
    put_receipts(shop, bought(3, 4))
    recalc(shop, as_of=FIRST + 5)
    assert [balances(shop, member).get("gift:mug") for member in (1, 2, 3)] == [1, 1, 1]


def test_all_coupons_of_a_name_share_a_budget_whatever_reward_gives_them(tmp_path: Path) -> None:
    coupons = "coupons: {five: {worth: 5.00, valid_for: 30 days, budget: 12.00}}\n"
    large = "  large: {when: {one_purchase: 90.00}, give: {coupon: five, points: 1}}\n"
    program = PROGRAM.replace("at_most: once, in_all: 2", "at_most: once").replace("{points: 100}", "{coupon: five}")
    shop = make_shop(tmp_path / "shop", program + large + coupons, members=MEMBERS)
    # 1 has two of 5.00, and of 12.00 only 2.00 are left: 2 gets none, but the point of the large purchase all the same.
    put_receipts(shop, bought(2, 1, 95_00), bought(1, 0, 95_00))
    said = [str(warning) for warning in recalc(shop, as_of=FIRST + 2).warnings]
    assert said == ["The budget of the coupon five is used up: 10.00 PLN of 12.00 PLN, the last one on 2026-03-01."]
    assert [balances(shop, member) for member in (1, 2)] == [{"coupon:five": 2, "points": 1}, {"points": 1}]
    # One member was turned down, for two rewards.
    assert [row[8] for row in report(shop, "limits", Wanted()).tables[0].rows] == [1]
    assert proven_books(shop).entries == ()
