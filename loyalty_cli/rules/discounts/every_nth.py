"""Every second, third … unit cheaper or free: "the second at half price", "each tenth free".

    discounts:
      offers:
        second half: {every: 2, discount: 50%, only: {categories: [tea]}}
        tenth free: {every: 10, discount: 100%, same_product: yes, times: 1}

Units are put together dearest first, and of each so many the cheapest is the one that costs less: of tea at 10.00, 8.00,
6.00 and 4.00 the ones at 8.00 and 4.00. With `cheapest: of all` it is the cheapest of all: 6.00 and 4.00. Goods that are
weighed count as one unit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown import phrase as said
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Percent
from loyalty_cli.rules.discounts.offer import Taking
from loyalty_cli.rules.discounts.offer import Unit
from loyalty_cli.rules.discounts.units import Counted
from loyalty_cli.rules.discounts.units import InGroups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.rules.discounts.offer import Said


class EveryNth(InGroups):
    """A percent off every so many units."""

    every: Counted = Field(description="2: every second unit, 3: every third")
    discount: Percent = Field(description="what is off it; 100%: it is free")

    def on_units(self, units: Sequence[Unit]) -> Taking:
        """The cheapest of each group costs less."""
        groups = self.groups(units, self.every)
        off = {place: units[place].price * Fraction(self.discount, WHOLE) for _, cheap in groups for place in cheap}
        return Taking(off, frozenset(place for dear, cheap in groups for place in (*dear, *cheap)))

    def announced(self, _: Said) -> said.Phrase:
        """The sentence that a poster would have."""
        percent = said.Share(self.discount)
        if self.discount == WHOLE:
            return phrase("Of every {count} units the cheapest is free.", count=self.every)
        return phrase("Of every {number} units the cheapest has {percent} off.", number=self.every, percent=percent)


RULE = EveryNth
