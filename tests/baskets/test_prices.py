"""What holds for every basket: nothing below zero or a floor, parts that sum exactly, the best at least any one discount."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Priced
from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.program.load import program_of
from loyalty_cli.rules.only import Moment

if TYPE_CHECKING:
    from loyalty_cli.program.program import Program

HEAD = """\
program: Any
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 100, discount: 4%}
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  one_point_pays: 0.013
  pays_up_to: 60%
coupons:
  worth: {worth: 7.77, valid_for: 30 days}
  percent: {discount: 13%, only: {categories: [tea]}, pays_at_most: 9.00, valid_for: 30 days}
  gift: {free: cake, together_pay_up_to: 70%, valid_for: 30 days}
  cash: {worth: 30.00, pays_up_to: 45%, leaves_to_pay: 3.00, on_one_receipt: 3, valid_for: 30 days}
discounts:
"""
OFFERS = {
    "everyone": "{discount: 3.33%GROUP}",
    "tea": "{discount: 12.5%, only: {categories: [tea]}, at_most: {receipt: 6.00, line: 4.00}GROUP}",
    "full": "{discount: 8%, only: {full_price: yes}, at_most: {month: 20.00}GROUP}",
    "growing": "{by: spend so far, discount: {100: 2%, 500: 7%}GROUP}",
    "basket": "{by: this basket, discount: {20: 1%, 60: 6%}GROUP}",
    "case": "{by: units in this basket, discount: {3: 4%, 7: 9%}GROUP}",
    "five": "{take_off: 5.00, basket_at_least: 30.00GROUP}",
    "half": "{every: 2, discount: 50%, only: {categories: [tea, cake]}GROUP}",
    "three": "{take: 3, pay_for: 2, cheapest: of all, only: {categories: [tea]}GROUP}",
    "set": "{set: [tea, cake], price: 6.50GROUP}",
    "free": "{cheapest: 1, of_at_least: 4GROUP}",
    "other": "{buy: {categories: [cake]}, on: {categories: [tea]}, discount: 30%GROUP}",
}
MODES = ("best", "add", "one after another")


@st.composite
def programs(draw: st.DrawFn, mode: str | None = None) -> str:
    """The discounts block of a program."""
    names = draw(st.lists(st.sampled_from(sorted(OFFERS)), min_size=1, max_size=6, unique=True))
    lines = [f"  together: {mode or draw(st.sampled_from(MODES))}"]
    lines.append(f"  round: {draw(st.sampled_from(['down', 'half up', 'up']))}")
    if draw(st.booleans()):
        lines.append("  never_above: 15%")
    if draw(st.booleans()):
        lines.append("  at_most: {receipt: 11.00, line: 5.00, month: 30.00}")
    lines += ["  never_below: {A: 1.50, B: 3.00}", f"  groups: {{one: {{together: {draw(st.sampled_from(MODES))}, never_above: 10%}}}}"]
    lines.append("  offers:")
    for name in names:
        more = draw(st.sampled_from(["", "", "", ", group: one", f", never_with: [{names[0]}]"]))
        more = "" if more.endswith(f"[{name}]") else more
        lines.append(f"    {name}: " + OFFERS[name].replace("GROUP", more))
    return HEAD + "\n".join(lines) + "\n"


LINES = st.builds(
    Line,
    total=st.integers(0, 4000),
    quantity=st.sampled_from([1000, 1000, 2000, 3000, 7000, 350, 2500]),
    product=st.sampled_from(["A", "B", "C", ""]),
    category=st.sampled_from(["tea", "cake", "other"]),
    reduced=st.booleans(),
    floor=st.sampled_from([0, 0, 250]),
)
BASKETS = st.builds(Basket, lines=st.lists(LINES, min_size=1, max_size=6), points=st.sampled_from([0, 0, 77, 400]))
SHOPPERS = st.builds(
    Shopper,
    moment=st.builds(
        Moment,
        st.just(day_from_iso("2026-05-04")),
        st.just(43_200),
        st.just("Market"),
        st.sampled_from(["guest", "friend"]),
        st.just(frozenset()),
        st.just(None),
    ),
    spent=st.sampled_from([0, 10_000, 60_000]),
    points=st.sampled_from([0, 500]),
    this_month=st.sampled_from([{}, {"": 2500, "full": 1900}]),
)


def with_coupons(basket: Basket, program: Program, names: list[str]) -> Basket:
    return replace(basket, coupons=[Shown(name=name, terms=program.coupons[name]) for name in names])


def floors_of(program: Program, basket: Basket) -> list[int]:
    """Reckoned line by line: a line already below its floor stays as it is."""
    assert program.discounts
    per_unit = [max(line.floor, program.discounts.never_below.get(line.product, 0)) for line in basket.lines]
    whole = [-(-floor * line.quantity // 1000) for floor, line in zip(per_unit, basket.lines, strict=True)]
    return [min(floor, line.total) for floor, line in zip(whole, basket.lines, strict=True)]


@settings(max_examples=120)
@given(programs(), BASKETS, SHOPPERS, st.lists(st.sampled_from(["worth", "percent", "gift", "cash"]), max_size=4))
def test_no_line_goes_below_zero_or_its_floor_and_all_parts_sum_exactly(
    text: str, basket: Basket, shopper: Shopper, coupons: list[str]
) -> None:
    program = program_of(text, "program.yaml")
    basket = with_coupons(basket, program, coupons)
    priced = price(program, basket, shopper)
    for paid, floor in zip(priced.paid, floors_of(program, basket), strict=True):
        assert paid >= floor >= 0
    off = [sum(one.parts[at] for one in priced.discounts) for at in range(len(basket.lines))]
    assert [line.total - less for line, less in zip(basket.lines, off, strict=True)] == list(priced.prices)
    payments = [one for one in (*priced.coupons, priced.points) if one]
    assert priced.total - sum(one.total for one in payments) == priced.to_pay == sum(priced.paid)
    assert all(part >= 0 for one in (*priced.discounts, *payments) for part in one.parts)
    assert_every_name_is_told(program, priced, coupons)
    assert_ceilings_hold(program, priced, shopper)


def assert_every_name_is_told(program: Program, priced: Priced, coupons: list[str]) -> None:
    """Each discount and coupon has either taken something or says why not."""
    taken = [one.name for one in (*priced.discounts, *priced.coupons)]
    told = [one.name for one in priced.without]
    assert not set(taken) & (set(told) - set(coupons))
    assert {*program.offers, *coupons} <= {*taken, *told}


def assert_ceilings_hold(program: Program, priced: Priced, shopper: Shopper) -> None:
    """Per line, receipt and month, of each discount and of all together."""
    assert program.discounts
    whole = program.discounts.at_most
    by_line = [sum(column) for column in zip(*(one.parts for one in priced.discounts), strict=True)]
    total = sum(one.total for one in priced.discounts)
    if whole:
        assert all(off <= (whole.line or off) for off in by_line)
        assert total <= (whole.receipt or total)
        assert total <= max(0, (whole.month or total) - shopper.this_month.get("", 0))
    for one in priced.discounts:
        at_most = getattr(program.offers.get(one.name), "at_most", None)
        if at_most:
            assert max(one.parts) <= (at_most.line or max(one.parts))
            assert one.total <= (at_most.receipt or one.total)
            assert at_most.month is None or one.total <= at_most.month - shopper.this_month.get(one.name, 0)


@settings(max_examples=80)
@given(programs("best"), BASKETS, SHOPPERS)
def test_the_best_is_never_worse_than_any_single_discount(text: str, basket: Basket, shopper: Shopper) -> None:
    program = program_of(text, "program.yaml")
    best = price(program, basket, shopper).total
    for name, offer in program.offers.items():
        alone: dict[str, Any] = {name: offer}
        assert best <= price(replace(program, offers=alone), basket, shopper).total


@settings(max_examples=100)
@given(programs(), BASKETS, SHOPPERS)
def test_discounts_that_never_go_together_are_never_together(text: str, basket: Basket, shopper: Shopper) -> None:
    program = program_of(text, "program.yaml")
    given_ones = {one.name for one in price(program, basket, shopper).discounts}
    for name in given_ones & set(program.offers):
        assert not given_ones & set(program.offers[name].never_with)
