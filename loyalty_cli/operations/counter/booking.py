"""What a counter books: the coupons and points of the quote that was shown, all of them or none, each for what was shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.till import most_grave
from loyalty_cli.operations.counter.till import NOBODY
from loyalty_cli.operations.counter.till import Till
from loyalty_cli.operations.coupons.at_the_till import AtTheTill
from loyalty_cli.operations.coupons.redeem_coupon import use_coupon
from loyalty_cli.operations.coupons.redeem_points import use_points
from loyalty_cli.operations.engine_room import only_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.counter.asked import Asked
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.operations.open_shop import Shop


def book_quote(shop: Shop, shown: Quote, asked: Asked, *, receipt: str, by: str) -> list[Phrase]:
    """Use what a quote uses; refused, with nothing changed, if the same basket is paid otherwise by now."""
    said: list[Phrase] = []
    with shop.changing() as connection:
        if shown.member:
            only_of(connection, [shown.member], receipt=receipt)
        quote = Till(connection, shop.now).quote(asked)
        if paying(quote) != paying(shown):
            raise most_grave(quote.refused) or changed_meanwhile()
        left, money = sum(quote.prices), quote.program.currency.plain
        # A card that joins with its first receipt is nobody's yet.
        card = None if quote.member == NOBODY else asked.card or None
        at = AtTheTill(basket=money(left), store=asked.store or None, receipt=receipt, by=by, card=card)
        for one in quote.priced.coupons:
            said += use_coupon(connection, shop, one.name, replace(at, basket=money(left)), pays=one.total).said
            left -= one.total
        if quote.priced.points_used:
            said += use_points(connection, shop, asked.card, quote.priced.points_used, at).said
    return said


def paying(quote: Quote) -> tuple[object, ...]:
    """Who buys, what the basket costs, and what pays it."""
    return quote.member, quote.prices, quote.priced.coupons, quote.priced.points, quote.priced.points_used


def changed_meanwhile() -> Refused:
    """The price, a coupon or the points are not as they were shown."""
    hint = phrase("The screen shows what is to pay now. If that is right, book it.")
    return Refused("What pays here has changed meanwhile: nothing is booked.", hint=hint)
