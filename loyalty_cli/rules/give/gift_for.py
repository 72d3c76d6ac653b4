"""Gives the right to buy a gift for little money: one unit at a price, or with a percent off.

    rewards:
      mug for little: {when: {spend: 500.00}, give: {gift_for: {one_unit_of: mug, price: 5.00, valid_for: 30 days}}}
      or with a percent off: {when: {visits: 20}, give: {gift_for: {one_unit_of: mug, discount: 80%, valid_for: 30 days}}}

It is a coupon for one unit of those goods, a product or a category; what is left of the price is paid with money.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.give.own_coupon import OwnCoupon

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class GiftFor(OwnCoupon):
    """A coupon for one unit at a price of its own."""

    short: ClassVar[str] = "one_unit_of"

    one_unit_of: str = Field(description="the gift: a product, or a category", min_length=1)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.price is not None:
            return phrase("{goods} for {amount}", goods=self.one_unit_of, amount=money(self.price))
        return phrase("{goods} with {percent} off", goods=self.one_unit_of, percent=Share(self.discount or 0))


RULE = GiftFor
