"""Gives something free: a coupon for one unit of the goods it names.

    rewards:
      tenth coffee:
        when: {units: 9, times: every time, only: {categories: [coffee]}}
        give: {free_item: {free: coffee, valid_for: 30 days}}

The goods are a product or a category; of several that fit, the dearest is free. The free unit is paid with nothing, so it
counts for nothing: it brings no stamp towards the next one.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.give.own_coupon import OwnCoupon

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class FreeItem(OwnCoupon):
    """A coupon for one unit of some goods."""

    short: ClassVar[str] = "free"

    free: str = Field(description="one unit of these goods is free: a product, or a category", min_length=1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("{goods} free", goods=self.free)


RULE = FreeItem
