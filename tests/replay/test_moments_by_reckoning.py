"""Rewards for joining, yearly days, events, what was asked, coupons in hand and friends, against a look at every single day."""

from __future__ import annotations

from calendar import isleap
from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import date_of
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.program.example_buyers import ExampleBuyer
from loyalty_cli.program.example_buyers import ExampleMember
from loyalty_cli.program.example_buyers import ExamplePurchase
from loyalty_cli.program.example_buyers import ExampleReturn
from loyalty_cli.program.examples import Example
from loyalty_cli.program.examples import ExampleAsked
from loyalty_cli.program.examples import ExampleCoupon
from loyalty_cli.program.examples import ExampleEvent
from loyalty_cli.program.examples import Then
from loyalty_cli.replay.worked_example import played
from tests.replay.any_program import replayer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.replayer import Replayed

# The first day of the program, and a leap year later.
FIRST, LAST = day_from_iso("2026-01-10"), day_from_iso("2028-03-10")
NEVER_BACK = LAST + 1
PROGRAM = """
coupons:
  five: {worth: 5.00, valid_for: 30 days}
  ten: {worth: 10.00, valid_for: 30 days}
rewards:
  hello: {when: {joined: yes}, give: {badge: hello}}
  year: {when: {anniversary: on the day}, give: {badge: year}}
  after a year: {when: {anniversary: 2 days after}, give: {badge: after a year}}
  born: {when: {birthday: 5 days before}, give: {badge: born}}
  named: {when: {name_day: 3 days before}, give: {badge: named}}
  survey: {when: {event: survey}, at_most: 2 in calendar month, give: {badge: survey}}
  opinion: {when: {feedback: given}, give: {badge: opinion}}
  by email: {when: {consent: asked}, give: {badge: by email}}
  by letter: {when: {consent: {consent: asked, channel: letter}}, give: {badge: by letter}}
  soon: {when: {coupon_lapses: 5 days before}, give: {badge: soon}}
  ten soon: {when: {coupon_lapses: {day: 20 days before, coupons: [ten]}}, give: {badge: ten soon}}
  basket: {when: {one_purchase: 50.00}, give: {badge: basket}}
  quest: {when: {all_of: [basket, opinion]}, give: {badge: quest}}
  quests: {when: {all_of: [basket, opinion], times: every time}, give: {badge: quests}}
  a friend: {when: {friend_joins: yes}, give: {badge: a friend, to_friend: {badge: brought}}}
  friend buys:
    when: {friend_buys: {at_least: 30.00, settled_after: 10 days}}
    give: {badge: friend buys, to_friend: {badge: first purchase}}
  friend spends:
    when: {friend_spends: {at_least: 100.00, within: 60 days, settled_after: 10 days}}
    give: {badge: friend spends}
"""
REPLAYER = replayer(PROGRAM)


class Sale(NamedTuple):
    """A purchase and how much of it came back on a later day."""

    day: Day
    paid: int
    back_on: Day
    back: int

    def left(self, day: Day) -> int:
        """What of it stands at the end of a day."""
        return self.paid - (self.back if self.back_on <= day else 0)


def days_of(first: Day, last: Day) -> st.SearchStrategy[Day]:
    """Any day of a stretch; every fourth one lies about the end of a February."""
    about = [day for day in range(first, last + 1) if date_of(day).strftime("%m%d") in {"0226", "0227", "0228", "0229", "0301"}]
    usual = st.integers(first, last)
    return st.one_of(usual, usual, usual, st.sampled_from(about))


SALES = st.lists(
    st.tuples(days_of(FIRST, LAST), st.sampled_from((20_00, 30_00, 50_00, 80_00)), st.integers(1, 20), st.sampled_from((0, 0, 1, 20_00))),
    max_size=4,
).map(lambda rows: [Sale(day, paid, day + later if back else NEVER_BACK, back) for day, paid, later, back in rows])
JOINED = st.one_of(st.none(), days_of(FIRST - 800, LAST))
LONG_AGO = days_of(FIRST - 9000, FIRST - 6000)
PERSONS = st.builds(ExampleMember, joined=JOINED, birthday=st.one_of(st.none(), LONG_AGO), name_day=LONG_AGO)
NAMES = st.sampled_from(("survey", "survey", "feedback", "other"))
EVENTS = st.lists(st.builds(ExampleEvent, on=days_of(FIRST, LAST), event=NAMES), max_size=9)
# In a month that several surveys fall into, the limit is felt.
ROWS = st.lists(st.builds(ExampleEvent, on=st.integers(FIRST + 15, FIRST + 40), event=st.just("survey")), max_size=5)
ASKED = st.lists(st.builds(ExampleAsked, on=days_of(FIRST, LAST), channel=st.sampled_from(("email", "letter", "sms"))), max_size=4)
COUPONS = st.lists(
    st.tuples(st.integers(FIRST, LAST), st.sampled_from(("five", "ten")), st.integers(0, 40), st.one_of(st.none(), st.integers(1, 40))),
    max_size=5,
).map(lambda rows: [ExampleCoupon(on=on, coupon=name, until=on + long, gone=gone and on + gone) for on, name, long, gone in rows])
FRIENDS = st.lists(st.tuples(JOINED, SALES), max_size=3)


def written(sales: Sequence[Sale]) -> tuple[tuple[ExamplePurchase, ...], tuple[ExampleReturn, ...]]:
    """Purchases and what came back of them."""
    bought = tuple(ExamplePurchase(on=sale.day, paid=sale.paid, receipt=f"R{place}") for place, sale in enumerate(sales))
    back = tuple(ExampleReturn(on=sale.back_on, paid=sale.back, of=f"R{place}") for place, sale in enumerate(sales) if sale.back_on <= LAST)
    return bought, back


