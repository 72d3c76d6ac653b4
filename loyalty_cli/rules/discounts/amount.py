"""An amount off: on every purchase, or from a basket of a certain size on.

    discounts:
      offers:
        five off: {take_off: 5.00, basket_at_least: 50.00}
        per fifty: {take_off: 5.00, for_every: 50.00}

The basket is counted before discounts. With `for_every:` the amount comes off once for each full amount in the basket.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.discounts.offer import Offer

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.discounts.offer import Said


class AmountOff(Offer):
    """A sum of money off."""

    takes: ClassVar[Literal["amount"]] = "amount"

    take_off: Amount = Field(description="how much comes off")
    basket_at_least: Amount = Field(0, description="the smallest basket, before discounts")
    for_every: Amount | None = Field(None, description="once for each full amount in the basket")

    def amount(self, buyer: Buyer) -> int:
        """The money off; nothing is known before there is a basket."""
        if buyer.basket is None or buyer.basket < self.basket_at_least:
            return 0
        return self.take_off * (buyer.basket // self.for_every if self.for_every else 1)

    def announced(self, money: Said) -> Phrase:
        """The sentence that a poster would have."""
        off = money(self.take_off)
        if self.for_every:
            return phrase("{amount} off for every full {every}.", amount=off, every=money(self.for_every))
        if self.basket_at_least:
            return phrase("{amount} off a basket of {least} or more.", amount=off, least=money(self.basket_at_least))
        return phrase("{amount} off.", amount=off)


RULE = AmountOff
