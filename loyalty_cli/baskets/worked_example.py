"""The basket of a worked example: what it costs, and what comes out otherwise than written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.baskets.pricing import price
from loyalty_cli.program.examples import Difference
from loyalty_cli.program.program import TIER_DISCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.baskets.basket import Priced
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.program.examples import ExampleBasket
    from loyalty_cli.program.examples import ThenBasket
    from loyalty_cli.program.program import Program


def basket_of(example: ExampleBasket, program: Program) -> Basket:
    """The basket with its coupons in the program's terms."""
    return Basket(
        lines=[
            Line(
                total=line.money,
                quantity=line.quantity,
                product=line.product,
                category=line.category,
                reduced=line.reduced,
                floor=line.floor,
            )
            for line in example.lines
        ],
        coupons=[Shown(name=name, terms=program.coupons[name]) for name in example.coupons if name in program.coupons],
        points=example.points,
    )


def basket_differences(example: ExampleBasket, then: ThenBasket, program: Program, shopper: Shopper) -> Iterator[Difference]:
    """What the example says otherwise than the prices; what is not in the program first."""
    for at, name in enumerate(example.coupons):
        if name not in program.coupons:
            yield Difference(("basket", "coupons", at), name, None)
    known = {*program.offers, TIER_DISCOUNT, ""}
    yield from (Difference(("basket", "off_this_month", name), name, None) for name in example.off_this_month if name not in known)
    priced = price(program, basket_of(example, program), shopper)
    written: list[tuple[tuple[str, ...], object, object]] = [
        (("lines",), then.lines, priced.prices),
        (("total",), then.total, priced.total),
        (("to_pay",), then.to_pay, priced.to_pay),
    ]
    off, paid_by = {one.name: one.total for one in priced.discounts}, payments(priced)
    written += [(("off", name), amount, off.get(name, 0)) for name, amount in then.off.items()]
    written += [(("paid_by", name), amount, paid_by.get(name, 0)) for name, amount in then.paid_by.items()]
    for path, expected, found in written:
        if expected is not None and expected != found:
            yield Difference(("then", "basket", *path), expected, found)


def payments(priced: Priced) -> dict[str, int]:
    """What coupons and points pay, by name; coupons of one name together."""
    totals: dict[str, int] = {}
    for one in (*priced.coupons, *([priced.points] if priced.points else [])):
        totals[one.name] = totals.get(one.name, 0) + one.total
    return totals
