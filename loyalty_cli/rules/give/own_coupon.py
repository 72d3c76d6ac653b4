"""What the gives share that bring a coupon of their own: its terms stand in the reward, not under `coupons:`."""

from __future__ import annotations

from typing import ClassVar
from typing import Self

from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.coupons.terms import CouponTerms
from loyalty_cli.rules.give.given import Give
from loyalty_cli.rules.give.given import Given


class OwnCoupon(CouponTerms, Give):
    """A coupon that only this reward gives."""

    held_as: ClassVar[str] = "coupons"

    called: str = Field("", description="the name it is issued under, where that is not the reward's")

    def of_reward(self, name: str) -> Self:
        """Named like the reward, if nothing else is said."""
        return self if self.called else self.model_copy(update={"called": name})

    @property
    def terms(self) -> CouponTerms:
        """The coupon as one under `coupons:` would say it."""
        return CouponTerms(**{name: getattr(self, name) for name in CouponTerms.model_fields})

    def given(self) -> Given:
        """One coupon."""
        return Given(asset=f"coupon:{self.called}", quantity=1)
