"""Gives a voucher: a code worth money, which pays and keeps what it has not paid until it is used up or lapses.

    rewards:
      thank you: {when: {spend: 1000.00}, give: {voucher: {worth: 20.00, valid_for: 6 months}}}

It pays like any coupon (`loyalty redeem coupon CODE`), in part if the purchase is smaller: the rest stays on it, through its last
day. Goods that come back put what it had paid for them back on it. Whatever a coupon under `coupons:` may say, it may say too.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Amount
from loyalty_cli.rules.give.own_coupon import OwnCoupon

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase


class Voucher(OwnCoupon):
    """A coupon that is worth money and keeps its remainder."""

    short: ClassVar[str] = "worth"

    worth: Amount = Field(description="it pays this much in all")
    remainder: Literal["is lost", "is kept"] = Field(
        "is kept", description="what becomes of the part of its worth that a purchase does not take"
    )

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("a voucher for {amount}", amount=money(self.worth))


RULE = Voucher
