"""A discount by how many units are bought at once.

    discounts:
      offers:
        by the case: {by: units in this basket, discount: {6: 5%, 12: 10%}, only: {categories: [wine]}}

The percent comes off all of these goods; a step holds at its very number. Counted are pieces, litres or kilograms; with
`only:` for some goods these alone are counted.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.quantity import PIECE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.discounts.steps import counts_said
from loyalty_cli.rules.discounts.steps import CountSteps
from loyalty_cli.rules.discounts.steps import Stepped

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.discounts.offer import Said


class ByUnits(Stepped):
    """Steps by the number of units in the basket."""

    asks_the_basket: ClassVar[bool] = True
    counts_units: ClassVar[bool] = True

    by: Literal["units in this basket"] = Field(description="units in this basket")
    discount: CountSteps = Field(description="numbers of units with their percents")

    def looked_at(self, buyer: Buyer) -> int | None:
        """The whole units."""
        return None if buyer.basket is None else buyer.quantity // PIECE

    def announced(self, _: Said) -> Phrase:
        """The sentence that a poster would have."""
        steps = counts_said(self.discount)
        if self.rises:
            return phrase("The more you buy at once, the more is off: {steps}.", steps=steps)
        return phrase("What is off depends on how much you buy at once: {steps}.", steps=steps)


RULE = ByUnits
