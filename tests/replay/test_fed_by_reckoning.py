"""Rewards that hear of points, tiers and different goods, against a reckoning that counts the receipts as they stand in the end."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from tests.replay.any_program import replayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Fact

FIRST = day_from_iso("2026-01-20")
DAYS = 300
LAST = FIRST + DAYS
GOODS = ("bread", "tea", "honey")
PROGRAM = """
tiers:
  by: spend
  counted_over: calendar quarter
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 50.00}, patron: {at_least: 120.00}}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
rewards:
  month: {when: {different: 2 categories, counted_over: calendar month}, give: {badge: month}}
  ever: {when: {different: 3 categories}, give: {badge: ever}}
  hundred: {when: {points_reached: 100, times: every time}, give: {badge: hundred}}
  first: {when: {points_reached: 250}, give: {badge: first}}
  friend: {when: {kept_tier: friend}, give: {badge: friend}}
  patron: {when: {kept_tier: patron}, give: {badge: patron}}
  reached: {when: {tier: patron}, give: {badge: reached}}
"""
REPLAYER = replayer(PROGRAM)
FLOORS = (0, 50_00, 120_00)


class Sale(NamedTuple):
    """A receipt: its day, the money for each sort of goods, and on which later day which sort came back."""

    day: int
    money: tuple[int, int, int]
    back: tuple[tuple[int, int], ...]

    def left(self, day: int) -> dict[str, int]:
        """The money of what was not returned by the end of a day."""
        gone = {sort for at, sort in self.back if at <= day}
        return {GOODS[sort]: money for sort, money in enumerate(self.money) if money and sort not in gone}


def sale(day: int, money: tuple[int, int, int], back: list[tuple[int, int]]) -> Sale:
    """A receipt whose goods come back some days later, each sort once."""
    first = {sort: after for after, sort in reversed(back)}
    return Sale(FIRST + day, money, tuple((FIRST + day + after, sort) for sort, after in first.items() if money[sort]))


AMOUNTS = st.sampled_from((0, 0, 10_00, 25_00, 50_00, 70_00))
SALES = st.lists(
    st.builds(
        sale,
        st.integers(0, DAYS),
        st.tuples(AMOUNTS, AMOUNTS, AMOUNTS).filter(any),
        st.lists(st.tuples(st.integers(1, 60), st.integers(0, 2)), max_size=2),
    ),
    max_size=9,
)


def facts_of(sales: Sequence[Sale]) -> MemberFacts:
    """The receipts and their returns; returns of a day come after its purchases."""
    plan = REPLAYER.plan
    facts: list[Fact] = []
    for number, each in enumerate(sales, 1):
        items = tuple(Item(sort + 1, plan.class_of("", GOODS[sort]), money, money, 1000) for sort, money in enumerate(each.money) if money)
        parts = tuple((item.class_, item.money) for item in items)
        facts.append(Purchase(each.day, 36_000, PURCHASE, number, "", sum(each.money), parts, items))
        for at, (day, sort) in enumerate(each.back):
            if day <= LAST:
                back = next(item for item in items if item.product == sort + 1)
                facts.append(Return(day, 72_000, RETURN, 100 * number + at, "", (back,), number))
    return MemberFacts(1, sorted(facts, key=lambda fact: fact[:4]))


def expected(sales: Sequence[Sale]) -> Counter[str]:
    """What the member should have in the end."""
    found: Counter[str] = Counter()
    by_month: dict[str, set[str]] = defaultdict(set)
    for each in sales:
        by_month[date_of(each.day).strftime("%Y-%m")] |= set(each.left(LAST))
    found["badge:month"] = sum(len(sorts) >= 2 for sorts in by_month.values())
    found["badge:ever"] = int(len(set().union(*by_month.values())) >= 3)
    # One point for 1.00 of whole amounts: what came back takes just its own.
    points = sum(sum(each.left(LAST).values()) for each in sales) // 100
    found["badge:hundred"], found["badge:first"] = points // 100, int(points >= 250)
    return found + kept(sales)


def kept(sales: Sequence[Sale]) -> Counter[str]:
    """The reviews at which a tier was kept, and how often the highest was reached: day by day, every receipt as it stood then."""
    found: Counter[str] = Counter()
    rank = 0
    for day in range(FIRST, LAST + 1):
        quarter = day_from_iso(f"{date_of(day).year}-{(date_of(day).month - 1) // 3 * 3 + 1:02}-01")
        counting = [each for each in sales if quarter <= each.day <= day]
        if any(each.day == day for each in sales):
            # The purchases of a day come before its returns, and up it goes at once.
            now = sum(sum(each.left(day - 1).values()) if each.day < day else sum(each.money) for each in counting)
            was, rank = rank, max(rank, *(place for place, floor in enumerate(FLOORS) if now >= floor))
            found["badge:reached"] += was < rank == len(FLOORS) - 1
        if day == add_months(quarter, 3) - 1 and rank:
            if sum(sum(each.left(day).values()) for each in counting) >= FLOORS[rank]:
                found["badge:friend" if rank == 1 else "badge:patron"] += 1
            else:
                rank -= 1
    return found


@settings(max_examples=100)
@given(sales=SALES)
def test_what_is_fed_is_what_a_count_of_the_receipts_says(sales: list[Sale]) -> None:
    held: Counter[str] = Counter()
    for entry in REPLAYER.replay(facts_of(sales), LAST).entries:
        if entry.asset.startswith("badge:"):
            held[entry.asset] += entry.quantity
    assert +held == +expected(sales)
