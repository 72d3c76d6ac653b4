"""Goods that a receipt sells and takes back in itself: a row crossed out at the till, or goods exchanged for their like.

They were not bought, whatever the member bought of them before: they open no tier and bring nothing, not for a moment either. What
was used to pay for a receipt of which nothing is left comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Item
from loyalty_cli.model.facts import NO_PIECES
from loyalty_cli.model.facts import Payment
from loyalty_cli.model.facts import RETURN
from loyalty_cli.model.facts import Return
from loyalty_cli.replay.bought import hold_back
from loyalty_cli.replay.purchases import Purchases
from loyalty_cli.replay.purchases import takes_off

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Fact
    from loyalty_cli.model.facts import Paying
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.goods import Goods


def without_voided(purchases: Sequence[Purchase], later: Sequence[Fact]) -> tuple[list[Purchase], list[Fact]]:
    """A member's purchases and other facts without what a receipt that names no sale took back of its own goods."""
    backs: dict[int, Return] = {fact.id: fact for fact in later if fact.kind == RETURN and fact.sale is None}  # type: ignore[union-attr, misc]
    left: dict[int, Return | None] = {}
    bought: list[Purchase] = []
    for purchase in purchases:
        back = backs.get(purchase.id)
        kept, left[purchase.id] = settled(purchase, back) if back else (purchase, None)
        bought += [kept] if kept else []
    facts = [left.get(fact.id) if backs.get(fact.id) is fact and fact.id in left else fact for fact in later]
    return bought, [fact for fact in facts if fact]


def settled(purchase: Purchase, back: Return) -> tuple[Purchase | None, Return | None]:
    """A purchase without what its own receipt took back, and what that took back of others; None of nothing."""
    alone, touched = Purchases(), dict[int, "Bought"]()
    own = alone.add(purchase, version=0)
    rest: dict[int, list[tuple[Item, int, int]]] = {}
    for item in sorted(back.items, key=takes_off):
        rest.setdefault(item.product, []).append((item, *alone.take_latest(item, touched, by_line=True)))
    if not touched:
        return purchase, back
    items: list[Item] = []
    for product, rows in rest.items():
        # A discount on a row of its own that is undone with its goods.
        if sum(price for _, price, _ in rows) < 0:
            hold_back([own], [(item, price) for item, price, _ in rows])
        else:
            # A row of money alone makes its goods cheaper, and no pieces of them go.
            counted = any(goods.quantity for goods in own.goods if goods.product == product)
            items += [left_of(item, price, pieces if counted else item.pieces or 0) for item, price, pieces in rows if price]
    left = back._replace(items=tuple(items)) if items or back.excluded else None
    return (None if own.whole else with_goods(purchase, own.goods)), left


def left_of(item: Item, price: int, pieces: int) -> Item:
    """What is left of an item of a return."""
    return item._replace(price=price, money=price, quantity=pieces or NO_PIECES if item.quantity else 0)


def unpaid(voided: Purchase, payings: Iterable[Paying]) -> Iterator[Return]:
    """What had paid a receipt of which nothing was bought comes back, once all of it has been used."""
    own = [paying for paying in payings if paying.receipt == voided.id]
    if own:
        day, clock = max((paying.day, paying.clock) for paying in own)
        paid = tuple(Payment(each.redemption, each.points, each.amount, each.voucher) for each in own)
        yield Return(day, clock + 1, RETURN, voided.id, voided.store, (), unpaid=paid)


def with_goods(purchase: Purchase, goods: Sequence[Goods]) -> Purchase:
    """A purchase of what did not come back of its goods."""
    items = tuple(
        Item(each.product, each.class_, each.left, each.money - int(each.money_back), each.quantity - int(each.units_back))
        for each in goods
        if each.left
    )
    money = dict.fromkeys((class_ for class_, _ in purchase.parts), 0)
    units = dict.fromkeys((class_ for class_, _ in purchase.units), 0)
    for item in items:
        # A class that came to nothing, paid otherwise or taken off, may be none of the receipt's parts.
        money[item.class_] = money.get(item.class_, 0) + item.money
        if item.class_ in units:
            units[item.class_] += item.quantity
    return purchase._replace(amount=sum(money.values()), parts=tuple(money.items()), items=items, units=tuple(units.items()))
