"""The cheapest goods of a basket free or cheaper, once: "take three, the cheapest is free".

    discounts:
      offers:
        cheapest free: {cheapest: 1, of_at_least: 3, only: {categories: [shoes]}}

It holds once for the whole basket, however many units there are; for each three of them see `take:`. Without `discount:` they
are free.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown import phrase as said
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Percent
from loyalty_cli.rules.discounts.offer import NOTHING_TAKEN
from loyalty_cli.rules.discounts.offer import Taking
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.units import Counted
from loyalty_cli.rules.discounts.units import dearest_first
from loyalty_cli.rules.discounts.units import OfUnits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.rules.discounts.offer import Said


class Cheapest(OfUnits):
    """A percent off the cheapest units of the basket."""

    cheapest: Counted = Field(description="how many of the cheapest units")
    of_at_least: Counted = Field(description="how many units the basket has at least")
    discount: Percent = Field(WHOLE, description="what is off them; default: they are free")

    def on_units(self, units: Sequence[Unit]) -> Taking:
        """The cheapest units cost less, where there are enough; all of them are used up."""
        if len(units) < self.of_at_least:
            return NOTHING_TAKEN
        cheap = dearest_first(units, range(len(units)))[-self.cheapest :]
        off = {place: units[place].price * Fraction(self.discount, WHOLE) for place in cheap}
        return Taking(off, frozenset(range(len(units))))

    def announced(self, _: Said) -> said.Phrase:
        """The sentence that a poster would have."""
        one = "From {least} units on the cheapest has {percent} off."
        several = "From {least} units on the {number} cheapest have {percent} off."
        if self.discount == WHOLE:
            one, several = "From {least} units on the cheapest is free.", "From {least} units on the {number} cheapest are free."
        text = one if self.cheapest == 1 else several
        return phrase(text, least=self.of_at_least, number=self.cheapest, percent=said.Share(self.discount))


RULE = Cheapest
