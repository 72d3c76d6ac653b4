"""A coupon is used after the receipt that earned it, never on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.store.coupons.coupons import receipt_that_earned
from loyalty_cli.store.coupons.redemptions import moment_of_receipt

if TYPE_CHECKING:
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.coupons.redemptions import Use
    from loyalty_cli.store.database import Connection


def too_early(connection: Connection, coupon: Coupon, use: Use) -> Refused | None:
    """Why a coupon can not have been used there and then, None if it can."""
    earned = receipt_that_earned(connection, coupon.id)
    if earned is None:
        return None
    code = shown(coupon.code)
    if use.receipt == earned.number and use.store in (None, earned.store_id):
        text = "The coupon {code} was earned by receipt {receipt} of {store} itself; it pays on a later one."
        return Refused(text, code=code, receipt=earned.number, store=earned.store)
    paid = moment_of_receipt(connection, use.store, use.receipt) if use.receipt else None
    day, clock = paid or (use.day, use.clock)
    if day < earned.day or (day == earned.day and 0 < clock < earned.clock):
        text = "The coupon {code} was earned later, by receipt {receipt} of {store} on {day}."
        return Refused(text, code=code, receipt=earned.number, store=earned.store, day=OnDay(earned.day))
    return None


def after_its_receipt(connection: Connection, coupon: Coupon, use: Use) -> Use:
    """A use on the day the coupon was earned, its time not known, was after that receipt and pays on a later one."""
    earned = receipt_that_earned(connection, coupon.id)
    if earned is None or use.receipt or use.clock or use.day != earned.day:
        return use
    return use._replace(clock=min(earned.clock + 1, LAST_SECOND))


LAST_SECOND = 86_399
