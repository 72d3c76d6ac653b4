"""The coupons that one member holds at the counter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.printing import COUPONS
from loyalty_cli.store.coupons.printing import Printable

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

OF_MEMBER = COUPONS.replace("WHERE coupon.until_day >= ?", "WHERE coupon.member_id = ?2 AND coupon.until_day >= ?1")


def coupons_held(connection: Connection, member: int, day: Day) -> list[Printable]:
    """A member's coupons that can be used on a day or later, the soonest lapsing first."""
    return [Printable(*row) for row in connection.execute(OF_MEMBER, (day, member))]
