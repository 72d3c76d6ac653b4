"""A member's purchases, and which of them a return touches: the one it names, else the latest that still hold its goods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.money import shared
from loyalty_cli.model.quantity import PIECE
from loyalty_cli.replay.bought import Bought
from loyalty_cli.replay.bought import hold_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Item
    from loyalty_cli.model.facts import Purchase
    from loyalty_cli.model.facts import Return
    from loyalty_cli.rules.only import Moment

    # Prices for so many pieces.
    Prices = Sequence[tuple[int, int]]


class Purchases:
    """A member's purchases by receipt, oldest first."""

    def __init__(self) -> None:
        self.by_id: dict[int, Bought] = {}
        # By product, those that may still hold some of it; `unsorted` are not in there yet, as most returns name their sale.
        self.holding: dict[int, Holding] = {}
        self.unsorted: list[Bought] = []
        self.unmatched: list[Unmatched] = []

    def add(self, purchase: Purchase, *, version: int) -> Bought:
        """Remember a purchase."""
        bought = self.by_id[purchase.id] = Bought(purchase, version)
        self.unsorted.append(bought)
        return bought

    def holding_of(self, product: int) -> Holding:
        """The purchases that may still hold a product."""
        for bought in self.unsorted:
            for own in {item.product for item in bought.sold.items} or {0}:
                self.holding.setdefault(own, Holding(own)).add(bought)
        self.unsorted.clear()
        return self.holding.setdefault(product, Holding(product))

    def give_back(self, back: Return, *, by_line: bool) -> Matched:
        """Match a return: one that names its receipt belongs to it, as far as that goes.

        Else each item belongs to the latest purchases that still hold its product, items at the price of one of them first, and
        rows that undo a discount to the same purchases.
        """
        sale = self.by_id.get(back.sale) if back.sale is not None else None
        if sale is not None:
            before = sale.back
            too_much = sale.give_back(back.items, by_line=by_line)
            sale.named_back += sale.back - before + back.excluded
            return Matched([sale], [], max(0, too_much))
        touched: dict[int, Bought] = {}
        items = sorted(self.in_one(back.items), key=self.turn_of) if by_line else in_sum(back.items)
        costs = zip(items, after_discounts(items), strict=True)
        rest = [(item.class_, *self.take_latest(item, touched, by_line=by_line, less=less)) for item, less in costs]
        unknown = left_over(rest)
        hold_back(touched.values(), [(item, left) for item, (_, left, _) in zip(items, rest, strict=True)])
        for product in {item.product for item in items}:
            self.holding_of(product).drop_empty(touched.values())
        units = [(class_, pieces) for class_, left, pieces in rest if unknown and left and pieces]
        return Matched(list(touched.values()), unknown, sum(amount for _, amount in unknown), units)

    def in_one(self, items: Sequence[Item]) -> Sequence[Item]:
        """A return's items, several rows of a product in one where a purchase sold it at what all of them cost after discounts."""
        for product in {item.product for item in items if takes_off(item)}:
            rows = [item for item in items if item.product == product and not takes_off(item)]
            whole, pieces = sum(item.price for item in items if item.product == product), sum(row.quantity for row in rows)
            alike = len({row.class_ for row in rows}) == 1 < len(rows) and all(row.pieces for row in rows)
            if alike and self.holding_of(product).at_price_of(whole, pieces, paid=True):
                one = rows[0]._replace(price=sum(row.price for row in rows), money=sum(row.money for row in rows), quantity=pieces)
                items = [one, *(item for item in items if item not in rows)]
        return items

    def turn_of(self, item: Item) -> tuple[bool, bool, int, int]:
        """Which of a return's items look for their purchases first, in whatever order they stand."""
        return takes_off(item), not self.holding_of(item.product).at_price_of(item.price, item.quantity), item.quantity, item.price

    def take_latest(self, item: Item, touched: dict[int, Bought], *, by_line: bool, less: Prices = ()) -> tuple[int, int]:
        """Take an item off the latest purchases that hold its product; how much of it fits none, in money and pieces.

        Where its pieces are known, none gives back more than it sold, and those go first that sold it at its price a piece, with the
        discount that comes back with it before others: `less` is what it can have cost after that.
        """
        rest, pieces = item.price, item.pieces
        counted = bool(by_line and item.product and pieces and rest > 0)
        holding = self.holding_of(item.product)
        latest = [*reversed(touched.values() if takes_off(item) else holding.by_id.values())]
        for bought in holding.in_turn(item, less) if counted else latest:
            if not rest or (counted and not pieces):
                break
            before = rest
            if counted:
                rest, pieces = bought.take_pieces(item, rest, pieces or 0)
            elif by_line:
                rest, pieces = bought.take_line(item, rest, pieces)
            else:
                rest -= bought.take(rest, bought.goods)
            if rest != before:
                touched[bought.id] = bought
            elif bought.id not in touched:  # what this return took may be held back by a later row
                holding.drop_empty([bought])
        if by_line or not rest:
            return rest, pieces or 0
        return rest, item.quantity * rest // item.price


