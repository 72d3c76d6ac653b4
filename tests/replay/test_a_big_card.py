"""A shop's own card with very many purchases: a return costs what it touches, not what there is."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from loyalty_cli.model.facts import Fact
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from tests.replay.any_member import FIRST

PROGRAM = """\
program: Big card
currency: PLN
timezone: Europe/Warsaw
starts: 2020-01-01
tiers: {by: spend, ladder: {guest: {at_least: 0}, gold: {at_least: 1500.00}}}
points: {earn: {basic: {points: 1, for_every: 1.00}}}
draws: {spring: {dates: 2020-01-01 to 2040-01-01, one_ticket_for_every: 50.00, prizes: {car: 1}}}
"""
# As many days whatever the number of purchases: what counts for a tier is kept by day.
DAYS = 100


NEVER_SOLD = 51


def life(purchases: int, *, back: str) -> MemberFacts:
    """Every tenth purchase is followed by a return: of an old or a late one that it names, of one to be found, of none and for more."""
    facts: list[Fact] = []
    for number in range(purchases):
        day = FIRST + number * DAYS // purchases
        item = Item(number % 50 + 1, 0, 1000, 1000, 1000)
        facts.append(Purchase(day, number, PURCHASE, number + 1, "", 1000, ((0, 1000),), (item,)))
        if number % 10 == 9:
            sold = number - 5 if back == "of late" else number // 2
            sale = sold + 1 if back in {"named", "of late"} else None
            item = Item(NEVER_SOLD, 0, 110_000, 110_000) if back == "of none" else Item(sold % 50 + 1, 0, 1000, 1000, 1000)
            facts.append(Return(day, number, RETURN, purchases + number, "", (item,), sale))
    return MemberFacts(1, facts)


def by_piece(purchases: int, *, came: int | None) -> MemberFacts:
    """Every fifth purchase is followed by a piece that comes back for a price, or (None) for that of a sale long ago."""
    facts: list[Fact] = []
    for number in range(purchases):
        day, price = FIRST + number * DAYS // purchases, 1000 + number if came is None else 1000
        sold = (Item(1, 0, price, price, 1000),)
        facts.append(Purchase(day, number, PURCHASE, number + 1, "", price, ((0, price),), sold))
        if number % 5 == 4:
            back = 1000 + number // 2 if came is None else came
            facts.append(Return(day, number, RETURN, purchases + number, "", (Item(1, 0, back, back, 1000),), None))
    return MemberFacts(1, facts)


def calls(facts: MemberFacts, program: str = PROGRAM, *, versions: int = 1) -> int:
    """How many functions a replay calls: a measure of its work that no busy machine disturbs."""
    plan = Plan(tuple((FIRST + number if number else 0, program_of(program, "program.yaml")) for number in range(versions)))
    replayer, count = Replayer(plan), 0

    def counted(_frame: object, event: str, _what: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        replayer.replay(facts, FIRST + DAYS)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("back", ["named", "found", "of none"])
def test_four_times_as_many_purchases_and_returns_are_four_times_the_work(back: str) -> None:
    assert calls(life(2000, back=back)) < 5 * calls(life(500, back=back))


@pytest.mark.parametrize("came", [1000, 999, 10, None])
def test_also_where_pieces_are_looked_for_by_their_price(came: int | None) -> None:
    assert calls(by_piece(2000, came=came)) < 5 * calls(by_piece(500, came=came))


@pytest.mark.parametrize("back", ["named", "found"])
def test_also_where_there_is_a_cap_on_points_that_is_not_reached(back: str) -> None:
    program = PROGRAM.replace("points: {", "points: {at_most: {month: 1000000}, ")
    assert calls(life(2000, back=back), program) < 5 * calls(life(500, back=back), program)


@pytest.mark.parametrize("back", ["named", "found"])
def test_also_where_a_cap_keeps_points_back_every_month(back: str) -> None:
    # A hundred days hold 5 purchases of 10 points each, or 20: the cap of a month is reached within a day or two.
    program = PROGRAM.replace("points: {", "points: {at_most: {day: 60, month: 100}, ")
    assert calls(life(2000, back=back), program) < 5 * calls(life(500, back=back), program)


@pytest.mark.parametrize("when", ["spend: 100.00, times: every time", "spend: 100.00, counted_over: calendar week"])
def test_also_where_a_reward_has_a_limit_and_what_comes_back_was_bought_of_late(when: str) -> None:
    program = f"{PROGRAM}rewards: {{r: {{when: {{{when}}}, give: {{points: 5}}, at_most: 2 in 7 days}}}}\n"
    assert calls(life(2000, back="of late"), program) < 5 * calls(life(500, back="of late"), program)


def test_a_draw_costs_no_more_for_each_version_of_the_program_that_leaves_it_as_it_is() -> None:
    assert calls(life(1000, back="named"), versions=8) < 1.2 * calls(life(1000, back="named"), versions=2)


@pytest.mark.parametrize("back", ["named", "of late", "found"])
def test_also_where_each_purchase_by_itself_brings_tickets(back: str) -> None:
    program = PROGRAM + "rewards: {large: {when: {one_purchase: 5.00}, give: {tickets: 2 in spring}}}\n"
    assert calls(life(2000, back=back), program) < 5 * calls(life(500, back=back), program)


@pytest.mark.parametrize("back", ["named", "of late"])
@pytest.mark.parametrize(
    "when",
    ["visits: 2", "spend: 100.00, times: every time", "all_of: {two: {visits: 2, times: every time}}", "streak: 2 weeks"],
)
def test_also_where_purchases_together_bring_tickets_of_a_draw_that_goes_on(when: str, back: str) -> None:
    program = f"{PROGRAM}rewards: {{r: {{when: {{{when}}}, give: {{tickets: 2 in spring}}}}}}\n"
    assert calls(life(2000, back=back), program) < 5 * calls(life(500, back=back), program)


@pytest.mark.parametrize("more", ["give: {points: 5}", "give: {tickets: 2 in spring}", "give: {points: 5}, at_most: 2 in 7 days"])
def test_also_where_a_reward_counts_the_last_days_and_what_comes_back_was_bought_of_late(more: str) -> None:
    program = f"{PROGRAM}rewards: {{r: {{when: {{visits: 3, counted_over: 10 days, times: every time}}, {more}}}}}\n"
    assert calls(life(2000, back="of late"), program) < 5 * calls(life(500, back="of late"), program)
