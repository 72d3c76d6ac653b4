"""Tiers that are held, against a reckoning: the higher one of what counts and of what is held on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from tests.replay.any_member import DAYS
from tests.replay.any_member import FIRST
from tests.replay.any_member import Life
from tests.replay.any_member import lives
from tests.replay.any_program import replayer

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day

LADDER = """\
tiers:
  by: spend
  counted_over: calendar month
  going_down: at once
  ladder: {{guest: {{at_least: 0}}, friend: {{at_least: 50.00{friend}}}, patron: {{at_least: 150.00{patron}}}}}
"""
HELD = replayer(LADDER.format(friend=", one_purchase: 20.00", patron=", one_purchase: 100.00"))
PLAIN = replayer(LADDER.format(friend="", patron=""))
NAMES = ["guest", "friend", "patron"]
STARTS = FIRST + 9


def held_on(life: Life, day: Day) -> int:
    """The highest tier that is held at the end of a day."""
    rungs = [0]
    month_ends = [FIRST + offset for offset in (30, 58, 89, 119, 150, 180, 211, 242, 272, 303, 333, 364, 395, 423)]
    for each in life.bought:
        bought = FIRST + each.moment[0] if each else 0
        if each and bought <= day < next(end for end in month_ends if end >= bought):
            rungs.append(2 if each.bread + each.tea >= 10_000 else 1 if each.bread + each.tea >= 2000 else 0)
    given: list[tuple[int, int]] = []
    for one in sorted(life.held, key=lambda one: one.moment[0]):
        if FIRST + one.moment[0] <= day and not one.days:
            given = []
        elif FIRST + one.moment[0] <= day and one.tier in NAMES:
            given.append((NAMES.index(one.tier), FIRST + one.moment[0] + one.days))
    return max(rungs + [rung for rung, last in given if day < last])


@settings(max_examples=150)
@given(life=lives, day=st.integers(9, DAYS).map(lambda offset: FIRST + offset))
def test_the_tier_is_the_higher_one_of_what_counts_and_what_is_held(life: Life, day: Day) -> None:
    # One gift of a day, so that their order on that day does not matter; no returns: what counts is as without holds.
    held = {one.moment[0]: one for one in life.held}
    life = life._replace(backs=(), held=tuple(held.values()))
    counted = PLAIN.replay(life._replace(held=()).facts(PLAIN.plan, last=day), day).standing.tier
    expected = NAMES[max(NAMES.index(counted), held_on(life, day))]
    assert HELD.replay(life.facts(HELD.plan, last=day), day).standing.tier == expected