class Holding:
    """The purchases that may still hold a product, by receipt, oldest first, and at which prices for how many pieces they sold it.

    A big card has thousands of them, so that nothing is called for each when a piece comes back.
    """

    def __init__(self, product: int) -> None:
        self.product = product
        self.by_id: dict[int, Bought] = {}
        # Of most products no piece comes back, so that `unpriced` are not in there yet.
        self.by_price: dict[tuple[int, int, bool], set[int]] = {}
        self.unpriced: list[Bought] = []
        # Whether one of them had a discount on a row of its own.
        self.discounted = False
        # Of these receipts it is known that no piece is left.
        self.emptied: set[int] = set()

    def add(self, bought: Bought) -> None:
        """The latest purchase so far."""
        self.by_id[bought.id] = bought
        self.unpriced.append(bought)

    def priced(self) -> dict[tuple[int, int, bool], set[int]]:
        """The receipts by price and pieces, and whether so much was paid in the end."""
        for bought in self.unpriced:
            for price in bought.prices_of(self.product):
                self.by_price.setdefault(price, set()).add(bought.id)
                self.discounted |= not price[2]
        self.unpriced.clear()
        return self.by_price

    def drop_empty(self, some: Iterable[Bought]) -> None:
        """Of some purchases those that hold none of it any more."""
        for bought in some:
            if not any(goods.left for goods in bought.goods if goods.product == self.product):
                self.drop(bought)

    def drop(self, bought: Bought) -> None:
        """A purchase holds none of it any more."""
        if self.by_id.pop(bought.id, None):
            by_price = self.priced()
            for price in bought.prices_of(self.product):
                by_price[price].discard(bought.id)
                if not by_price[price]:
                    del by_price[price]

    def at_price_of(self, price: int, pieces: int, *, paid: bool = False) -> set[int]:
        """The receipts with pieces that can have been sold at the price of so many, as amounts are rounded; `paid` after discounts.

        Of two for p and q pieces, p * b and q * a differ by less than half of p + q, or just so much for weights, where half a coin
        is rounded either way.
        """
        return {
            receipt
            for (other, own, after), receipts in self.priced().items()
            if after >= paid and -(most := own + pieces + (own % PIECE + pieces % PIECE > 0)) < 2 * (price * own - other * pieces) < most
            for receipt in receipts
            if receipt not in self.emptied
        }

    def in_turn(self, item: Item, less: Prices) -> Iterator[Bought]:
        """The latest first, those before them that sold it at an item's price a piece, and last those of which no piece is left.

        What it can have cost after discounts, `less`, tells the sales at one price apart, and where none is at that price, it counts.
        """
        first, latest = self.at_price_of(item.price, item.quantity), [*reversed(self.by_id.items())]
        costs = less or [(item.price, item.quantity)] if self.discounted else less
        after = [self.at_price_of(price, pieces, paid=True) for price, pieces in costs]
        firsts = (*(first & each for each in after), first, *after)
        for receipt, bought in [*[each for some in firsts for each in latest if each[0] in some], *latest]:
            if receipt in self.emptied:
                continue
            if bought.pieces_left(self.product):
                yield bought
            else:
                self.emptied.add(receipt)
        yield from [bought for receipt, bought in latest if receipt in self.emptied]


@dataclass(slots=True)
class Unmatched:
    """What came back of no known purchase: when, under which version, the goods, the rules that would have given points for them.

    `gave` are these points by rule, `taken` those of them that a cap had let through.
    """

    moment: Moment
    version: int
    parts: Sequence[tuple[int, int]]
    units: Sequence[tuple[int, int]]
    held: int
    gave: Sequence[tuple[str, int]] = ()
    taken: Sequence[tuple[str, int]] = ()


class Matched(NamedTuple):
    """The purchases that a return touches, what of it is of no known purchase (by class), and how much fits nothing.

    `units` are the thousandths of pieces of what is of no known purchase.
    """

    touched: list[Bought]
    unknown: list[tuple[int, int]]
    unfit: int
    units: Sequence[tuple[int, int]] = ()


def takes_off(item: Item) -> bool:
    """Whether a row of a return undoes one that took something off."""
    return item.price < 0


def after_discounts(items: Sequence[Item]) -> list[Prices]:
    """What each of a return's items can have cost after the discounts that are undone with them, the likeliest first."""
    if not any(map(takes_off, items)):
        return [()] * len(items)
    rows: dict[int, list[Item]] = {}
    off: dict[int, list[int]] = {}
    for item in items:
        if takes_off(item):
            off.setdefault(item.product, []).append(item.price)
        else:
            rows.setdefault(item.product, []).append(item)
    turns = {product: iter(costs_of(own, off[product])) for product, own in rows.items() if product in off}
    return [next(turns[item.product]) if item.product in turns and not takes_off(item) else () for item in items]


def costs_of(rows: Sequence[Item], off: Sequence[int]) -> Iterator[Prices]:
    """What each row of a product can have cost, for how many pieces: one row, less all discounts.

    Of several each less one discount, a larger one for more goods, or less none where there are no more, then less any other or all.
    """
    single, whole = sorted(off, reverse=True), sum(off)
    for place, row in enumerate(rows):
        less = [*(single[place : place + 1] or [0]), *single, whole, 0] if len(rows) > 1 else [whole]
        yield [(row.price + each, row.quantity) for each in dict.fromkeys(less)]


def in_sum(items: Sequence[Item]) -> list[Item]:
    """The goods of a return that goes by money: rows above zero count against them."""
    goods = [item for item in items if not takes_off(item)]
    whole = sum(item.price for item in items)
    return [item._replace(price=part) for item, part in zip(goods, shared(whole, [item.price for item in goods]), strict=True)]


def left_over(rest: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """What fits no purchase, by class; rows above zero in the return count against the others."""
    whole = sum(amount for _, amount, _ in rest)
    if whole <= 0:
        return []
    over: dict[int, int] = {}
    for class_, amount, _ in rest:
        if amount > 0:
            over[class_] = over.get(class_, 0) + amount
    return [(class_, part) for class_, part in zip(over, shared(whole, list(over.values())), strict=True) if part]
