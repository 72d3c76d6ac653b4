"""Random programs and shops, seeded: what discounts take off equals pricing every receipt by itself, as `quote` would have."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.days import month_of
from loyalty_cli.model.entry import TIERS
from loyalty_cli.model.facts import PURCHASE
from loyalty_cli.model.money import rounded
from loyalty_cli.operations.counter.month_so_far import sold_lines
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.operations.simulation.second_books import post_to_second_books
from loyalty_cli.program.load import load_program
from loyalty_cli.replay.one_more import OneMore
from loyalty_cli.replay.plan import Plan
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.chain.shadows import keep_aside
from loyalty_cli.store.simulation.second_set import Period
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.store.database import Connection

FIRST = day("2026-01-05")
DAYS = 90
LAST = FIRST + DAYS + 30
MEMBERS = 4
GOODS = ("tea", "cake", "socks")
HEAD = """program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-15
points: {earn: {basic: {points: 1, for_every: 1.00}}}
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder: {guest: {at_least: 0}, friend: {at_least: 150, discount: 4%}, patron: {at_least: 400, discount: 7.5%}}
"""
# A discount of every kind; those that are percents of the whole receipt stand first.
PLAIN = (
    "standing: {discount: 3%}",
    "growing: {by: spend so far, discount: {100: 4%, 300: 6%}}",
    "lately: {by: spend so far, counted_over: 30 days, discount: {50: 5%}}",
    "visitor: {by: visits so far, discount: {2: 3.33%, 5: 7%}}",
    "newcomer: {by: visits so far, discount: {0: 8%, 3: 2%, 6: 0%}}",
    "big: {by: this basket, discount: {80: 2%, 150: 9%}}",
    "patrons: {discount: 8%, only: {tiers: [patron]}}",
    "mornings: {discount: 5%, only: {hours: 08:00 to 12:00, weekdays: [monday, friday, saturday]}}",
    "some: {discount: 10%, control: 40%}",
)
OTHERS = (
    "tea off: {discount: 11%, only: {categories: [tea]}}",
    "amount: {take_off: 2.50, basket_at_least: 20.00}",
    "per fifty: {take_off: 1.00, for_every: 50.00}",
    "case: {by: units in this basket, discount: {2: 2%, 4: 9%}}",
    "second: {every: 2, discount: 50%, only: {categories: [tea]}}",
    "three for two: {take: 3, pay_for: 2}",
    "cheapest: {cheapest: 1, of_at_least: 2, discount: 30%}",
    "pair: {set: [tea, cake], price: 15.00}",
    "capped: {discount: 15%, at_most: {receipt: 5.00, month: 8.00}}",
    "apart: {discount: 6%, never_with: [standing]}",
    "lined: {discount: 12%, at_most: {line: 2.00}}",
    "little: {take_off: 1.50, basket_at_least: 10.00, at_most: {month: 4.00}}",
    "monthly: {discount: 9%, at_most: {month: 6.00}}",
    "tea or cake: {discount: 5%, only: {products: [tea, cake], tiers: [friend, patron]}}",
)


def program_of(chance: random.Random, *, plain: bool, certain: str) -> str:
    """A few discounts of the kinds, which go together in some way, one of them for certain; or percents only, of which the best holds."""
    kinds = PLAIN if plain else (*PLAIN, *OTHERS)
    offers = sorted(chance.sample(kinds, chance.randrange(1, 5)), key=lambda _: chance.random())
    offers += [] if certain in offers else [certain]
    if any(each.startswith("apart") for each in offers) and PLAIN[0] not in offers:
        offers.append(PLAIN[0])
    together = "best" if plain else chance.choice(("best", "add", "one after another"))
    ways = [f"together: {together}", f"round: {chance.choice(('down', 'half up', 'up'))}"]
    ways += [f"never_above: {chance.choice((5, 9))}%"] if chance.random() < 0.3 else []
    ways += ["never_below: {tea: 9.00}"] if not plain and chance.random() < 0.3 else []
    ceiling = chance.choice(("receipt: 4.00", "month: 15.00", "line: 3.00"))
    ways += [f"at_most: {{{ceiling}}}"] if not plain and chance.random() < 0.3 else []
    ways += ["only: {except_categories: [socks]}"] if not plain and chance.random() < 0.2 else []
    indent = "\n  "
    return f"{HEAD}discounts:{indent}{indent.join(ways)}{indent}offers:{indent}  {(indent + '  ').join(offers)}\n"


def history(chance: random.Random) -> list[Receipt]:
    """Purchases of a quarter; some come back whole, some in part, some without saying where they were bought."""
    receipts = []
    for number in range(chance.randrange(15, 25)):
        member, when = chance.randrange(1, MEMBERS + 1), FIRST + chance.randrange(DAYS)
        lines = tuple((chance.choice(GOODS), chance.randrange(3_00, 90_00)) for _ in range(chance.randrange(1, 5)))
        sale = Receipt(f"S{number}", member, when, lines, chance.randrange(28_000, 70_000))
        receipts.append(sale)
        if chance.random() < 0.25:
            back = tuple((goods, -amount) for goods, amount in lines if chance.random() < 0.6) or ((lines[0][0], -lines[0][1]),)
            receipts.append(Receipt(f"R{number}", member, when + chance.randrange(1, 20), back, original=sale.number))
    return receipts


def slowly(connection: Connection, plan: Plan) -> dict[tuple[str, str], tuple[int, int]]:
    """Every receipt priced by itself: the member replayed up to it, its month so far priced before it, its returns taken off."""
    found: dict[tuple[str, str], list[int]] = {}
    replayer = Replayer(plan)
    program = plan.in_force(LAST)
    for facts in list(facts_of_members(connection, plan, range(1, MEMBERS + 1), LAST)):
        months: dict[str, Counter[str]] = {}
        whole = replayer.replay(facts, LAST).member
        for place, fact in enumerate(facts.facts):
            if fact.kind != PURCHASE or fact.day < program.starts:
                continue
            before = OneMore(replayer, facts._replace(facts=facts.facts[:place]), None, (fact.day, fact.clock)).member
            taken = months.setdefault(month_of(fact.day), Counter())
            shopper = replace(shopper_of(before, fact.day, fact.clock, "Market"), this_month=dict(taken))
            lines = [line for line, _ in sold_lines(connection, fact.id)]
            for one in price(program, Basket(lines=lines), shopper).discounts:
                taken[one.name] += one.total
                taken[""] += one.total
                sale = whole.purchases.by_id.get(fact.id)
                off = less_returns(connection, one.parts, [line.product for line in lines], sale) if sale and sale.back else one.total
                rule = (TIERS, f"tier:{before.tier}") if one.name == "tier discount" else (f"discounts.{one.name}", "discount")
                mine = found.setdefault(rule, [0, 0])
                mine[0] += 1
                mine[1] += off
    return {rule: (receipts, amount) for rule, (receipts, amount) in found.items()}


def less_returns(connection: Connection, parts: Sequence[int], codes: Sequence[str], sale: Bought) -> int:
    """What came off each line, less the share of its product that came back."""
    left = Fraction(0)
    for part, code in zip(parts, codes, strict=True):
        select = "SELECT product FROM temp.article_class JOIN article ON article.id = article_id WHERE code = ?"
        product = connection.execute(select, (code,)).fetchone()[0]
        goods = [each for each in sale.goods if each.product == product]
        left += part * (1 - Fraction(sum(each.back for each in goods), sum(each.price for each in goods)))
    return rounded(left.numerator, left.denominator, "half up")


@pytest.mark.parametrize("plain", [True, False], ids=["best percent", "all kinds"])
@pytest.mark.parametrize("seed", range(len(OTHERS)))
def test_what_discounts_take_off_equals_every_receipt_priced_by_itself(tmp_path: Path, seed: int, *, plain: bool) -> None:
    chance = random.Random(1000 * plain + seed)
    shop = make_shop(tmp_path / "shop", f"{HEAD}", members=MEMBERS)
    put_receipts(shop, *history(chance))
    recalc(shop)
    of_kind = PLAIN[seed % len(PLAIN)] if plain else OTHERS[seed]
    (tmp_path / "new.yaml").write_text(program_of(chance, plain=plain, certain=of_kind), encoding="utf-8")
    plan = Plan(((0, load_program(tmp_path / "new.yaml")),))
    with shop.reading() as connection:
        keep_aside(connection)
        _, off = post_to_second_books(connection, plan, Period(FIRST, LAST), shop)
        quick = {tuple(rule): tuple(taken) for rule, taken in off.by_rule.items()}
        assert quick == slowly(connection, plan)
        assert sum(off.of_members.values()) == sum(amount for _, amount in quick.values())
