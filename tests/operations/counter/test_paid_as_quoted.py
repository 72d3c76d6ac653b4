"""A receipt that is paid as quoted, exported, imported and recalculated leaves exactly the entries that the quote promised."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import iso
from loyalty_cli.model.money import Currency
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.figures import clock_said
from loyalty_cli.operations.counter.quote import NEXT
from loyalty_cli.operations.counter.quote import Quote
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.redeem_coupon import redeem_coupon
from loyalty_cli.operations.coupons.redeem_points import redeem_points
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from tests.operations.counter.conftest import moment
from tests.operations.counter.conftest import TODAY
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

HEAD = "program: Any Shop\ncurrency: PLN\ntimezone: UTC\nstarts: 2026-01-10\n"

# Between them: tiers by spend, points and visits; each kind of discount; caps, waits, wallets; rewards that feed each other.
LADDER = """
tiers:
  by: spend
  counted_over: 2 months
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 50.00, discount: 3%}, patron: {at_least: 150.00, discount: 6%, one_purchase: 60.00}}
points:
  earn:
    basic: {points: 1, for_every: 2.00}
    tea: {multiply: 3, only: {categories: [tea]}}
    friends: {multiply: 1.25, only: {tiers: [friend, patron]}}
  lapse_after: 45 days
  one_point_pays: 0.10
  pays_up_to: 60%
discounts:
  together: one after another
  at_most: {receipt: 30.00}
  offers:
    growing: {by: spend so far, discount: {100: 5%, 300: 8%}}
    big: {by: this basket, discount: {80: 4%}, only: {coupon_used: no}}
coupons:
  next: {worth: 5.00, basket_at_least: 10.00, valid_for: 300 days}
rewards:
  big: {when: {one_purchase: 30.00}, give: {coupon: next, points: 3}}
  month: {when: {spend: 100.00, counted_over: calendar month}, in_all: 2, give: {points: 20}}
  patrons: {when: {tier: patron}, at_most: once, give: {badge: gold}}
  golden: {when: {badge: gold}, give: {points: 11}}
  third: {when: {visits: 3, times: every time}, budget: 0.50, give: {points: 2}}
  early: {when: {one_purchase: 25.00}, in_all: 50, budget: 20.00, give: {points: 4}}
draws:
  spring: {dates: 2026-01-15 to 2026-12-31, one_ticket_for_every: 20.00, at_most: 7, prizes: {car: 1}}
"""
CAPPED = """
points:
  together: best
  at_most: {receipt: 25, day: 30, month: 60}
  round: half up
  wallets: {bonus: {lapse_after: 25 days}}
  earn:
    basic: {points: 1, for_every: 3.00}
    pieces: {points: 4, for_quantity: 1, only: {categories: [tea]}}
    hello: {points: 3, for_each: visit, basket_below: 60.00}
    full: {points: 5, for_every: 4.00, only: {full_price: yes}}
    without: {multiply: 2, only: {points_used: no, coupon_used: no}}
    saved: {points: 2, for_each: visit, into: bonus}
  usable_after: 3 days
  lapse_after: 2 months
  one_point_pays: 0.05
  use_in_steps_of: 5
tiers:
  by: points
  counted_over: calendar year
  going_down: at once
  ladder: {guest: {at_least: 0}, friend: {at_least: 20}, patron: {at_least: 60}}
discounts:
  together: add
  never_above: 40%
  at_most: {month: 12.00}
  offers:
    teas: {take: 3, pay_for: 2, only: {categories: [tea]}}
    loyal: {by: visits so far, discount: {2: 5%, 4: 9%}, at_most: {month: 7.00}}
    five: {take_off: 5.00, basket_at_least: 60.00}
    case: {by: units in this basket, discount: {3: 4%, 6: 7%}, at_most: {month: 9.00}}
coupons:
  tenth: {discount: 10%, valid_for: 300 days, uses: 3}
  kept: {worth: 12.00, remainder: is kept, valid_for: 300 days, budget: 36.00}
