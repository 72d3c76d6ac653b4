"""What is counted over windows, against a second reckoning that counts everything from the start on each day.

It knows no states, no windows that run and no differences but one: what is due on a day is how often the target is reached by
the receipts as they stand that day, less how often it was the day before.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from datetime import timedelta
from typing import Literal
from typing import NamedTuple

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
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved

FIRST = day_from_iso("2026-01-28")
DAYS = 75
LAST = FIRST + DAYS
HEAD = """
program: Counted
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
rewards:
"""
WINDOWS = ("lifetime", "calendar week", "calendar month", "calendar quarter", "10 days")


class Rule(NamedTuple):
    """One reward: what is counted of which goods, how much, over which window, once or every time."""

    counts: Literal["spend", "visits", "days", "units", "set", "streak"]
    target: int
    window: str
    every_time: bool
    tea_only: bool

    def text(self, name: str) -> str:
        """As a program says it."""
        what = {
            "spend": f"spend: {self.target}.00",
            "visits": f"visits: {self.target}",
            "days": f"visits: {self.target}, a_visit_is: a day",
            "units": f"units: {self.target}",
            "set": "set: {categories: [tea, bread]}",
            "streak": f"streak: {self.target} weeks, with_at_least: 3.00",
        }[self.counts]
        only = ", only: {categories: [tea]}" if self.tea_only else ""
        times = ", times: every time" if self.every_time else ""
        window = "" if self.counts == "streak" else f", counted_over: {self.window}"
        return f"  {name}: {{when: {{{what}{window}{times}{only}}}, give: {{points: 1}}}}\n"


class Sale(NamedTuple):
    """A receipt: its day, the whole zlotys for tea and for bread, each a piece for every zloty; and what comes back when."""

    day: int
    tea: int
    bread: int
    back_after: int | None
    tea_back: int
    bread_back: int


counts = st.sampled_from(("spend", "visits", "days", "units"))
rules = st.builds(Rule, counts, st.integers(1, 9), st.sampled_from(WINDOWS), st.booleans(), st.booleans())
streaks = st.builds(Rule, st.just("streak"), st.integers(1, 3), st.just("lifetime"), st.booleans(), st.booleans())
sets = st.builds(Rule, st.just("set"), st.just(2), st.sampled_from(WINDOWS[:4]), st.just(False), st.just(False))
days_back = st.one_of(st.none(), st.integers(0, 40))
much = st.integers(0, 8)
sales = st.builds(Sale, st.integers(0, 60), much, much, days_back, much, much).filter(lambda sale: sale.tea + sale.bread > 0)


def facts_of(bought: list[Sale], plan: Plan) -> list[Purchase | Return]:
    """The receipts in order, and their returns, each naming its sale."""
    tea, bread = plan.class_of("T", "tea"), plan.class_of("B", "bread")
    facts: list[Purchase | Return] = []
    for number, sale in enumerate(bought, 1):
        goods = [(1, tea, sale.tea), (2, bread, sale.bread)]
        items = tuple(Item(product, class_, 100 * much, 100 * much, 1000 * much) for product, class_, much in goods if much)
        parts = tuple((item.class_, item.money) for item in items)
        units = tuple((item.class_, item.quantity) for item in items)
        day, amount = FIRST + sale.day, 100 * (sale.tea + sale.bread)
        facts.append(Purchase(day, 10 * number, PURCHASE, number, "Market", amount, parts, items, (), units))
        gone = [(1, tea, min(sale.tea, sale.tea_back)), (2, bread, min(sale.bread, sale.bread_back))]
        back = tuple(Item(product, class_, 100 * much, 100 * much, 1000 * much) for product, class_, much in gone if much)
        if sale.back_after is not None and back:
            facts.append(Return(day + sale.back_after, 5000 + number, RETURN, 100 + number, "Market", back, number))
    return sorted(facts, key=lambda fact: fact[:4])


def left(sale: Sale, today: int) -> tuple[int, int]:
    """The tea and the bread of a receipt that the member has on a day."""
    if sale.back_after is None or FIRST + sale.day + sale.back_after > today:
        return sale.tea, sale.bread
    return max(0, sale.tea - sale.tea_back), max(0, sale.bread - sale.bread_back)


def period(window: str, day: int) -> tuple[int, ...]:
    """The calendar period a day lies in."""
    at: date = date_of(day)
    return {
        "lifetime": (),
        "calendar week": at.isocalendar()[:2],
        "calendar month": (at.year, at.month),
        "calendar quarter": (at.year, (at.month + 2) // 3),
    }[window]


def times(rule: Rule, bought: list[Sale], today: int) -> int:
    """How often the target is reached by the receipts as they stand on a day."""
    stand = [(FIRST + sale.day, *left(sale, today)) for sale in sorted(bought, key=lambda sale: sale.day) if FIRST + sale.day <= today]
    counted: list[tuple[int, int, str]] = []
    seen: set[int] = set()
    for day, tea, bread in stand:
        much = tea if rule.tea_only else tea + bread
        if rule.counts == "set":
            counted += [(day, 1, thing) for thing, there in (("tea", tea), ("bread", bread)) if there]
        elif rule.counts in {"spend", "units"}:
            counted.append((day, much, ""))
        elif much and not (rule.counts == "days" and day in seen):
            counted.append((day, 1, ""))
            seen.add(day)
    if rule.counts == "streak":
        return times_in_a_row(rule, stand)
    if rule.window == "10 days":
        return times_lately(rule, counted)
    total = 0
    for each in {period(rule.window, day) for day, _, _ in counted}:
        own = [(much, thing) for day, much, thing in counted if period(rule.window, day) == each]
        reached = len({thing for _, thing in own}) if rule.counts == "set" else sum(much for much, _ in own)
        total += reached // rule.target if rule.every_time else int(reached >= rule.target)
    return total


def times_in_a_row(rule: Rule, stand: list[tuple[int, int, int]]) -> int:
    """Week by week from the first to the last: those with three zlotys and goods count, and each n-th in a row is a time."""
    money: Counter[int] = Counter()
    for day, tea, bread in stand:
        money[day - date_of(day).weekday()] += tea if rule.tea_only else tea + bread
    total = row = 0
    for monday in range(min(money, default=0), max(money, default=0) + 7, 7):
        row = row + 1 if money[monday] >= 3 else 0
        total += int(row > 0 and row % rule.target == 0)
    return total if rule.every_time else min(1, total)


def times_lately(rule: Rule, counted: list[tuple[int, int, str]]) -> int:
    """Unit by unit: as soon as the last ten days hold so many, the oldest of them are used up."""
    units: list[int] = []
    total = 0
    for day, much, _ in counted:
        units += [day] * much
        while True:
            fresh = [index for index, of in enumerate(units) if of > (date_of(day) - timedelta(days=10) - date(1, 1, 1)).days + ZERO]
            if len(fresh) < rule.target or (total and not rule.every_time):
                break
            used = set(fresh[: rule.target])
            units = [of for index, of in enumerate(units) if index not in used]
            total += 1
    return total


# The day number of 1 January of year 1.
ZERO = FIRST - (date_of(FIRST) - date(1, 1, 1)).days


@settings(max_examples=100)
@given(
    asked=st.lists(st.one_of(rules, sets, streaks), min_size=1, max_size=3),
    bought=st.lists(sales, min_size=1, max_size=8),
    night=st.integers(1, DAYS - 1),
)
def test_what_is_due_each_day_is_what_counting_from_the_start_says(asked: list[Rule], bought: list[Sale], night: int) -> None:
    text = HEAD + "".join(rule.text(f"r{number}") for number, rule in enumerate(asked))
    plan = Plan(((0, program_of(text, "program.yaml")),))
    replayer = Replayer(plan)
    facts = facts_of(bought, plan)
    whole = replayer.replay(MemberFacts(1, facts), LAST)
    due: Counter[tuple[str, int]] = Counter()
    for entry in whole.entries:
        due[entry.rule, entry.day] += entry.quantity
    expected: Counter[tuple[str, int]] = Counter()
    for number, rule in enumerate(asked):
        before = 0
        for day in range(FIRST, LAST + 1):
            now = times(rule, bought, day)
            expected[f"rewards.r{number}", day] += now - before
            before = now
    assert {key: count for key, count in due.items() if count} == {key: count for key, count in expected.items() if count}
    # In two nights it is the same, as long as what comes back came back before: a later return is replayed from the start.
    split = FIRST + night
    if not any(fact.kind == RETURN and fact.day > split for fact in facts):
        early = replayer.replay(MemberFacts(1, [fact for fact in facts if fact.day <= split]), split)
        later = MemberFacts(1, [fact for fact in facts if fact.day > split])
        second = replayer.replay(later, LAST, restored(saved(early.member), replayer.start(later)))
        assert early.entries + second.entries == whole.entries
        assert saved(second.member) == saved(whole.member)
