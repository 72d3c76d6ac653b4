"""The kinds of `when` that have a second reckoning: the programs of those in this folder have all of them."""

from __future__ import annotations

from loyalty_cli.program.load import program_of
from loyalty_cli.rules.all_rules import kind_of
from tests.replay import test_counted_by_counting as counted
from tests.replay import test_days_by_reckoning as days
from tests.replay import test_fed_by_reckoning as fed
from tests.replay import test_moments_by_reckoning as moments
from tests.replay import test_more_than_usual_by_reckoning as usual
from tests.replay import test_points_that_lapse_soon_by_reckoning as lapsing
from tests.replay import test_segments_by_reckoning as segments
from tests.replay.any_program import HEAD

COUNTED = "".join(
    counted.Rule(what, 2, "lifetime", every_time=False, tea_only=False).text(what) for what in ("spend", "visits", "units", "set", "streak")
)
PROGRAMS = (
    counted.HEAD + COUNTED,
    days.Terms(20, 2, 0).text(),
    usual.PROGRAM.replace("MORE", "10").replace("MONTHS", "2").replace("LEAST", "1"),
    *(HEAD + module.PROGRAM for module in (fed, lapsing, segments)),
    HEAD + "points: {earn: {}}\n" + moments.PROGRAM.lstrip(),
)


# A kind is added here with its reckoning; until then its worked examples, reckoned by hand, are all there is.
RECKONED = (
    *("one_purchase", "joined", "spend", "more_than_usual", "visits", "units", "set", "different", "streak", "all_of"),
    *("birthday", "name_day", "anniversary", "absence", "tier", "badge", "kept_tier", "enters", "leaves", "points_reached"),
    *("points_lapse", "coupon_lapses", "each_month", "event", "feedback", "consent", "friend_joins", "friend_buys", "friend_spends"),
)


def test_these_kinds_of_when_are_reckoned_a_second_time() -> None:
    rewards = (reward for text in PROGRAMS for reward in program_of(text, "program.yaml").rewards.values())
    reckoned = {type(reward.when) for reward in rewards}
    assert {word for word in RECKONED if kind_of("when", word) not in reckoned} == set()
