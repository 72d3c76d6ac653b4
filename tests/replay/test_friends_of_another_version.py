"""A reward for bringing friends that one version of the program leaves out and a later one has again: it goes on as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import HANDED_OVER
from loyalty_cli.model.facts import HandedOver
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer

HEAD = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\npoints: {earn: {}}\nrewards:\n"
OTHER = "  large: {when: {one_purchase: 9000.00}, give: {points: 1}}\n"
FIRST, GONE, AGAIN, LAST = map(day_from_iso, ("2026-02-01", "2026-03-01", "2026-04-01", "2026-05-15"))
SETTLED = 3


def plan_of(first: int, second: int) -> Plan:
    """A version with the reward, one without it, one with it again; what the friend must spend may be another amount."""
    text = "  friend: {{when: {{friend_spends: {}.00, settled_after: 3 days}}, at_most: 2, give: {{points: 5, to_friend: {{points: 1}}}}}}"
    texts = (text.format(first), OTHER, text.format(second))
    return Plan(tuple((day, program_of(f"{HEAD}{each}\n", "program.yaml")) for day, each in zip((0, GONE, AGAIN), texts, strict=True)))


def given_on(first: int, second: int, bought: list[tuple[Day, int]]) -> list[Day]:
    """Once: three days after what was bought while there was the reward comes to what it asks, or asks again, never while there is none."""
    days = []
    for asked, from_, until in ((first, FIRST, GONE - 1), (second, AGAIN, LAST)):
        for day in range(FIRST, until + 1):
            in_program = [money for on, money in bought if on <= day and not GONE <= on < AGAIN]
            if sum(in_program) >= asked:
                told = max(day + SETTLED, from_)
                days.append(AGAIN if GONE <= told < AGAIN else told)
                break
    return [min(days)] if days else []


@settings(max_examples=150)
@given(
    first=st.sampled_from((60, 100)),
    second=st.sampled_from((60, 100, 150)),
    bought=st.lists(st.tuples(st.integers(FIRST, LAST - 10), st.integers(10, 80)), max_size=8),
    by_card_only=st.booleans(),
)
def test_a_friend_brings_it_once_by_what_they_bought_while_it_was_there(
    first: int, second: int, bought: list[tuple[Day, int]], by_card_only: bool
) -> None:
    replayer = Replayer(plan_of(first, second))
    facts = [
        Purchase(day, 0, PURCHASE, number, "", 100 * money, ((0, 100 * money),), (Item(0, 0, 100 * money, 100 * money),))
        for number, (day, money) in enumerate(sorted(bought), 1)
    ]
    friend = MemberFacts(1, facts, None if by_card_only else day_from_iso("2026-01-20"), referred_by=2, returns=False)
    whole = replayer.replay(friend, LAST)
    expected = given_on(first, second, bought)
    assert [entry.day for entry in whole.entries] == [told.day for told in whole.member.memories.told] == expected


def test_how_many_friends_counted_is_known_when_it_is_there_again() -> None:
    # Two friends at most: one in February, one in April; the third, in April, too, brings nothing.
    days = map(day_from_iso, ("2026-02-10", "2026-04-10", "2026-04-12"))
    told = [HandedOver(day, 0, HANDED_OVER, friend, "friend", 1) for friend, day in enumerate(days, 2)]
    entries = Replayer(plan_of(60, 60)).replay(MemberFacts(1, told), LAST).entries
    assert [entry.cause_id for entry in entries] == [2, 3]


def test_another_kind_of_reward_with_its_name_begins_with_its_day() -> None:
    # Two visits: those of February and of March are none of the new reward's, which has that of 10 April and of 12 April.
    visits = "  friend: {when: {visits: 2}, give: {points: 5}}\n"
    friend = "  friend: {when: {friend_spends: 900.00}, give: {points: 5, to_friend: {points: 1}}}\n"
    versions = zip((0, GONE, AGAIN), (friend, OTHER, visits), strict=True)
    plan = Plan(tuple((day, program_of(f"{HEAD}{each}", "program.yaml")) for day, each in versions))
    days = map(day_from_iso, ("2026-02-10", "2026-03-10", "2026-04-10", "2026-04-12"))
    facts = [Purchase(day, 0, PURCHASE, number, "", 100, ((0, 100),), (Item(0, 0, 100, 100),)) for number, day in enumerate(days, 1)]
    entries = Replayer(plan).replay(MemberFacts(1, facts, referred_by=2, returns=False), LAST).entries
    assert [(entry.day, entry.quantity) for entry in entries] == [(day_from_iso("2026-04-12"), 5)]
