"""A reward that keeps its name and waits for something of another kind in the next version of the program."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import Fact
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

if TYPE_CHECKING:
    from loyalty_cli.program.program import Program

PROGRAM = """\
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers: {by: spend, counted_over: calendar month, ladder: {guest: {at_least: 0}, patron: {at_least: 50.00}}}
segments: {regular: {visits: 2}}
coupons: {five: {worth: 5.00, valid_for: 30 days}}
points: {lapse_after: 30 days, earn: {basic: {points: 1, for_every: 1.00}}}
"""
WHEN = (
    *("absence: 20 days", "all_of: {two: {visits: 2}, much: {one_purchase: 30.00}}", "anniversary: on the day", "birthday: 3 days before"),
    *("consent: asked", "coupon_lapses: 5 days before", "different: 2 categories", "each_month: 15", "enters: regular", "leaves: regular"),
    *("event: survey", "feedback: given", "friend_buys: any", "friend_joins: yes", "friend_spends: 50.00", "joined: yes"),
    *("kept_tier: patron", "more_than_usual: 10%", "name_day: on the day", "set: {categories: [tea, bread]}", "one_purchase: 30.00"),
    "units: 2",
    *("points_lapse: 14 days before", "points_reached: {points: 20, of: balance}", "spend: 50.00, counted_over: calendar month"),
    *("spend: 50.00, counted_over: 30 days, times: every time", "streak: 2 weeks", "tier: patron", "visits: 2"),
    "visits: 2, a_visit_is: a day",
)
FIRST = day_from_iso("2026-02-01") - 1


def program(when: str) -> Program:
    return program_of(f"{PROGRAM}rewards:\n  r: {{when: {{{when}}}, give: {{badge: x}}}}\n", "program.yaml")


PROGRAMS = {when: program(when) for when in WHEN}


def bought(day: int, number: int, zlotys: int) -> Purchase:
    """A purchase of a day in February 2026."""
    money = 100 * zlotys
    return Purchase(FIRST + day, 0, PURCHASE, number, "", money, ((0, money),), (Item(0, 0, money, money),))


def badges(before: str, after: str, facts: list[Fact], at_last: str = "") -> int:
    """How many badges are left by May; the reward waits for something else from 15 February on, and `at_last` from the 18th on."""
    plan = Plan(((0, PROGRAMS[before]), (FIRST + 15, PROGRAMS[after]), (FIRST + 18, PROGRAMS[at_last or after])))
    sums = Counter[str]()
    for entry in Replayer(plan).replay(MemberFacts(1, facts, FIRST - 10, (3, 10)), FIRST + 90).entries:
        sums[entry.asset] += entry.quantity
    return sums["badge:x"]


@pytest.mark.parametrize("bare", [True, False])
def test_every_kind_may_follow_every_other(bare: bool) -> None:
    sales = [bought(3, 1, 40), bought(10, 2, 60), bought(20, 3, 40)]
    told = [Adjustment(FIRST + day, 0, ADJUSTMENT, day, "event:survey", 1) for day in (5, 25)]
    back = Return(FIRST + 28, 0, RETURN, 9, "", sales[0].items, 1)
    facts: list[Fact] = [] if bare else sorted([*sales, *told, back], key=lambda fact: fact[:4])
    assert {min(0, badges(before, after, facts)) for before, after in permutations(WHEN, 2)} == {0}


def test_what_another_kind_remembered_is_not_taken_for_its_own() -> None:
    # The 20 days without a purchase since the 3rd are over on the 23rd; 40 points of the 3rd lapse on 5 March, 14 days after 19 February.
    sales: list[Fact] = [bought(3, 1, 40)]
    assert badges("absence: 20 days", "points_lapse: 14 days before", sales) == 1
    # From the 15th on it is each 15th: February, March, April.
    assert badges("streak: 2 weeks", "each_month: 15", sales) == 3


def test_what_a_friend_brought_back_takes_along_what_the_reward_gave_while_it_was_for_friends() -> None:
    brought, undone = (HandedOver(FIRST + day, 86_399, HANDED_OVER, 7, "r", times) for day, times in ((5, 1), (20, -1)))
    for after in ("visits: 2", "absence: 20 days", "points_lapse: 14 days before"):
        assert badges("friend_buys: any", after, [brought]) == 1
        assert badges("friend_buys: any", after, [brought, undone]) == 0
        assert badges("friend_buys: any", after, [brought, undone], at_last="friend_buys: any") == 0
