"""Segments against a reckoning that looks at the receipts anew each morning, as they stood when the day before ended."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import example
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.facts import ADJUSTMENT
from loyalty_cli.model.facts import Adjustment
from loyalty_cli.model.facts import InGroup
from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import MemberFacts
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.facts import Purchase
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from tests.replay.any_program import replayer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.model.facts import Fact

FIRST = day_from_iso("2026-01-20")
DAYS = 200
LAST = FIRST + DAYS
GOODS = ("bread", "tea")
PROGRAM = """
segments:
  spenders: {spend: {at_least: 60.00, counted_over: 30 days}}
  this month: {spend: {at_least: 40.00, counted_over: calendar month, only: {categories: [tea]}}}
  ever: {spend: 150.00}
  often: {visits: {at_least: 3, counted_over: 40 days}}
  ten days: {visits: 5}
  gone: {not_here_for: 25 days}
  no tea: {not_here_for: {length: 1 month, only: {categories: [tea]}}}
  market: {usual_store: {store: Market, counted_over: 60 days}}
  student: {groups: [student]}
  fan: {opinion: promoter}
  rich: {points: 50}
  mixed:
    any: [{opinion: detractor}, {all: [{visits: {at_least: 2, counted_over: 20 days}}, {not: {groups: [student]}}]}]
    not: {points: 100}
points:
  lapse_after: 45 days
  earn:
    basic: {points: 1, for_every: 1.00}
rewards:
  in: {when: {enters: gone}, give: {badge: in}}
  out: {when: {leaves: gone}, give: {badge: out}}
  soon: {when: {points_lapse: 10 days before}, give: {badge: soon}}
  monthly: {when: {each_month: 3, only: {segments: [market]}}, give: {badge: monthly}}
