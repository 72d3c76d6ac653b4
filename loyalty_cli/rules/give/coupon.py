"""Gives a coupon that the program describes under `coupons:`.

    coupons:
      next visit: {worth: 50.00, valid_for: 30 days}
    rewards:
      coupon for 500: {when: {one_purchase: 500.00}, give: {coupon: next visit}}

The coupon is due when the purchase is recalculated; `loyalty coupons issue` makes its code.
"""

from __future__ import annotations

from typing import ClassVar

from loyalty_cli.reading.settings import Settings
from loyalty_cli.rules.give.given import Given


class Coupon(Settings):
    """One coupon by its name."""

    short: ClassVar[str] = "coupon"

    coupon: str

    def given(self) -> Given:
        """One coupon."""
        return Given(asset=f"coupon:{self.coupon}", quantity=1)


RULE = Coupon