def is_kept(day: Day, yearly: Day | None) -> bool:
    """Whether a yearly day is kept on a day; 29 February on the 28th of other years."""
    if yearly is None:
        return False
    date, kept = date_of(day), date_of(yearly)
    if (kept.month, kept.day) == (2, 29) and not isleap(date.year):
        return (date.month, date.day) == (2, 28)
    return (date.month, date.day) == (kept.month, kept.day)


def of_the_days(person: ExampleMember) -> Iterator[str]:
    """What joining and the days of the year bring."""
    joined = person.joined
    for day in range(max(FIRST, joined or FIRST), LAST + 1):
        if joined == day:
            yield "hello"
        if joined is not None:
            # It is a later year than that of joining.
            yield from (
                name
                for name, beside in (("year", 0), ("after a year", 2))
                if is_kept(day - beside, joined) and date_of(day - beside).year > date_of(joined).year
            )
        if is_kept(day + 5, person.birthday):
            yield "born"
        if is_kept(day + 3, person.name_day):
            yield "named"


def of_a_coupon(coupon: ExampleCoupon) -> Iterator[str]:
    """The first day on which a coupon in hand lapses so soon."""
    for name, before in (("soon", 5), ("ten soon", 20))[: 2 if coupon.coupon == "ten" else 1]:
        for day in range(coupon.on, min(coupon.until, LAST) + 1):
            if coupon.until - day <= before:
                # It must still be in hand when the day is over.
                if coupon.gone is None or coupon.gone > day:
                    yield name
                break


def of_events(events: Sequence[ExampleEvent]) -> Iterator[str]:
    """Each answer, and two surveys of a month."""
    months = Counter(date_of(event.on).strftime("%Y-%m") for event in events if event.event == "survey")
    yield from ["survey"] * sum(min(2, count) for count in months.values())
    yield from ["opinion"] * sum(event.event == "feedback" for event in events)


def has_bought(sales: Sequence[Sale]) -> bool:
    """Whether a friend's first purchase has been told in the end: it held ten days, and something large enough is left."""
    told = False
    for day in range(FIRST, LAST + 1):
        bought = [sale for sale in sales if sale.day <= day and sale.left(day) >= 30_00]
        # In the morning, before anything comes back on that day.
        held = [sale for sale in sales if sale.day <= day - 10 and sale.left(day - 1) >= 30_00]
        told = bool(bought) and (told or bool(held))
    return told


def has_spent(joined: Day | None, sales: Sequence[Sale]) -> bool:
    """Whether a friend's purchases of the first sixty days have been told in the end: what came to so much ten days ago still does."""
    first = joined if joined is not None else min((sale.day for sale in sales), default=FIRST)
    counting = [sale for sale in sales if sale.day <= first + 60]
    told = False
    for day in range(FIRST, LAST + 1):
        now = sum(sale.left(day) for sale in counting if sale.day <= day)
        held = sum(sale.left(day - 1) for sale in counting if sale.day <= day - 10)
        told = now >= 100_00 and (told or held >= 100_00)
    return told


def badges(replayed: Replayed) -> Counter[str]:
    """The badges in the end, by name."""
    held: Counter[str] = Counter()
    for entry in replayed.entries:
        if entry.asset.startswith("badge:"):
            held[entry.asset.removeprefix("badge:")] += entry.quantity
    return +held


@settings(max_examples=60, derandomize=True)
@given(person=PERSONS, events=EVENTS, more=ROWS, asked=ASKED, coupons=COUPONS, sales=SALES)
def test_a_member_has_what_a_look_at_every_day_says(
    person: ExampleMember,
    events: list[ExampleEvent],
    more: list[ExampleEvent],
    asked: list[ExampleAsked],
    coupons: list[ExampleCoupon],
    sales: list[Sale],
) -> None:
    happened = (*events, *more)
    bought, back = written(sales)
    example = Example(
        example="any", member=person, purchases=bought, returns=back, events=happened, consents_asked=tuple(asked),
        coupons_issued=tuple(coupons), until=LAST, then=Then(),
    )  # fmt: skip
    expected = Counter(of_the_days(person)) + Counter(of_events(happened))
    expected += Counter(f"by {asking.channel}" for asking in asked if asking.channel != "sms")
    for coupon in coupons:
        expected += Counter(of_a_coupon(coupon))
    expected["basket"] = sum(sale.left(LAST) >= 50_00 for sale in sales)
    expected["quests"] = min(expected["basket"], expected["opinion"])
    expected["quest"] = min(1, expected["quests"])
    assert badges(played(example, REPLAYER).member) == +expected


@settings(max_examples=80, derandomize=True)
@given(friends=FRIENDS)
def test_friends_bring_what_a_look_at_every_day_says(friends: list[tuple[Day | None, list[Sale]]]) -> None:
    people = []
    for joined, sales in friends:
        bought, back = written(sales)
        people.append(ExampleBuyer(joined=joined, purchases=bought, returns=back))
    result = played(Example(example="any", friends=tuple(people), until=LAST, then=Then()), REPLAYER)
    brought = [joined is not None and joined >= FIRST for joined, _ in friends]
    # Of whom no day of joining is known is a friend all the same; who joined before the program is none.
    buys = [(joined is None or joined >= FIRST) and has_bought(sales) for joined, sales in friends]
    spends = [(joined is None or joined >= FIRST) and has_spent(joined, sales) for joined, sales in friends]
    assert badges(result.member) == +Counter({"a friend": sum(brought), "friend buys": sum(buys), "friend spends": sum(spends)})
    for friend, joins, has in zip(result.friends, brought, buys, strict=True):
        own = badges(friend)
        assert (own["brought"], own["first purchase"]) == (joins, has)
