"""`points_lapse` against a look at every evening, which keeps a plain list of what is left of each purchase's points."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import Day
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import REDEMPTION
from loyalty_cli.model.facts import Redemption
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.replay.any_program import replayer

FIRST, DAYS, LIVE, SOON = day_from_iso("2026-02-01"), 120, 30, 10
LAST = FIRST + DAYS + LIVE
PROGRAM = f"""
points: {{lapse_after: {LIVE} days, earn: {{basic: {{points: 1, for_every: 1.00}}}}}}
rewards:
  soon: {{when: {{points_lapse: {SOON} days before}}, give: {{badge: soon}}}}
"""
REPLAYER = replayer(PROGRAM)


def told(happened: list[tuple[Day, int]]) -> Counter[Day]:
    """The days on which it is told; what happened are points that came, or below zero were used."""
    lots: list[list[int]] = []
    found, known = Counter[Day](), set[int]()
    for today in range(FIRST, LAST + 1):
        lots = [lot for lot in lots if lot[0] >= today]
        for _, points in (each for each in happened if each[0] == today):
            if points > 0:
                # What is owed is paid first.
                debt = min(points, -sum(lot[1] for lot in lots if lot[1] < 0))
                lots = [lot for lot in lots if lot[1] > 0]
                lots += [[today + LIVE, points - debt]] if points > debt else []
                continue
            left = -points
            for lot in sorted(lots):
                taken = min(left, lot[1])
                left, lot[1] = left - taken, lot[1] - taken
        lots = [lot for lot in lots if lot[1]]
        if lots and min(lots)[0] - SOON <= today and min(lots)[0] not in known:
            known.add(min(lots)[0])
            found[today] += 1
    return found


@settings(max_examples=150)
@given(
    came=st.lists(st.tuples(st.integers(0, DAYS), st.integers(1, 9)), min_size=1, max_size=8),
    used=st.lists(st.tuples(st.integers(0, DAYS), st.integers(1, 6)), max_size=4),
    night=st.integers(0, DAYS),
)
def test_each_last_day_is_told_once_as_soon_as_it_is_the_next_and_near(
    came: list[tuple[int, int]], used: list[tuple[int, int]], night: int
) -> None:
    happened = sorted([(FIRST + day, points) for day, points in came])
    for after, points in sorted(used):
        # Nobody uses more than there is.
        there = sum(points for day, points in happened if FIRST + after - LIVE <= day <= FIRST + after and points > 0)
        gone = -sum(points for _, points in happened if points < 0)
        if there - gone >= points:
            happened.append((FIRST + after, -points))
    happened.sort(key=lambda each: (each[0], each[1] < 0))
    facts = [
        Purchase(day, number, PURCHASE, number, "", 100 * points, ((0, 100 * points),))
        if points > 0
        else Redemption(day, 5000 + number, REDEMPTION, number, -points, 0)
        for number, (day, points) in enumerate(happened, 1)
    ]
    known = MemberFacts(1, facts, returns=False)
    whole = REPLAYER.replay(known, LAST)
    assert Counter(entry.day for entry in whole.entries if entry.asset == "badge:soon") == told(happened)
    split = FIRST + night
    early = REPLAYER.replay(known._replace(facts=[fact for fact in facts if fact.day <= split]), split)
    later = known._replace(facts=[fact for fact in facts if fact.day > split])
    second = REPLAYER.replay(later, LAST, restored(saved(early.member), REPLAYER.start(later)))
    assert early.entries + second.entries == whole.entries
