"""Buy from one range, have a discount in another: "with every pair of shoes the socks at half price".

    discounts:
      offers:
        cake with coffee: {buy: {categories: [coffee]}, on: {categories: [cake]}, discount: 50%}
        shirts: {buy: {categories: [suits], amount: 500.00}, on: {categories: [shirts]}, discount: 20%, for_each: no}

What has to be bought is a number of units (1 unless told) or an amount. Each time that is reached one unit of the other goods
costs less, the dearest first; with `for_each: no` all of them do, once it is reached at all. A unit never counts on both sides.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from itertools import product
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown import phrase as said
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Names
from loyalty_cli.reading.settings import Percent
from loyalty_cli.reading.settings import Settings
from loyalty_cli.reading.settings import YesNo
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.discounts.offer import NOTHING_TAKEN
from loyalty_cli.rules.discounts.offer import Taking
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.units import Counted
from loyalty_cli.rules.discounts.units import dearest_first
from loyalty_cli.rules.discounts.units import OfUnits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.rules.discounts.offer import Said


class Range(Settings):
    """Goods by product or category."""

    categories: Names = Field((), description="goods of these categories")
    products: Names = Field((), description="these product codes, or names where the till has no codes")

    @model_validator(mode="after")
    def not_empty(self) -> Range:
        """Some goods are named."""
        if not self.categories and not self.products:
            raise refuse("No goods are named here.", "Write {example}.", example="categories: [coffee]")
        return self

    def take(self, unit: Unit) -> bool:
        """Whether a unit belongs to it."""
        return unit.product in self.products or unit.category in self.categories

    @property
    def names(self) -> str:
        """The goods in few words."""
        return ", ".join((*self.categories, *self.products))


class Bought(Range):
    """Goods of which so much is bought."""

    units: Counted = Field(1, description="how many units of them")
    amount: Amount | None = Field(None, description="or how much money's worth of them, before discounts on them")


class WithOther(OfUnits):
    """A percent off some goods for buying others."""

    buy: Bought = Field(description="what has to be bought: {categories: [coffee], units: 2} or amount: 50.00")
    on: Range = Field(description="what costs less then: {categories: [cake]}")
    discount: Percent = Field(description="what is off; 100%: it is free")
    for_each: YesNo = Field(True, description="one unit costs less for each time; no: all of them, once it is reached")

    def on_units(self, units: Sequence[Unit]) -> Taking:
        """The other goods cost less as often as enough is bought."""
        other = dearest_first(units, [place for place, unit in enumerate(units) if self.on.take(unit)])
        bought = dearest_first(units, [place for place, unit in enumerate(units) if self.buy.take(unit)]) if other else []
        if not bought:
            return NOTHING_TAKEN
        both = set(bought).intersection(other)
        if not both:
            return self.in_order(units, bought, other)
        # Goods on both sides are better left for the side that lacks others: whichever takes most off.
        orders = product(*((goods, sorted(goods, key=both.__contains__)) for goods in (bought, other)))
        return max((self.in_order(units, *order) for order in orders), key=lambda taking: sum(taking.off.values()))

    def in_order(self, units: Sequence[Unit], bought: Sequence[int], other: Sequence[int]) -> Taking:
        """What is off the other goods where the goods of both sides are looked at in these orders."""
        used: set[int] = set()
        cheap: list[int] = []
        to_buy, to_take = iter(bought), iter(other)
        for _ in range(self.often(len(units)) if self.for_each else 1):
            paid = self.enough(units, to_buy, used)
            free = (place for place in to_take if place not in used and place not in paid)
            chosen = list(islice(free, 1 if self.for_each else None))
            if not paid or not chosen:
                break
            used.update(paid, chosen)
            cheap += chosen
        share = Fraction(self.discount, WHOLE)
        return Taking({place: units[place].price * share for place in cheap}, frozenset(used))

    def enough(self, units: Sequence[Unit], to_buy: Iterator[int], used: set[int]) -> set[int]:
        """The next units that reach what has to be bought once; empty if they do not."""
        paid: set[int] = set()
        worth = Fraction(0)
        for place in to_buy:
            if place in used:
                continue
            paid.add(place)
            worth += units[place].price
            if len(paid) >= self.buy.units if self.buy.amount is None else worth >= self.buy.amount:
                return paid
        return set()

    def announced(self, money: Said) -> said.Phrase:
        """The sentence that a poster would have."""
        values = {"goods": self.buy.names, "other": self.on.names, "percent": said.Share(self.discount)}
        if self.buy.amount is not None:
            text = "For {amount} of {goods} there is {percent} off {other}."
            return phrase(text, amount=money(self.buy.amount), **values)
        return phrase("For {number} of {goods} there is {percent} off {other}.", number=self.buy.units, **values)


RULE = WithOther