rewards:
  first: {when: {one_purchase: {for_every: 40.00}}, give: {coupon: tenth}}
  teas: {when: {units: 4, times: every time, only: {categories: [tea]}}, give: {coupon: kept}}
  both: {when: {set: {categories: [tea, bread]}}, in_all: 3, give: {points: 9}}
"""
VISITS = """
tiers:
  by: visits
  counted_over: membership year
  going_down: one step
  ladder: {guest: {at_least: 0}, friend: {at_least: 2, discount: 10%}, patron: {at_least: 4}}
points:
  round: up
  earn:
    basic: {points: 1, for_every: 7.00}
    tea: {multiply: 2, only: {categories: [tea], tiers: [friend, patron]}}
  lapse_without_purchase: 1 month
  one_point_pays: 0.50
  use_at_least: 3
discounts:
  offers:
    second: {every: 2, discount: 50%, only: {categories: [tea]}}
    breakfast: {set: {tea: 1, bread: 1}, price: 6.00}
    cheapest: {discount: 5%, only: {weekdays: [monday, tuesday, wednesday]}}
    newcomer: {by: visits so far, discount: {0: 8%, 2: 6%, 4: 0%}}
coupons:
  free tea: {free: tea, valid_for: 300 days}
rewards:
  weeks: {when: {streak: 2 weeks}, give: {points: 5, tickets: 2 in spring}}
  each: {when: {one_purchase: 15.00}, at_most: once in calendar month, give: {coupon: free tea}}
draws:
  spring: {dates: 2026-01-15 to 2026-12-31, tickets_from: rewards, prizes: {car: 1}}
"""
PROGRAMS = {"ladder": LADDER, "capped": CAPPED, "visits": VISITS}
FIRST = day("2026-01-20")
NOON = 12 * 3600
CARD = "2901"
HEADER = "date,time,store,receipt,card,product,category,quantity,amount,discount\n"
MONEY = Currency(code="PLN", digits=2)


class Case(NamedTuple):
    """A history (day, money for bread, for tea), through which day it is recalculated, a basket, whether the list leaves bread out."""

    history: list[tuple[int, int, int]]
    recalculated: int
    basket: list[tuple[str, int, int]]
    points: str
    coupon: bool
    no_bread: bool


amounts = st.sampled_from((700, 1500, 3000, 5000, 6000)) | st.integers(1, 12_000)
cases = st.builds(
    Case,
    st.lists(st.tuples(st.integers(0, TODAY - FIRST), amounts, amounts | st.just(0)), max_size=6),
    st.sampled_from((0, TODAY - 20, TODAY - 1)),
    st.lists(st.tuples(st.sampled_from(("tea", "bread")), st.integers(1, 4), amounts), min_size=1, max_size=4),
    st.sampled_from(("", "most", "most", "5", "20")),
    st.booleans(),
    st.booleans(),
)


def shop_of(folder: Path, name: str, case: Case) -> Shop:
    """A shop with a history, recalculated as far as the case says, its coupons issued."""
    shop = make_shop(folder, HEAD + PROGRAMS[name], now=moment(TODAY))
    receipts = [
        Receipt(f"H{number}", 1, FIRST + on, tuple(part for part in (("bread", bread), ("tea", tea)) if part[1]), 30_000 + number)
        for number, (on, bread, tea) in enumerate(case.history)
    ]
    put_receipts(shop, *receipts)
    if case.no_bread:
        with shop.changing() as connection:
            connection.execute("INSERT INTO product (code, name, category, excluded, import_id) VALUES ('bread', '', '', 1, 1)")
    recalc(shop, as_of=case.recalculated or FIRST - 5)
    if case.coupon:
        issue_coupons(shop)
    return shop


def quote_of(shop: Shop, case: Case) -> Quote:
    """The quote, with the first coupon that the member holds."""
    lines = [{"product": what, "category": what, "quantity": str(count), "total": MONEY.plain(total)} for what, count, total in case.basket]
    with shop.reading() as connection:
        codes = [code for (code,) in connection.execute("SELECT code FROM coupon ORDER BY id LIMIT 1")] if case.coupon else []
        till = Till(connection, shop.now)
        return till.quote(asked_of({"card": CARD, "lines": lines, "points": case.points, "coupons": codes, "store": "Market"}, MONEY))


def pay(shop: Shop, case: Case, quote: Quote) -> None:
    """Pay as quoted: what is used is redeemed on the receipt, and the till exports each line at its price."""
    left = sum(quote.prices)
    for one in quote.priced.coupons:
        keyed = AtTheTill(store="Market", receipt="Q1", by="test", card=CARD, basket=MONEY.plain(left), key=one.name)
        redeem_coupon(shop, one.name, keyed)
        with shop.changing() as connection:
            # What a coupon pays of single goods only the till knows, which has quoted it.
            connection.execute("UPDATE redemption SET amount = ? WHERE key = ?", (one.total, one.name))
        left -= one.total
    if quote.priced.points_used:
        till = AtTheTill(store="Market", receipt="Q1", by="test", card=CARD, basket=MONEY.plain(sum(quote.prices)))
        redeem_points(shop, CARD, quote.priced.points_used, till)
    rows = [
        f"{iso(TODAY)},{clock_said(NOON)},Market,Q1,{CARD},{what},{what},{count},{MONEY.plain(price)},{MONEY.plain(total - price)}\n"
        for (what, count, total), price in zip(case.basket, quote.prices, strict=True)
    ]
    export = shop.folder / "q1.csv"
    export.write_text(HEADER + "".join(rows), encoding="utf-8")
    assert import_purchases(shop, [str(export)]).exit_code == 0


SUMS = """
SELECT u.name, e.cause_kind,
  CASE WHEN e.cause_kind = 1 AND e.cause_id IN (SELECT id FROM receipt WHERE number = 'Q1') THEN 'Q1'
    WHEN e.cause_kind = 2 THEN 'used' ELSE e.cause_id END,
  a.name, e.effective_on, sum(e.quantity)
