"""Baskets from other systems' published tests, as quotes: discount chains, floors, sets, n for m, spreading, part payments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loyalty_cli.baskets.basket import Shopper
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.model.money import Currency
from loyalty_cli.operations.counter.asked import asked_of
from loyalty_cli.operations.counter.quote import AtTheCounter
from loyalty_cli.operations.counter.quote import quoted
from loyalty_cli.operations.counter.quote import Ready
from loyalty_cli.program.load import program_of
from loyalty_cli.replay.plan import Plan
from loyalty_cli.rules.only import Moment
from loyalty_cli.store.imports.goods import Goods
from tests.shop_builder import day

HEAD = "program: P\ncurrency: {currency}\ntimezone: UTC\nstarts: 2026-01-01\n"
DIGITS = {"EUR": 2, "KWD": 3}
GROUPS = yaml.load((Path(__file__).parent / "baskets_of_others.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
CASES = {
    f"{group['source'].split('/')[0]}: {name}": {"currency": group.get("currency", "EUR"), **case}
    for group in GROUPS
    for name, case in group["cases"].items()
}


def program_text(case: dict[str, Any]) -> str:
    """The program of a case."""
    text = HEAD.format(currency=case["currency"])
    if "points" in case:
        text += f"points: {{earn: {{}}, {case['points']['terms']}}}\n"
    if "offers" in case:
        offers = "".join(f"    o{number}: {offer}\n" for number, offer in enumerate(case["offers"]))
        text += f"discounts:\n  together: {case.get('together', 'best')}\n  offers:\n{offers}"
    if "coupons" in case:
        text += "coupons:\n" + "".join(f"  c{number}: {terms}\n" for number, terms in enumerate(case["coupons"]))
    return text


def line_of(goods: str, quantity: str, price: str, more: str = "") -> dict[str, str]:
    """A line, which has a floor or is reduced already."""
    besides = {"reduced": "yes"} if more == "reduced" else {"floor": more}
    return {"product": goods, "quantity": quantity, "price": price, **besides}


def test_every_case_names_its_source() -> None:
    assert all("/" in group["source"].split()[0] and len(group["source"].split()) == 2 for group in GROUPS)
    assert len(CASES) == sum(len(group["cases"]) for group in GROUPS) > 110


@pytest.mark.parametrize("name", CASES)
def test_a_basket_costs_what_the_other_system_says(name: str) -> None:
    case = CASES[name]
    program = program_of(program_text(case), "program.yaml")
    points = case.get("points", {})
    lines = [line_of(*line) for line in case["lines"]]
    money = Currency(code=case["currency"], digits=DIGITS[case["currency"]])
    asked = asked_of({"lines": lines, "points": points.get("wanted", "")}, money)
    moment = Moment(day("2026-05-04"), 43_200, "", "", frozenset(), None)
    coupons = [Ready(coupon, coupon, 0, Shown(name=coupon, terms=terms)) for coupon, terms in program.coupons.items()]
    at = AtTheCounter(
        lines=asked.lines,
        known=[Goods()] * len(asked.lines),
        shopper=Shopper(moment=moment, points=int(points.get("usable", 0))),
        coupons=coupons,
        points=asked.points,
    )
    quote = quoted(program, Plan(((0, program),)), at)
    if "prices" in case:
        assert [money.plain(price) for price in quote.prices] == case["prices"]
    if "to_pay" in case:
        assert money.plain(quote.to_pay) == case["to_pay"]
    if points:
        assert quote.priced.points_used == int(points["used"])
