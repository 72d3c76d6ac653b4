"""Numbers that shops and their programs argue about, as programs and baskets; each worked by hand."""

from __future__ import annotations

import pytest

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.program.load import program_of
from loyalty_cli.rules.only import Moment

HEAD = "program: P\ncurrency: EUR\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
SHOPPER = Shopper(moment=Moment(day_from_iso("2026-05-04"), 43_200, "", "", frozenset(), None))

# The offers, how they go together, the lines (category, price of each in minor units), what is left to pay in minor units.
CASES = {
    # 100.00 x 0.9 x 0.95 = 85.50, not 85.00
    "ten and five percent one after another": ("one after another", ["{discount: 10%}", "{discount: 5%}"], [("a", 10_000)], 8_550),
    "ten and five percent added": ("add", ["{discount: 10%}", "{discount: 5%}"], [("a", 10_000)], 8_500),
    "ten and five percent, the best": ("best", ["{discount: 10%}", "{discount: 5%}"], [("a", 10_000)], 9_000),
    # (200.00 - 20 %) - 10.00 = 150.00; the other way round it would be (200.00 - 10.00) x 0.8 = 152.00
    "a percent, then an amount": ("one after another", ["{discount: 20%}", "{take_off: 10.00}"], [("a", 20_000)], 15_000),
    "an amount, then a percent": ("one after another", ["{take_off: 10.00}", "{discount: 20%}"], [("a", 20_000)], 15_200),
    # 60 % + 60 % added are all of it, not less than nothing
    "more than all of it": ("add", ["{discount: 60%}", "{discount: 60%}"], [("a", 10_000)], 0),
    "an amount above the basket": ("best", ["{take_off: 50.00}"], [("a", 3_000)], 0),
    # 10.00 off 30.00 is a third, more than 20 % = 6.00
    "an amount against a percent, small basket": ("best", ["{take_off: 10.00}", "{discount: 20%}"], [("a", 3_000)], 2_000),
    # 20 % of 60.00 = 12.00 is more than 10.00
    "an amount against a percent, large basket": ("best", ["{take_off: 10.00}", "{discount: 20%}"], [("a", 6_000)], 4_800),
    # 30 % of b are 3.00, 10 % of a 1.00; an amount of 3.99 is less than both, one of 4.01 is more
    "each line has its best percent": (
        "best",
        ["{discount: 10%}", "{discount: 30%, only: {categories: [b]}}", "{take_off: 3.99}"],
        [("a", 1_000), ("b", 1_000)],
        1_600,
    ),
    "an amount is better than the percents of all lines": (
        "best",
        ["{discount: 10%}", "{discount: 30%, only: {categories: [b]}}", "{take_off: 4.01}"],
        [("a", 1_000), ("b", 1_000)],
        1_599,
    ),
    # a percent with a ceiling in money: 10 % of 150.00 = 15.00, at most 12.00
    "a ceiling on a percent": ("best", ["{discount: 10%, at_most: {receipt: 12.00}}"], [("a", 15_000)], 13_800),
    # with the ceiling 6 % of 300.00 = 18.00 beats 10 % at most 12.00
    "a ceiling makes the other one better": (
        "best",
        ["{discount: 10%, only: {categories: [a]}, at_most: {receipt: 12.00}}", "{discount: 6%}"],
        [("a", 30_000)],
        28_200,
    ),
    # 3 for 2 at 10.00, 8.00, 5.00: 5.00 free
    "three for two, cheapest free": ("best", ["{take: 3, pay_for: 2}"], [("a", 1_000), ("a", 800), ("a", 500)], 1_800),
    # five units: one group of three, dearest first: 10 9 8 | 7 6: 8.00 free
    "three for two with five": ("best", ["{take: 3, pay_for: 2}"], [("a", 1_000), ("a", 900), ("a", 800), ("a", 700), ("a", 600)], 3_200),
    # buy one, get one half: 20.00 + 10.00 x 0.5
    "second at half price": ("best", ["{every: 2, discount: 50%}"], [("a", 2_000), ("a", 1_000)], 2_500),
    # 3 for 2 (10.00 off), then 10 % of the 20.00 left = 2.00
    "three for two, then ten percent": ("best", ["{take: 3, pay_for: 2}", "{discount: 10%}"], [("a", 1_000)] * 3, 1_800),
    # two offers want the same units: 3 for 2 gives 10.00, the second at half price 5.00 and no unit is in both
    "no unit in two offers": ("best", ["{every: 2, discount: 50%}", "{take: 3, pay_for: 2}"], [("a", 1_000)] * 3, 2_000),
    # six units: 3 for 2 twice 20.00; halves thrice 15.00; or 3 for 2 once and one half on the other three 15.00
    "no unit in two offers, six units": ("best", ["{every: 2, discount: 50%}", "{take: 3, pay_for: 2}"], [("a", 1_000)] * 6, 4_000),
    # five units: 3 for 2 on three (10.00), the half on the other two (5.00)
    "two offers share the units": ("best", ["{every: 2, discount: 50%}", "{take: 3, pay_for: 2}"], [("a", 1_000)] * 5, 3_500),
    # the second of two at 1 % less (0.10) makes the line no full price: better are 20 % of 20.00 and 20 % of 10.00 without it
    "a small offer takes away no full price": (
        "best",
        [
            "{every: 2, discount: 1%, only: {categories: [a]}}",
            "{discount: 20%, only: {categories: [a], full_price: yes}}",
            "{discount: 20%, only: {categories: [b]}}",
        ],
        [("a", 1_000), ("a", 1_000), ("b", 1_000)],
        2_400,
    ),
    # of two such offers the one that takes away nothing stays: 20 % of 20.00, and 5.00 off the second b
    "an offer that takes away no full price stays": (
        "best",
        [
            "{every: 2, discount: 1%, only: {categories: [a]}}",
            "{every: 2, discount: 50%, only: {categories: [b]}}",
            "{discount: 20%, only: {categories: [a], full_price: yes}}",
        ],
        [("a", 1_000), ("a", 1_000), ("b", 1_000), ("b", 1_000)],
        3_100,
    ),
    # the same where no discount at all is for goods that are no full price
    "a small offer takes away no full price that all discounts ask for": (
        "best\n  only: {full_price: yes}",
        [
            "{every: 2, discount: 1%, only: {categories: [a]}}",
            "{discount: 20%, only: {categories: [a]}}",
            "{discount: 20%, only: {categories: [b]}}",
        ],
        [("a", 1_000), ("a", 1_000), ("b", 1_000)],
        2_400,
    ),
    # two of three are left out: 20 % of 40.00, and 5.00 off the second c
    "two small offers take away no full price": (
        "best",
        [
            "{every: 2, discount: 1%, only: {categories: [a]}}",
            "{every: 2, discount: 1%, only: {categories: [b]}}",
            "{every: 2, discount: 50%, only: {categories: [c]}}",
            "{discount: 20%, only: {categories: [a, b], full_price: yes}}",
        ],
        [(category, 1_000) for category in "aabbcc"],
        4_700,
    ),
    # 15 % of 0.33 is 0.0495, down to 0.04; three lines together 0.1485, down to 0.14
    "rounded once for the receipt, not line by line": ("best", ["{discount: 15%}"], [("a", 33)] * 3, 85),
    # 5.00 for every full 50.00 of 149.99: twice
    "an amount for every full fifty": ("best", ["{take_off: 5.00, for_every: 50.00}"], [("a", 14_999)], 13_999),
    "meal deal": ("best", ["{set: [a, b, c], price: 6.00}"], [("a", 450), ("b", 200), ("c", 150)], 600),
    # two deals would need two of each
    "meal deal with one piece missing": ("best", ["{set: [a, b, c], price: 6.00}"], [("a", 450), ("b", 200), ("a", 150)], 800),
}


