"""A discount by the size of this one basket.

    discounts:
      offers:
        big basket: {by: this basket, discount: {1500: 5%, 2500: 8%}}

The basket is counted before discounts; a step holds at its very amount. With `only:` for some goods these alone are counted.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.discounts.steps import said_of
from loyalty_cli.rules.discounts.steps import Stepped
from loyalty_cli.rules.discounts.steps import Steps

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Buyer
    from loyalty_cli.rules.discounts.offer import Said


class ByBasket(Stepped):
    """Steps by the amount of the basket before discounts."""

    asks_the_basket: ClassVar[bool] = True

    by: Literal["this basket"] = Field(description="this basket")
    discount: Steps = Field(description="basket amounts with their percents")

    def looked_at(self, buyer: Buyer) -> int | None:
        """The basket."""
        return buyer.basket

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        steps = said_of(self.discount, money)
        if self.rises:
            return phrase("The larger the basket, the more is off: {steps}.", steps=steps)
        return phrase("What is off depends on the basket: {steps}.", steps=steps)


RULE = ByBasket
