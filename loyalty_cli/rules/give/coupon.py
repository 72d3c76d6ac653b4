"""Gives a coupon that the program describes under `coupons:`.

    coupons:
      next visit: {worth: 50.00, valid_for: 30 days}
    rewards:
      coupon for 500: {when: {one_purchase: 500.00}, give: {coupon: next visit}}

The coupon is due when the purchase is recalculated; `loyalty coupons issue` makes its code.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Coupon(Give):
    """One coupon by its name."""

    short: ClassVar[str] = "coupon"
    held_as: ClassVar[str] = "coupons"

    coupon: str

    def given(self) -> Given:
        """One coupon."""
        return Given(asset=f"coupon:{self.coupon}", quantity=1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("the coupon {name}", name=self.coupon)


RULE = Coupon
