"""Rewards that another version of the program changes, against a second reckoning that looks at the receipts period by period.

Where the same is counted over the same window, the running period goes on under the new target, and what it then reaches is given
with the first day of the version. Where anything else is counted, the receipts so far are counted again, and bring nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.replay.test_counted_by_counting import facts_of
from tests.replay.test_counted_by_counting import FIRST
from tests.replay.test_counted_by_counting import HEAD
from tests.replay.test_counted_by_counting import LAST
from tests.replay.test_counted_by_counting import period
from tests.replay.test_counted_by_counting import Rule
from tests.replay.test_counted_by_counting import Sale
from tests.replay.test_counted_by_counting import times
from tests.replay.test_counted_by_counting import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


def times_of_both(before: Rule, after: Rule, bought: Sequence[Sale], switch: Day) -> int:
    """How often a reward is given in all, of which `after` holds from a day on."""
    early = [sale for sale in bought if FIRST + sale.day < switch]
    if (before.counts, before.window, before.tea_only) != (after.counts, after.window, after.tea_only):
        # Counted again: given is what the old rule reached, and what the new one reaches beyond the receipts so far.
        return times(before, early, LAST) + times(after, list(bought), LAST) - times(after, early, LAST)
    running = period(after.window, switch)
    total = 0
    for each in {period(after.window, FIRST + sale.day) for sale in bought}:
        own = [sale for sale in bought if period(after.window, FIRST + sale.day) == each]
        own_early = [sale for sale in own if sale in early]
        if each == running:
            total += max(times(before, own_early, LAST), times(after, own, LAST))
        else:
            total += times(before if own_early else after, own, LAST)
    return total


kinds = st.sampled_from(("spend", "visits", "days", "units"))
rules = st.builds(Rule, kinds, st.integers(1, 9), st.sampled_from(WINDOWS[:4]), st.booleans(), st.booleans())
much = st.integers(0, 8)
sales = st.builds(Sale, st.integers(0, 60), much, much, st.none(), st.just(0), st.just(0)).filter(lambda sale: sale.tea + sale.bread > 0)


@settings(max_examples=150, deadline=None)
@given(
    before=rules,
    after=rules,
    alike=st.booleans(),
    bought=st.lists(sales, min_size=1, max_size=9),
    day=st.integers(1, 60),
    night=st.integers(1, 70),
)
def test_a_changed_reward_is_given_as_often_as_counting_says(
    before: Rule, after: Rule, alike: bool, bought: list[Sale], day: int, night: int
) -> None:
    if alike:
        after = after._replace(counts=before.counts, window=before.window, tea_only=before.tea_only)
    switch = FIRST + day
    plan = Plan(((0, program_of(HEAD + before.text("r"), "p.yaml")), (switch, program_of(HEAD + after.text("r"), "p.yaml"))))
    replayer, facts = Replayer(plan), facts_of(bought, plan)
    entries = replayer.replay(MemberFacts(1, facts), LAST).entries
    assert sum(entry.quantity for entry in entries) == times_of_both(before, after, bought, switch)
    # In two nights it is the same where both lie in the same version: whoever is to see another one starts anew.
    split = FIRST + night
    if split >= switch:
        early = replayer.replay(MemberFacts(1, [fact for fact in facts if fact.day <= split]), split)
        later = MemberFacts(1, [fact for fact in facts if fact.day > split])
        second = replayer.replay(later, LAST, restored(saved(early.member), replayer.start(later)))
        assert early.entries + second.entries == entries
