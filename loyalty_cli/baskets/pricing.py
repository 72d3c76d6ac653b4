"""The price of a basket: discounts, then coupons, then points; each on what remains."""

from __future__ import annotations

from dataclasses import replace
from operator import sub
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import NotApplied
from loyalty_cli.baskets.basket import Priced
from loyalty_cli.baskets.coupons import Counter
from loyalty_cli.baskets.coupons import taken
from loyalty_cli.baskets.discounts import discounted
from loyalty_cli.baskets.effects import Effect
from loyalty_cli.baskets.effects import poured
from loyalty_cli.baskets.effects import settled
from loyalty_cli.baskets.laid_out import floors_of
from loyalty_cli.baskets.points import points_pay
from loyalty_cli.baskets.points import PointsPay

if TYPE_CHECKING:
    from loyalty_cli.baskets.basket import Basket
    from loyalty_cli.baskets.basket import Shopper
    from loyalty_cli.baskets.discounts import Chosen
    from loyalty_cli.program.program import Program

POINTS = "points"


def price(program: Program, basket: Basket, shopper: Shopper) -> Priced:
    """What each line costs, what pays it, what applied and what did not.

    A discount may ask how the basket is paid: what was shown and pays nothing is left out, and all of it priced again.
    """
    priced = price_as_shown(program, basket, shopper)
    names = {one.name for one in priced.coupons}
    used = [shown for shown in basket.coupons if shown.name in names]
    points = basket.points if priced.points_used else 0
    if (len(used), points) == (len(basket.coupons), basket.points):
        return priced
    again = price(program, replace(basket, coupons=used, points=points), shopper)
    unused = {shown.name for shown in basket.coupons} - names | ({POINTS} if basket.points and not points else set())
    return replace(again, without=(*again.without, *(each for each in priced.without if each.name in unused)))


def price_as_shown(program: Program, basket: Basket, shopper: Shopper) -> Priced:
    """The same, as if all that is shown were used."""
    paid = bool(basket.coupons), bool(basket.points)
    if (shopper.moment.coupon_used, shopper.moment.points_used) != paid:
        shopper = replace(shopper, moment=shopper.moment._replace(coupon_used=paid[0], points_used=paid[1]))
    moment = shopper.moment
    chosen = discounted(program, basket, shopper)
    before = tuple([line.total for line in basket.lines])
    off = [sum(column) for column in zip(*(one.parts for one in chosen.applied), strict=True)] or [0] * len(before)
    prices = tuple(map(sub, before, off))
    if paid == (False, False):
        return priced_by_discounts(before, prices, chosen)
    floors = program.discounts.never_below if program.discounts else {}
    counter = Counter(
        lines=basket.lines,
        moment=moment,
        prices=prices,
        floors=floors_of(basket.lines, prices, floors),
        reduced=[line.reduced or bool(less) for line, less in zip(basket.lines, off, strict=True)],
        left=list(prices),
        taken=[],
    )
    without = [*chosen.without, *taken(basket.coupons, counter)]
    used, points = 0, None
    if basket.points:
        room = [left - floor for left, floor in zip(counter.left, counter.floors, strict=True)]
        pays = points_pay(program.points, basket.points, shopper.points, price=sum(prices), left=sum(room))
        if isinstance(pays, PointsPay):
            used, parts = pays.points, poured(pays.amount, counter.left, room)
            points = settled([Effect(POINTS, tuple(parts))], room)[0]
        else:
            without.append(NotApplied(POINTS, pays))
    return Priced(
        before=before,
        prices=prices,
        discounts=tuple(chosen.applied),
        coupons=tuple(applied for _, applied in counter.taken),
        points=points,
        points_used=used,
        without=tuple(without),
    )


def priced_by_discounts(before: tuple[int, ...], prices: tuple[int, ...], chosen: Chosen) -> Priced:
    """The basket where nothing was shown that pays a part."""
    return Priced(
        before=before,
        prices=prices,
        discounts=tuple(chosen.applied),
        coupons=(),
        points=None,
        points_used=0,
        without=tuple(chosen.without),
    )