"""
REPLAYER = replayer(PROGRAM)
STARTS = REPLAYER.versions[0].program.starts


class Sale(NamedTuple):
    """A receipt: its day, store, the money for bread and tea, and on which later day all of it came back."""

    day: Day
    store: str
    money: tuple[int, int]
    back: Day | None

    def left(self, morning: Day) -> tuple[int, int]:
        """The money of what was not returned before a morning."""
        return (0, 0) if self.back is not None and self.back < morning else self.money


class History(NamedTuple):
    sales: list[Sale]
    answers: list[tuple[Day, str]]
    student: tuple[Day, Day] | None


AMOUNTS = st.sampled_from((0, 10_00, 25_00, 50_00))
DAY = st.integers(FIRST, LAST)
HISTORIES = st.builds(
    History,
    st.lists(
        st.builds(
            lambda day, store, money, after: Sale(day, store, money, None if after is None else day + after),
            DAY, st.sampled_from(("Market", "Corner")), st.tuples(AMOUNTS, AMOUNTS).filter(any), st.none() | st.integers(1, 30),
        ),
        max_size=14,
    ),
    st.lists(st.tuples(DAY, st.sampled_from(("promoter", "passive", "detractor"))), max_size=3),
    st.none() | st.tuples(DAY, st.integers(0, 60)).map(lambda pair: (pair[0], sum(pair))),
)  # fmt: skip


# Market, Corner, Market on one day; the last came back, so that Corner is the latest of two that have as many.
BACK = (("Market", None), ("Corner", None), ("Market", FIRST + 1))
IN_TURN = History([Sale(FIRST, store, (0, 1000), back) for store, back in BACK], [], None)


def facts_of(history: History) -> MemberFacts:
    """The history as replay wants it."""
    facts: list[Fact] = []
    for number, sale in enumerate(sorted(history.sales, key=lambda each: each.day), 1):
        sorts = [(sort, money) for sort, money in enumerate(sale.money) if money]
        classes = [REPLAYER.plan.class_of("", GOODS[sort]) for sort, _ in sorts]
        items = tuple(Item(sort + 1, class_, money, money, 1000) for class_, (sort, money) in zip(classes, sorts, strict=True))
        parts = Counter[int]()
        for item in items:
            parts[item.class_] += item.money
        facts.append(Purchase(sale.day, number, PURCHASE, number, sale.store, sum(sale.money), tuple(parts.items()), items))
        if sale.back is not None:
            facts.append(Return(sale.back, 0, RETURN, 1000 + number, sale.store, items, number))
    for number, (day, said) in enumerate(history.answers):
        facts.append(Adjustment(day, 0, ADJUSTMENT, number, "event:feedback", 1, opinion=said))
    groups = (InGroup("student", *history.student),) if history.student else ()
    return MemberFacts(1, sorted(facts, key=lambda fact: fact[:4]), FIRST, groups=groups)


def segments_on(history: History, morning: Day, points: int) -> set[str]:
    """Who is what on a morning, from the receipts alone."""
    yesterday = morning - 1
    known = [sale for sale in history.sales if sale.day < morning]
    left = [(sale, *sale.left(morning)) for sale in known]

    def spent(first: Day, *, tea: bool = False) -> int:
        return sum(more if tea else bread + more for sale, bread, more in left if sale.day >= first)

    def days(first: Day) -> int:
        return len({sale.day for sale, bread, tea in left if sale.day >= first and bread + tea})

    last = max((sale.day for sale in known), default=None)
    last_tea = max((sale.day for sale in known if sale.money[1]), default=None)
    answers = [(day, number, said) for number, (day, said) in enumerate(history.answers) if day < morning]
    answer = max(answers)[2] if answers else ""
    student = history.student is not None and history.student[0] <= morning <= history.student[1]
    so = {
        "spenders": spent(yesterday - 29) >= 60_00,
        "this month": spent(start_of_month(yesterday), tea=True) >= 40_00,
        "ever": spent(0) >= 150_00,
        "often": days(yesterday - 39) >= 3,
        "ten days": days(0) >= 5,
        "gone": last is not None and last + 25 < morning,
        "no tea": last_tea is not None and add_months(last_tea, 1) < morning,
        "market": usual(left, yesterday - 59) == "Market",
        "student": student,
        "fan": answer == "promoter",
        "rich": points >= 50,
        "mixed": points < 100 and (answer == "detractor" or (days(yesterday - 19) >= 2 and not student)),
    }
    return {name for name, holds in so.items() if holds}


def statements(history: History, last: Day) -> Counter[str]:
    """What rewards give for going, for coming back, and each month to who usually comes to the Market, from the receipts alone."""
    given, before = Counter[str](), set[str]()
    for morning in range(STARTS, last + 1):
        now = segments_on(history, morning, 0)
        given["in"] += "gone" in now - before
        given["out"] += "gone" in before - now
        given["monthly"] += date_of(morning).day == 3 and "market" in now
        before = now
    return +given


def usual(left: Sequence[tuple[Sale, int, int]], first: Day) -> str:
    """The store of most receipts that were not brought back, of equals that of the latest."""
    counts: dict[str, list[int]] = {}
    in_order = sorted(range(len(left)), key=lambda index: left[index][0].day)
    for place, index in enumerate(in_order):
        sale, bread, tea = left[index]
        if sale.day >= first and bread + tea:
            tally = counts.setdefault(sale.store, [0, 0])
            tally[:] = tally[0] + 1, place
    return max(counts, key=lambda store: counts[store], default="")


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(HISTORIES)
@example(IN_TURN)
def test_segments_of_every_morning_are_those_of_the_receipts(history: History) -> None:
    facts = facts_of(history)
    replayed = REPLAYER.replay(facts, LAST + 40)
    held: set[str] = set()
    points = 0
    entries = sorted(replayed.entries, key=lambda entry: entry.day)
    gone_in = gone_out = monthly = 0
    for morning in range(STARTS, LAST + 41):
        # Points lapse in the morning, before anybody is judged; all else of the day comes after.
        lapsed = sum(entry.quantity for entry in entries if entry.asset == "points" and entry.day == morning and entry.rule == "lapse")
        expected = segments_on(history, morning, points + lapsed)
        for entry in (each for each in entries if each.day == morning and each.asset.startswith("segment:")):
            name = entry.asset.removeprefix("segment:")
            assert (name in held) == (entry.quantity < 0)
            held ^= {name}
            gone_in += (name, entry.quantity) == ("gone", 1)
            gone_out += (name, entry.quantity) == ("gone", -1)
        assert held == expected, morning - FIRST
        monthly += date_of(morning).day == 3 and "market" in expected
        points += sum(entry.quantity for entry in entries if entry.asset == "points" and entry.day == morning)
    badges = Counter[str]()
    for entry in entries:
        badges[entry.asset] += entry.quantity
    assert (badges["badge:in"], badges["badge:out"], badges["badge:monthly"]) == (gone_in, gone_out, monthly)


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(HISTORIES, st.lists(DAY, max_size=4))
def test_nights_in_between_change_nothing(history: History, nights: list[Day]) -> None:
    facts = facts_of(history._replace(sales=[sale._replace(back=None) for sale in history.sales]))
    known = facts._replace(returns=False)
    at_once = REPLAYER.replay(known, LAST).entries
    entries: list[Entry] = []
    state: str | None = None
    before = 0
    for night in [*sorted(set(nights)), LAST]:
        later = known._replace(facts=[fact for fact in known.facts if before < fact.day <= night])
        member = None if state is None else restored(state, REPLAYER.start(later))
        replayed = REPLAYER.replay(later, night, member)
        entries += replayed.entries
        state, before = saved(replayed.member), night
    assert sorted(entries) == sorted(at_once)


def test_a_day_that_was_waited_for_before_a_later_purchase_is_nothing_to_look_at() -> None:
    # Away for 20 days from 1 February would be 21 February; from 11 February it is 3 March, in whatever nights.
    asks = "segments: {rich: {points: 50}}\npoints: {earn: {}}\n"
    machine = replayer(asks + "rewards: {r: {when: {absence: 20 days}, give: {points: 1}}}\n")
    days = [day_from_iso(day) for day in ("2026-02-01", "2026-02-11")]
    bought = [Purchase(day, 0, PURCHASE, number, "", 1000, ((0, 1000),)) for number, day in enumerate(days, 1)]
    until, due = day_from_iso("2026-02-21"), day_from_iso("2026-03-03")
    whole = machine.replay(MemberFacts(1, bought, returns=False), until)
    early = machine.replay(MemberFacts(1, bought, returns=False), until - 1)
    nothing = MemberFacts(1, [], returns=False)
    later = machine.replay(nothing, until, restored(saved(early.member), machine.start(nothing)))
    assert (whole.standing.due_on, later.standing.due_on) == (due, due)


def test_a_group_that_begins_before_the_program_does_is_nothing_to_look_at() -> None:
    # The program begins on the 10th: in whatever nights, the group of the 4th and of the 12th is looked at from then on.
    machine = replayer("segments: {ours: {groups: [staff]}}\npoints: {earn: {}}\n")
    groups = tuple(InGroup("staff", day, day) for day in map(day_from_iso, ("2026-01-04", "2026-01-12")))
    somebody = MemberFacts(1, [], groups=groups, returns=False)
    early = machine.replay(somebody, day_from_iso("2026-01-01"))
    later = machine.replay(somebody, day_from_iso("2026-01-06"), restored(saved(early.member), machine.start(somebody)))
    whole = machine.replay(somebody, day_from_iso("2026-01-06"))
    assert later.standing.due_on == whole.standing.due_on == day_from_iso("2026-01-10")
