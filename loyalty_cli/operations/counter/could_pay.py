"""What a coupon that was not shown would pay on a basket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Basket
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.baskets.pricing import price
from loyalty_cli.model.codes import shown
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.what_it_pays import worth_left
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.store.coupons.coupons import coupon_by_code
from loyalty_cli.store.coupons.redemptions import uses_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.counter.quote import Quote
    from loyalty_cli.store.coupons.printing import Printable
    from loyalty_cli.store.database import Connection


def could_pay(connection: Connection, quote: Quote, held: Printable) -> tuple[str, str, Day, int, Phrase | None]:
    """Name, code and last day of a coupon; what it would pay, shown besides what is shown already, or why nothing."""
    coupon = coupon_by_code(connection, held.code)
    terms = read_terms(held.terms)
    left = worth_left(terms, uses_of(connection, coupon.id) if coupon else ())
    code, moment = shown(held.code), quote.asked.shopper.moment
    if held.from_day > moment.day:
        return held.coupon, code, held.until_day, 0, phrase("It can be used from {day} on.", day=OnDay(held.from_day))
    lines = [quote.asked.lines[place] for place in quote.places]
    coupons = [*(each.shown for each in quote.asked.coupons), Shown(name=code, terms=terms, left=left)]
    priced = price(quote.program, Basket(lines=lines, coupons=coupons), quote.asked.shopper)
    pays = sum(one.total for one in priced.coupons if one.name == code)
    why = next((each.why for each in priced.without if each.name == code), None)
    return held.coupon, code, held.until_day, pays, why