FROM ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id
GROUP BY 1, 2, 3, 4, 5 HAVING sum(e.quantity) <> 0
"""


def sums(shop: Shop) -> Counter[tuple[Any, ...]]:
    """The ledger's sums by key after the day of the basket."""
    recalc(shop, as_of=TODAY)
    with shop.reading() as connection:
        return Counter({key: quantity for *key_parts, quantity in connection.execute(SUMS) for key in [tuple(key_parts)]})


def promised(quote: Quote) -> dict[tuple[Any, ...], int]:
    """The entries of a quote by the same keys."""
    found = Counter[tuple[Any, ...]]()
    for rule, cause, cause_id, asset, on, quantity in quote.entries:
        named = "Q1" if (cause, cause_id) == (1, NEXT) else "used" if cause == 2 else cause_id
        found[rule, cause, named, asset, on] += quantity
    return {key: quantity for key, quantity in found.items() if quantity}


@pytest.mark.parametrize("name", PROGRAMS)
@settings(max_examples=10)
@given(case=cases)
def test_a_receipt_paid_as_quoted_leaves_exactly_what_was_promised(name: str, case: Case) -> None:
    with TemporaryDirectory() as folder:
        shop = shop_of(Path(folder) / "shop", name, case)
        quote = quote_of(shop, case)
        assert not quote.refused or case.points.isdigit()
        shutil.copytree(shop.folder, Path(folder) / "without")
        without = sums(Shop(program=shop.program, database=Path(folder) / "without" / "loyalty.db", now=shop.now, secret=shop.secret))
        pay(shop, case, quote)
        paid = sums(shop)
        paid.subtract(without)
        assert {key: quantity for key, quantity in paid.items() if quantity} == promised(quote)
