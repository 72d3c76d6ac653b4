"""The goods of a purchase, product by product, and how much of each came back: its money and its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.facts import Purchase


@dataclass(slots=True)
class Goods:
    """One product on one receipt: its price, the money paid for it, its thousandths of a piece, and how much came back."""

    product: int
    class_: int
    price: int
    money: int
    quantity: int = 0
    back: int = 0
    units: int | Fraction = 0

    @property
    def left(self) -> int:
        """The price of what did not come back; below zero for a row that took something off."""
        return self.price - self.back

    @property
    def money_back(self) -> int | Fraction:
        """The money that was paid for what came back."""
        if self.money == self.price:
            return self.back
        return Fraction(self.money * self.back, self.price) if self.price else 0

    @property
    def units_back(self) -> int | Fraction:
        """How many thousandths of a piece came back."""
        return self.quantity if self.back == self.price else max(0, min(self.units, self.quantity))


def came_whole(goods: Sequence[Goods]) -> bool:
    """Whether nothing is left of some goods."""
    return sum([each.left for each in goods]) <= 0 and any(each.back for each in goods)


def money_back(goods: Sequence[Goods]) -> list[tuple[int, int | Fraction]]:
    """The money paid for what came back of some goods, by class."""
    back: dict[int, int | Fraction] = {}
    for each in goods:
        back[each.class_] = back.get(each.class_, 0) + each.money_back
    return list(back.items())


def portion(pieces: int, part: int, whole: int) -> int | Fraction:
    """The part of some pieces that goes with a part of a whole."""
    return pieces if part == whole else Fraction(pieces * part, whole)


def goods_of(purchase: Purchase) -> list[Goods]:
    """The goods of a purchase, one for each product; without lines one for each class of products."""
    if not purchase.items:
        units = dict(purchase.units)
        return [Goods(0, class_, amount, amount, units.get(class_, 0)) for class_, amount in purchase.parts]
    by_product: dict[tuple[int, int], Goods] = {}
    for product, class_, price, money, quantity in purchase.items:
        goods = by_product.setdefault((product, class_), Goods(product, class_, 0, 0))
        goods.price += price
        goods.money += money
        goods.quantity += quantity
    return list(by_product.values())
