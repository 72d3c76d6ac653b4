"""Months better than a member's usual one, against a second reckoning that looks at all months anew on each day.

It keeps nothing from day to day: what is due on a day is how many months are good by the receipts as they stand that day, less how
many were so the day before. A month that the receipts of its own days have made good stays so unless something comes back.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import NamedTuple

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import start_of_month
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

FIRST = day_from_iso("2026-01-01")
DAYS = 300
HISTORIES = 120
PROGRAM = """
program: Usual
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {}}
rewards:
  r: {when: {more_than_usual: MORE%, months: MONTHS, at_least: LEAST.00}, give: {points: 1}}
"""


class Sale(NamedTuple):
    """A receipt, and how much of it comes back when."""

    day: int
    paid: int
    back_on: int | None
    back: int


def history(dice: random.Random) -> list[Sale]:
    """Some receipts, of which a few come back."""
    made = []
    for _ in range(dice.randrange(1, 25)):
        day, paid = FIRST + dice.randrange(DAYS), dice.randrange(1, 40)
        back_on = day + dice.randrange(60) if dice.random() < 0.25 else None
        made.append(Sale(day, 100 * paid, back_on, 100 * dice.randrange(1, paid + 1)))
    return sorted(made, key=lambda sale: sale.day)


def facts_of(sales: list[Sale], plan: Plan) -> list[Purchase | Return]:
    """The receipts and their returns in order."""
    kind = plan.class_of("B", "bread")
    facts: list[Purchase | Return] = []
    for number, sale in enumerate(sales, 1):
        item = Item(1, kind, sale.paid, sale.paid, 1000)
        facts.append(Purchase(sale.day, number, PURCHASE, number, "Market", sale.paid, ((kind, sale.paid),), (item,), (), ((kind, 1000),)))
        if sale.back_on is not None:
            gone = (Item(1, kind, sale.back, sale.back, 1000 if sale.back == sale.paid else 0),)
            facts.append(Return(sale.back_on, 5000 + number, RETURN, 100 + number, "Market", gone, number))
    return sorted(facts, key=lambda fact: fact[:4])


def good_months(sales: list[Sale], today: int, asked: tuple[int, int, int]) -> int:
    """How many months are good by what stands today."""
    more, months, least = asked
    stand: Counter[int] = Counter()
    for sale in sales:
        if sale.day <= today:
            stand[start_of_month(sale.day)] += sale.paid - (sale.back if sale.back_on is not None and sale.back_on <= today else 0)
    good = 0
    for month, bought in stand.items():
        before = [add_months(month, -back) for back in range(1, months + 1)]
        usual = Fraction(sum(stand[each] for each in before), months)
        good += min(stand) <= min(before) and usual > 0 and bought >= usual * (100 + more) / 100 and bought >= 100 * least
    return good


def test_each_day_brings_what_looking_at_all_months_anew_says() -> None:
    dice = random.Random(20261129)
    nights = given = 0
    for _ in range(HISTORIES):
        asked = dice.choice((0, 10, 50)), dice.choice((1, 2, 3)), dice.choice((0, 30))
        text = PROGRAM.replace("MORE", str(asked[0])).replace("MONTHS", str(asked[1])).replace("LEAST", str(asked[2]))
        plan = Plan(((0, program_of(text, "program.yaml")),))
        replayer, sales, last = Replayer(plan), history(dice), FIRST + DAYS + 60
        facts = facts_of(sales, plan)
        whole = replayer.replay(MemberFacts(1, facts), last)
        due: Counter[int] = Counter()
        for entry in whole.entries:
            due[entry.day] += entry.quantity
        stands = [good_months(sales, day, asked) for day in range(FIRST - 1, last + 1)]
        expected = {day: now - was for day, was, now in zip(range(FIRST, last + 1), stands, stands[1:], strict=False) if now != was}
        assert {day: count for day, count in due.items() if count} == expected
        given += sum(count for count in due.values() if count > 0)
        split = FIRST + dice.randrange(DAYS)
        if not any(fact.kind == RETURN and fact.day > split for fact in facts):
            nights += 1
            early = replayer.replay(MemberFacts(1, [fact for fact in facts if fact.day <= split]), split)
            later = MemberFacts(1, [fact for fact in facts if fact.day > split])
            second = replayer.replay(later, last, restored(saved(early.member), replayer.start(later)))
            assert early.entries + second.entries == whole.entries
            assert saved(second.member) == saved(whole.member)
    assert nights > 20
    assert given > 100
