"""A discount by the size of this one basket.

    discounts:
      offers:
        big basket: {by: this basket, discount: {1500: 5%, 2500: 8%}}

The basket is counted before discounts; a step holds at its very amount. With `only:` for some goods these alone are counted.
"""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.discounts.offer import Offer
from loyalty_cli.rules.discounts.steps import reached
from loyalty_cli.rules.discounts.steps import said_of
from loyalty_cli.rules.discounts.steps import Steps

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Said


class ByBasket(Offer):
    """Steps by the amount of the basket before discounts."""

    by: Literal["this basket"] = Field(description="this basket")
    discount: Steps = Field(description="basket amounts with their percents")

    def percent(self, buyer: Buyer) -> int:
        """Basis points off; nothing is known before there is a basket."""
        return 0 if buyer.basket is None else reached(self.discount, buyer.basket)

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("The larger the basket, the more is off: {steps}.", steps=said_of(self.discount, money))


RULE = ByBasket