@pytest.mark.parametrize("name", CASES)
def test_a_basket_costs_what_was_worked_out(name: str) -> None:
    together, offers, lines, to_pay = CASES[name]
    block = f"discounts:\n  together: {together}\n  offers:\n" + "".join(f"    o{at}: {offer}\n" for at, offer in enumerate(offers))
    basket = Basket(lines=[Line(category=category, total=total) for category, total in lines])
    assert price(program_of(HEAD + block, "p.yaml"), basket, SHOPPER).to_pay == to_pay


@pytest.mark.parametrize(
    ("how", "to_pay"),
    # 15 % of 0.99 in three lines is 0.1485
    [("down", 85), ("half up", 84), ("up", 84)],
)
def test_rounding_is_the_programs_choice(how: str, to_pay: int) -> None:
    block = f"discounts:\n  round: {how}\n  offers:\n    all: {{discount: 15%}}\n"
    basket = Basket(lines=[Line(total=33)] * 3)
    assert price(program_of(HEAD + block, "p.yaml"), basket, SHOPPER).to_pay == to_pay


@pytest.mark.parametrize(("basket", "to_pay"), [(7_000, 5_000), (8_000, 4_000)])
def test_the_smallest_basket_of_a_coupon_is_what_other_coupons_leave(basket: int, to_pay: int) -> None:
    """20.00 of 70.00 leave 50.00, which is too little for the second; 20.00 of 80.00 leave 60.00, which is enough."""
    program = program_of(HEAD + "coupons:\n  twenty: {worth: 20.00, basket_at_least: 60.00, valid_for: 30 days}\n", "p.yaml")
    shown = [Shown(name=name, terms=program.coupons["twenty"]) for name in ("one", "two")]
    assert price(program, Basket(lines=[Line(total=basket)], coupons=shown), SHOPPER).to_pay == to_pay


def test_a_voucher_that_holds_less_than_its_worth_pays_what_it_holds() -> None:
    program = program_of(HEAD + "coupons:\n  gift: {worth: 50.00, remainder: is kept, valid_for: 1 year}\n", "p.yaml")
    shown = Shown(name="gift", terms=program.coupons["gift"], left=1_250)
    priced = price(program, Basket(lines=[Line(total=3_000)], coupons=[shown]), SHOPPER)
    assert (priced.coupons[0].total, priced.to_pay) == (1_250, 1_750)
