"""Limited rewards and goods that come back, against a second reckoning that goes through the days with what was kept alone.

On each day the target is reached so many times more by what was kept until then; of these the limit lets through what it has room for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from tests.replay.test_counted_by_counting import facts_of
from tests.replay.test_counted_by_counting import FIRST
from tests.replay.test_counted_by_counting import HEAD
from tests.replay.test_counted_by_counting import LAST
from tests.replay.test_counted_by_counting import Rule
from tests.replay.test_counted_by_counting import rules
from tests.replay.test_counted_by_counting import Sale
from tests.replay.test_counted_by_counting import sales
from tests.replay.test_counted_by_counting import sets
from tests.replay.test_counted_by_counting import streaks
from tests.replay.test_counted_by_counting import times
from tests.replay.test_versions_by_reckoning import kept_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day

# How often, and whether a day on which it was given still counts on another.
LIMITS: dict[str, tuple[int, Callable[[Day, Day], bool]]] = {
    "once": (1, lambda _, __: True),
    "3": (3, lambda _, __: True),
    "once in 10 days": (1, lambda given, day: given > day - 10),
    "2 in 20 days": (2, lambda given, day: given > day - 20),
    "2 in calendar month": (2, lambda given, day: date_of(given).replace(day=1) == date_of(day).replace(day=1)),
}


def given_of(rule: Rule, limit: str, kept: Sequence[Sale]) -> int:
    """How often a reward is given to who buys just that."""
    count, still_counts = LIMITS[limit]
    given: list[Day] = []
    before = 0
    for day in range(FIRST, LAST + 1):
        now = times(rule, list(kept), day)
        room = count - sum(still_counts(each, day) for each in given)
        given += [day] * max(0, min(now - before, room))
        before = now
    return len(given)


@settings(max_examples=150)
@given(
    rule=st.one_of(rules, sets, streaks),
    limit=st.sampled_from(tuple(LIMITS)),
    bought=st.lists(sales, min_size=1, max_size=9),
    by_a_badge=st.booleans(),
)
def test_a_limited_reward_is_given_as_if_only_what_was_kept_had_been_bought(
    rule: Rule, limit: str, bought: list[Sale], by_a_badge: bool
) -> None:
    text = rule.text("r").rstrip()[:-1]
    if by_a_badge:
        text = text.replace("points: 1", "badge: b") + "}\n  s: {when: {badge: b}, give: {points: 1}"
    plan = Plan(((0, program_of(f"{HEAD}{text}, at_most: {limit}}}\n", "p.yaml")),))
    entries = Replayer(plan).replay(MemberFacts(1, facts_of(bought, plan)), LAST + 45).entries
    kept = [sale for sale in map(kept_of, bought) if sale.tea + sale.bread]
    assert sum(entry.quantity for entry in entries if entry.asset == "points") == given_of(rule, limit, kept)


@settings(max_examples=150)
@given(
    before=st.one_of(rules, sets, streaks),
    target=st.integers(1, 9),
    limits=st.tuples(*[st.sampled_from(tuple(LIMITS))] * 2),
    bought=st.lists(sales, min_size=1, max_size=9),
    day=st.integers(1, 60),
)
def test_where_another_version_asks_for_more_or_less_it_is_as_if_only_what_was_kept_had_been_bought(
    before: Rule, target: int, limits: tuple[str, str], bought: list[Sale], day: int
) -> None:
    after = before._replace(target=target if before.counts != "set" else 2)
    texts = [f"{HEAD}{rule.text('r').rstrip()[:-1]}, at_most: {limit}}}\n" for rule, limit in zip((before, after), limits, strict=True)]
    plan = Plan(tuple((switch, program_of(text, "p.yaml")) for switch, text in zip((0, FIRST + day), texts, strict=True)))
    kept = [fact for fact in facts_of([*map(kept_of, bought)], plan) if isinstance(fact, Purchase) and fact.amount]
    # As the same numbers of receipts tell which of a day was first, what is left of each keeps its own.
    with_returns, without = (
        sum(entry.quantity for entry in Replayer(plan).replay(MemberFacts(1, facts, returns=True), LAST + 45).entries)
        for facts in (facts_of(bought, plan), kept)
    )
    assert with_returns == without


def points_of(when: str, limit: str, bought: dict[str, int], back: str) -> int:
    """What a reward of 5 points has brought; all that was bought on a day in February (in whole zlotys) comes back on 1 March."""
    text = f"{HEAD}  r: {{when: {{{when}}}, give: {{points: 5}}, at_most: {limit}}}\n"
    facts: list[Purchase | Return] = []
    for number, (day, money) in enumerate(bought.items(), 1):
        items = (Item(0, 0, 100 * money, 100 * money),)
        facts.append(Purchase(day_from_iso(f"2026-02-{day}"), 0, PURCHASE, number, "", 100 * money, ((0, 100 * money),), items))
    sale = facts[list(bought).index(back)]
    facts.append(Return(day_from_iso("2026-03-01"), 0, RETURN, 99, "", sale.items, sale.id))
    replayed = Replayer(Plan(((0, program_of(text, "p.yaml")),))).replay(MemberFacts(1, facts), day_from_iso("2026-03-02"))
    return replayed.standing.points


def test_what_is_left_reaches_the_target_later_and_the_limit_looks_at_that_day() -> None:
    # 100.00 on the 2nd, the 6th and the 9th; a reward at each 100.00, once in 7 days: the 2nd and the 9th. Without the 2nd the first
    # is of the 6th, and the 9th lies within 7 days of it.
    every = "spend: 100.00, times: every time"
    assert points_of(every, "once in 7 days", {"02": 100, "06": 100, "09": 100}, "02") == 5
    # 60.00 + 40.00 on the 2nd and 3rd, 60.00 on the 12th, 100.00 on the 14th: the 3rd and the 14th. Without the 3rd 100.00 are there on
    # the 12th, 200.00 on the 14th, within the 7 days.
    assert points_of(every, "once in 7 days", {"02": 60, "03": 40, "12": 60, "14": 100}, "03") == 5


def test_a_place_that_becomes_free_goes_to_the_first_and_the_others_are_weighed_again() -> None:
    # 1, 8, 15 and 22 February, once in 10 days: the 1st and the 15th. Without the 1st it is the 8th and the 22nd: two of three.
    bought = {"01": 60, "08": 60, "15": 60, "22": 60}
    assert points_of("one_purchase: 50.00", "once in 10 days", bought, "01") == 10
