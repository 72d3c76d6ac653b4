"""Streaks against a second reckoning, which lists the weeks of each day's receipts from the start and looks for rows among them."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import RETURN
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.replay.test_counted_by_counting import DAYS
from tests.replay.test_counted_by_counting import facts_of
from tests.replay.test_counted_by_counting import FIRST
from tests.replay.test_counted_by_counting import HEAD
from tests.replay.test_counted_by_counting import LAST
from tests.replay.test_counted_by_counting import left
from tests.replay.test_counted_by_counting import Sale
from tests.replay.test_counted_by_counting import sales

# The week from Monday 16 February to Sunday 22 February 2026, in which no store sells unless `open` is said.
CLOSED = "closed: [2026-02-16 to 2026-02-22]\n"
CLOSED_MONDAY = FIRST + 19


def times(length: int, least: int, every_time: bool, bought: list[Sale], today: int) -> int:
    """Weeks that count, numbered; rows of them, each as long as it can be, however long the closed week between them is."""
    money: Counter[int] = Counter()
    for sale in bought:
        if FIRST + sale.day <= today:
            amount = sum(left(sale, today))
            money[monday(FIRST + sale.day)] += amount if least else int(amount > 0)
    weeks = [day for day in range(monday(FIRST), LAST + 1, 7) if day != CLOSED_MONDAY or money[day] >= max(1, least)]
    said = "".join("x" if money[day] >= max(1, least) else " " for day in weeks)
    full = sum(len(row) // length for row in said.split(" "))
    return full if every_time else min(full, 1)


def monday(day: int) -> int:
    """The Monday of a day's week."""
    return day - date_of(day).weekday()


@settings(max_examples=100)
@given(
    length=st.integers(2, 4),
    least=st.sampled_from((0, 0, 5)),
    every_time=st.booleans(),
    bought=st.lists(sales, min_size=2, max_size=14),
    night=st.integers(1, DAYS - 1),
)
def test_streaks_are_the_rows_of_weeks_that_stand_on_each_day(
    length: int, least: int, every_time: bool, bought: list[Sale], night: int
) -> None:
    amount = f", with_at_least: {least}.00" if least else ""
    how_often = ", times: every time" if every_time else ""
    reward = f"  row: {{when: {{streak: {length} weeks{amount}{how_often}}}, give: {{points: 1}}}}\n"
    plan = Plan(((0, program_of(CLOSED + HEAD.lstrip() + reward, "program.yaml")),))
    replayer = Replayer(plan)
    facts = facts_of(bought, plan)
    whole = replayer.replay(MemberFacts(1, facts), LAST)
    due = Counter[int]()
    for entry in whole.entries:
        due[entry.day] += entry.quantity
    stands = [0, *(times(length, least, every_time, bought, day) for day in range(FIRST, LAST + 1))]
    expected = {FIRST + at: now - stands[at] for at, now in enumerate(stands[1:]) if now != stands[at]}
    assert {day: count for day, count in due.items() if count} == expected
    split = FIRST + night
    if not any(fact.kind == RETURN and fact.day > split for fact in facts):
        early = replayer.replay(MemberFacts(1, [fact for fact in facts if fact.day <= split]), split)
        later = MemberFacts(1, [fact for fact in facts if fact.day > split])
        second = replayer.replay(later, LAST, restored(saved(early.member), replayer.start(later)))
        assert early.entries + second.entries == whole.entries
        assert saved(second.member) == saved(whole.member)
