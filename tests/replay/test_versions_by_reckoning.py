"""Rewards that another version of the program changes, against a second reckoning that looks at the receipts period by period.

Where the same is counted over the same window, the running period goes on under the new target, and what it then reaches is given
with the first day of the version. Where anything else is counted, the receipts so far are counted again, and bring nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
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
from tests.replay.test_counted_by_counting import sales as with_returns
from tests.replay.test_counted_by_counting import sets
from tests.replay.test_counted_by_counting import streaks
from tests.replay.test_counted_by_counting import times
from tests.replay.test_counted_by_counting import WINDOWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day


def counts_alike(before: Rule, after: Rule) -> bool:
    """Whether two rules count the same over the same window."""
    return (before.counts, before.window, before.tea_only) == (after.counts, after.window, after.tea_only)


def kept_of(sale: Sale) -> Sale:
    """What is left of a receipt in the end."""
    tea, bread = (sale.tea_back, sale.bread_back) if sale.back_after is not None else (0, 0)
    return Sale(sale.day, max(0, sale.tea - tea), max(0, sale.bread - bread), None, 0, 0)


def times_of_both(before: Rule, after: Rule, bought: Sequence[Sale], switch: Day) -> int:
    """How often a reward is given in all, of which `after` holds from a day on."""
    early = [sale for sale in bought if FIRST + sale.day < switch]
    if not counts_alike(before, after):
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


class GivenSoFar:
    """What one rule has reached in each period, going receipt by receipt and return by return; what is given stands by its number."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.given: Counter[tuple[int, int]] = Counter()
        self.stand: dict[int, Sale] = {}
        self.reached: Counter[int] = Counter()
        # Receipts of before the rule, which count and give nothing by themselves.
        self.carried: set[int] = set()

    def counted(self, first: int, *, carried: bool = False) -> int:
        """How often the target is reached in a period by what the member has, or by what they had before the rule."""
        some = [sale for number, sale in self.stand.items() if number in self.carried or not carried]
        return times(self.rule, [sale for sale in some if first_day(self.rule.window, FIRST + sale.day) == first], LAST)

    def more(self, first: int) -> None:
        """What a period has reached beyond before is given."""
        for number in range(self.reached[first] + 1, self.counted(first) + 1):
            self.given[first, number] += 1
            self.reached[first] = number

    def hears(self, number: int, sale: Sale, *, back: bool) -> None:
        """A receipt, or goods of a receipt that was heard."""
        if not back:
            self.stand[number] = sale._replace(back_after=None)
            self.more(first_day(self.rule.window, FIRST + sale.day))
        elif number in self.stand:
            self.brings_back(number, sale)

    def brings_back(self, number: int, sale: Sale) -> None:
        """Goods of a receipt: what they made reached is taken, the latest first, if it was given."""
        first = first_day(self.rule.window, FIRST + sale.day)
        before, early = self.counted(first), self.counted(first, carried=True)
        self.stand[number] = kept_of(sale)
        for _ in range(min(self.reached[first], max(0, before - self.counted(first)))):
            self.given[first, self.reached[first]] -= self.given[first, self.reached[first]] > 0
            self.reached[first] -= 1
        # What receipts of before reach no longer by themselves, and all together still do, is due for the first time.
        for again in range(self.counted(first, carried=True) + 1, min(early, self.reached[first]) + 1):
            self.given[first, again] += 1


def first_day(window: str, day: Day) -> Day:
    """The first day of the period a day lies in."""
    at = date_of(day)
    months = {"calendar month": 0, "calendar quarter": (at.month - 1) % 3}
    if window in months:
        return day - (at - at.replace(month=at.month - months[window], day=1)).days
    return day - at.weekday() if window == "calendar week" else 0


def in_order(bought: Sequence[Sale]) -> list[tuple[Day, bool, int]]:
    """The receipts and what comes back of them, by day: each with the number of its sale, and on a day what comes back last."""
    sold = [(FIRST + sale.day, False, number) for number, sale in enumerate(bought)]
    back = [(FIRST + sale.day + sale.back_after, True, number) for number, sale in enumerate(bought) if sale.back_after is not None]
    return sorted(sold + back)


def given_of_both(before: Rule, after: Rule, bought: Sequence[Sale], switch: Day) -> int:
    """How often a reward is given in the end, of which `after` holds from a day on, with all that came back.

    Where both count alike, it is as if only what was kept had been bought.
    """
    if counts_alike(before, after) and before.counts not in {"set", "streak"}:
        return times_of_both(before, after, [left for left in map(kept_of, bought) if left.tea + left.bread], switch)
    events = in_order(bought)
    old = GivenSoFar(before)
    for _, back, number in (each for each in events if each[0] < switch):
        old.hears(number, bought[number], back=back)
    new = changed(old, after, switch)
    for _, back, number in (each for each in events if each[0] >= switch):
        for each in (old, new) if back and new is not old else (new,):
            each.hears(number, bought[number], back=back)
    return sum(sum(each.given.values()) for each in ((old, new) if new is not old else (new,)))


def changed(old: GivenSoFar, after: Rule, switch: Day) -> GivenSoFar:
    """What goes on under the new rule: the same where it counts alike, else a count of its own, where receipts so far give nothing.

    Each takes back what it gave itself: the first time by the old rule is not the first one by the new.
    """
    before = old.rule
    if counts_alike(before, after):
        old.rule = after
        old.more(first_day(after.window, switch))
        return old
    new = GivenSoFar(after)
    for number, sale in old.stand.items():
        new.hears(number, sale, back=False)
    new.given.clear()
    new.carried = set(new.stand)
    return new


kinds = st.sampled_from(("spend", "visits", "days", "units"))
rules = st.builds(Rule, kinds, st.integers(1, 9), st.sampled_from(WINDOWS[:4]), st.booleans(), st.booleans())
changing = st.one_of(rules, sets, streaks)
much = st.integers(0, 8)
sales = st.builds(Sale, st.integers(0, 60), much, much, st.none(), st.just(0), st.just(0)).filter(lambda sale: sale.tea + sale.bread > 0)


@settings(max_examples=150)
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


@settings(max_examples=150)
@given(before=changing, after=changing, alike=st.booleans(), bought=st.lists(with_returns, min_size=1, max_size=9), day=st.integers(1, 60))
def test_what_came_back_of_receipts_before_a_change_is_taken_by_the_rule_of_their_day(
    before: Rule, after: Rule, alike: bool, bought: list[Sale], day: int
) -> None:
    if alike or before.counts == after.counts == "streak":
        # A set and a streak stay as they are: the target of one is given, another length of the other is worked by hand.
        fixed = before.counts in {"set", "streak"}
        after = before if fixed else before._replace(target=after.target, every_time=after.every_time)
    switch = FIRST + day
    plan = Plan(((0, program_of(HEAD + before.text("r"), "p.yaml")), (switch, program_of(HEAD + after.text("r"), "p.yaml"))))
    entries = Replayer(plan).replay(MemberFacts(1, facts_of(bought, plan)), LAST + 40).entries
    assert sum(entry.quantity for entry in entries) == given_of_both(before, after, bought, switch)
