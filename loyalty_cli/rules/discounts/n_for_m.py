"""So many for the price of fewer, or for one price: "3 for 2", "3 for 10.00".

    discounts:
      offers:
        three for two: {take: 3, pay_for: 2, only: {categories: [socks]}}
        three for ten: {take: 3, price: 10.00, only: {products: [A1, A2, A3]}}

Units are put together dearest first; of each three the cheapest is free. With `cheapest: of all` the cheapest of all goods
are free. A price holds only where it is less than what the goods cost.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.discounts.offer import Taking
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.units import Counted
from loyalty_cli.rules.discounts.units import in_proportion
from loyalty_cli.rules.discounts.units import InGroups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Said


class NForM(InGroups):
    """Groups of units for the price of fewer, or for a price of their own."""

    take: Counted = Field(description="how many units go together")
    pay_for: Counted | None = Field(None, description="how many of them are paid; the cheapest others are free")
    price: Amount | None = Field(None, description="or what they cost together")

    @model_validator(mode="after")
    def one_of_both(self) -> NForM:
        """Either fewer are paid, or there is a price."""
        if (self.pay_for is None) == (self.price is None):
            raise refuse("An offer of several units has either pay_for or price.", "Write one of them: {example}.", example="pay_for: 2")
        if self.pay_for is not None and self.pay_for >= self.take:
            raise refuse("Nothing is free here: pay_for is not less than take.", "Write {example}.", example="take: 3, pay_for: 2")
        if self.price is not None and self.cheapest == "of all":
            raise refuse("A price for all has no cheapest unit.", "Take {key} out.", key="cheapest")
        return self

    def on_units(self, units: Sequence[Unit]) -> Taking:
        """What is off the units of each group."""
        off: dict[int, Fraction | int] = {}
        used: set[int] = set()
        for dear, cheap in self.groups(units, self.take, self.take - self.pay_for if self.pay_for else 1):
            group = [*dear, *cheap]
            if self.price is None:
                off |= {place: units[place].price for place in cheap}
            else:
                less = sum((units[place].price for place in group), Fraction(0)) - self.price
                if less <= 0:
                    continue
                off |= in_proportion(less, units, group)
            used.update(group)
        return Taking(off, frozenset(used))

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        if self.price is not None:
            return phrase("{count} together for {price}.", count=self.take, price=money(self.price))
        return phrase("{take} for the price of {pay_for}; the cheapest are free.", take=self.take, pay_for=self.pay_for)


RULE = NForM
