"""A discount that holds on every purchase, for everybody or for some.

    discounts:
      offers:
        everyone: {discount: 2%}
        pensioners: {discount: 7%, only: {groups: [pensioner]}}
        happy hour: {discount: 10%, only: {categories: [cake], hours: "16:00 to 18:00"}}

Several discounts go together as `together:` says; the tier's own discount is one of them.
"""

from __future__ import annotations

from typing import Any
from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown import phrase as said
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Percent
from loyalty_cli.rules.discounts.offer import Buyer
from loyalty_cli.rules.discounts.offer import Offer

if TYPE_CHECKING:
    from loyalty_cli.rules.discounts.offer import Said


class Standing(Offer):
    """The same percent on every purchase."""

    instead: ClassVar[Any] = {
        **Offer.instead,
        "basket_at_least": phrase(
            "A percent from a basket of a certain size on: {example}.", example="{by: this basket, discount: {50.00: 10%}}"
        ),
        "units_at_least": phrase("A percent from so many units on: {example}.", example="{by: units in this basket, discount: {6: 10%}}"),
    }

    discount: Percent = Field(description="the percent")

    def percent(self, _: Buyer) -> int:
        """Basis points off."""
        return self.discount

    def announced(self, _: Said) -> said.Phrase:
        """The sentence that a poster would have."""
        return phrase("{percent} off.", percent=said.Share(self.discount))


RULE = Standing
