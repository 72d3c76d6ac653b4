"""The coupons that are shown for a basket: found by their codes and ready to be priced, or refused with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Shown
from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.counter.quote import Ready
from loyalty_cli.operations.counter.quote import Refusal
from loyalty_cli.operations.coupons.redeem_coupon import found_coupon
from loyalty_cli.operations.coupons.redeem_coupon import holder
from loyalty_cli.operations.coupons.redeem_coupon import refuse_unless_usable
from loyalty_cli.operations.coupons.redeem_coupon import sound_code
from loyalty_cli.operations.coupons.what_it_pays import worth_left
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.store.coupons.bearer import bearer_coupon
from loyalty_cli.store.coupons.bearer import uses_of_bearer
from loyalty_cli.store.coupons.redemptions import uses_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.coupons.bearer import BearerCoupon
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.database import Connection


def coupons_shown(connection: Connection, codes: Iterable[str], card: str | None, day: Day) -> tuple[list[Ready], list[Refusal]]:
    """The coupons of some codes on a day; `card` is that of the member who shows them, if one is known."""
    ready: list[Ready] = []
    refused: list[Refusal] = []
    for text in codes:
        try:
            found = coupon_shown(connection, text, card, day)
        except LoyaltyError as error:
            refused.append(Refusal("coupon", text, error))
        else:
            if found.code not in {each.code for each in ready}:
                ready.append(found)
    return ready, refused


def coupon_shown(connection: Connection, text: str, card: str | None, day: Day) -> Ready:
    """One coupon; refused as `redeem` would."""
    bearer = bearer_coupon(connection, sound_code(text))
    coupon: Coupon | BearerCoupon = bearer or found_coupon(connection, text)
    before = uses_of_bearer(connection, coupon.id) if bearer else uses_of(connection, coupon.id)
    refuse_unless_usable(coupon, before, day)
    holder(connection, coupon, card, day)
    terms = read_terms(coupon.terms)
    code = shown(coupon.code)
    return Ready(code, coupon.name, coupon.until_day, Shown(name=code, terms=terms, left=worth_left(terms, before)))
