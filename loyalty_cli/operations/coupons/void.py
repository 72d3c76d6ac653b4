"""`loyalty coupons void`: a coupon that shall not be used any more, whatever the ledger says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.redeem_coupon import found_coupon
from loyalty_cli.operations.coupons.redeem_coupon import sound_code
from loyalty_cli.operations.local_day import today
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.coupons.bearer import bearer_coupon
from loyalty_cli.store.coupons.bearer import uses_of_bearer
from loyalty_cli.store.coupons.bearer import void_bearer_coupon
from loyalty_cli.store.coupons.redemptions import uses_of

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def void_coupon(shop: Shop, text: str, *, by: str, reason: str, dry_run: bool = False) -> Outcome:
    """Void one coupon by its code; a used one can not be voided."""
    with shop.changing(dry_run=dry_run) as connection:
        printed = bearer_coupon(connection, sound_code(text))
        coupon = printed or found_coupon(connection, text)
        if uses_of_bearer(connection, coupon.id) if printed else uses_of(connection, coupon.id):
            raise Refused("The coupon {code} has been used and can not be voided.", code=shown(coupon.code))
        if coupon.state == "voided":
            return Outcome(said=[phrase("The coupon {code} was voided before.", code=shown(coupon.code))], quiet=True)
        day = today(shop, connection)
        if printed:
            void_bearer_coupon(connection, coupon.id, at=shop.moment, by=by, reason=reason)
        else:
            coupons.note_events(connection, [(coupon.id, "voided")], day=day, at=shop.moment, by=by, reason=reason)
    return Outcome(
        said=[phrase("The coupon {code} is void.", code=shown(coupon.code))],
        data={"code": coupon.code, "state": "voided"},
    )
