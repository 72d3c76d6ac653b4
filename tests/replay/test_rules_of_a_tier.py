"""Which earn rules hold in a tier is known beforehand, where nothing else decides."""

from __future__ import annotations

import pytest

from loyalty_cli.model.facts import NONE
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.earning import Earning
from loyalty_cli.replay.plan import Plan

HEAD = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
"""
LADDER = "tiers: {by: spend, ladder: {guest: {at_least: 0}, friend: {at_least: 100.00}, patron: {at_least: 500.00}}}\n"
# The first rule is bit 1, the second bit 2, the third bit 4.
RULES = """\
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    friends: {points: 1, for_every: 2.00, only: {tiers: [friend, patron]}}
    third: {points: 1, for_every: 5.00, only: %s}
"""


def earning_of(third: str, ladder: str = LADDER) -> Earning:
    program = program_of(HEAD + ladder + RULES % third, "program.yaml")
    return Earning(program, Plan(((program.starts, program),)))


def test_rules_by_tier_alone() -> None:
    # guest: basic = 1. friend: basic and friends = 1 + 2. patron: all three = 1 + 2 + 4. No tier yet: basic.
    assert earning_of("{tiers: [patron]}").by_tier == {"": 1, "guest": 1, "friend": 3, "patron": 7}


def test_they_are_those_of_members_in_no_group() -> None:
    earning = earning_of("{groups: [staff]}")
    # friend: basic and friends = 1 + 2; for staff the third rule, 4, besides.
    assert earning.by_tier["friend"] == 3
    assert earning.holding_for("friend", frozenset({"staff"}), NONE) == 7


@pytest.mark.parametrize("of_the_moment", ["{hours: 10:00 to 12:00}", "{stores: [Market]}", "{birthday_within: 3}"])
def test_nothing_is_known_beforehand_where_the_moment_decides(of_the_moment: str) -> None:
    assert earning_of(of_the_moment).by_tier == {}
