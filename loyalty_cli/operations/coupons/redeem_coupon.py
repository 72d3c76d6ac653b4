"""`loyalty redeem coupon`: one insert, unique for the coupon and for the request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.codes import shown
from loyalty_cli.model.codes import typed
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import Money
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.at_the_till import day_and_clock
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.at_the_till import money
from loyalty_cli.operations.coupons.at_the_till import post_use
from loyalty_cli.operations.coupons.own_receipt import after_its_receipt
from loyalty_cli.operations.coupons.own_receipt import too_early
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import Use
from loyalty_cli.store.coupons.redemptions import use_by_key
from loyalty_cli.store.coupons.redemptions import use_of_coupon
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.database import Connection


def redeem_coupon(shop: Shop, text: str, till: AtTheTill, *, dry_run: bool = False) -> Outcome:
    """Use a coupon; what it pays is said. Used, lapsed or unknown coupons are refused and nothing changes."""
    with shop.changing(dry_run=dry_run) as connection:
        words = settings(connection)
        digits, currency = int(words.get("digits", "2")), words.get("currency", "")
        key = till.key or f"coupon|{typed(text)}"
        earlier = use_by_key(connection, key) if till.key else None
        if earlier is not None:
            said = phrase("This request was made before; the coupon was used on {day}.", day=OnDay(earlier[3]))
            return Outcome(said=[said], data={"amount": earlier[2], "again": True}, quiet=True)
        coupon = found_coupon(connection, text)
        day, clock = day_and_clock(shop, till, words["timezone"])
        refuse_unless_usable(connection, coupon, day)
        basket = money(till.basket, digits)
        amount = what_it_pays(coupon, basket, currency=currency, digits=digits)
        store = known_store(connection, till.store)
        use = Use(
            coupon.member,
            "coupon",
            0,
            amount or 0,
            coupon.id,
            store,
            till.receipt,
            day,
            clock,
            shop.moment,
            till.by,
            key,
        )
        early = too_early(connection, coupon, use)
        if early is not None:
            raise early
        use = after_its_receipt(connection, coupon, use)
        if not save_use(connection, use):
            raise already_used(connection, coupon)
        coupons.note_events(connection, [(coupon.id, "used")], day=day, at=shop.moment, by=till.by)
        post_use(connection, use, adopted_plan(connection), at=shop.moment)
    return used(coupon, amount, currency=currency, digits=digits)


def found_coupon(connection: Connection, text: str) -> Coupon:
    """The coupon of a code as somebody typed it."""
    code = typed(text)
    if not is_sound(code):
        raise LoyaltyError(
            "{code} is not a coupon code: a letter is wrong or missing.",
            code=text,
            hint=phrase("Codes have 13 letters of 23456789CFGHJMPQRVWX; read it again from the coupon."),
        )
    coupon = coupons.coupon_by_code(connection, code)
    if coupon is None:
        raise Refused("There is no coupon {code}.", code=shown(code))
    return coupon


def refuse_unless_usable(connection: Connection, coupon: Coupon, day: Day) -> None:
    """Used, withdrawn, voided, too early or too late."""
    code = shown(coupon.code)
    if coupon.used:
        raise already_used(connection, coupon)
    if coupon.state == "withdrawn":
        raise Refused("The coupon {code} was withdrawn: its purchase came back.", code=code)
    if coupon.state == "voided":
        raise Refused("The coupon {code} is void.", code=code)
    if day < coupon.from_day:
        raise Refused("The coupon {code} can be used from {day} on.", code=code, day=OnDay(coupon.from_day))
    if day > coupon.until_day:
        raise Refused("The coupon {code} could be used through {day}.", code=code, day=OnDay(coupon.until_day))


def already_used(connection: Connection, coupon: Coupon) -> Refused:
    """The refusal of a second use, with the first one."""
    use = use_of_coupon(connection, coupon.id)
    if use is None:
        return Refused("The coupon {code} has been used.", code=shown(coupon.code))
    text = (
        "The coupon {code} was used on {day}, {where}." if use[1] or use[2] else "The coupon {code} was used on {day}."
    )
    return Refused(text, code=shown(coupon.code), day=OnDay(use[0]), where=" ".join(part for part in use[1:] if part))


def what_it_pays(coupon: Coupon, basket: int | None, *, currency: str, digits: int) -> int | None:
    """The money a coupon pays on a basket; None for a percent coupon whose basket is not known."""
    terms = json.loads(coupon.terms)
    least = terms.get("basket_at_least", 0)
    if basket is None and (least or terms.get("pays_up_to", 10_000) < 10_000):
        hint = phrase("Say it with --basket 120.00")
        raise LoyaltyError("What the coupon {code} pays depends on the basket.", code=shown(coupon.code), hint=hint)
    if basket is not None and basket < least:
        raise Refused(
            "The coupon {code} needs a basket of at least {least}.",
            code=shown(coupon.code),
            least=Money(least, currency, digits),
        )
    if terms.get("discount") is not None:
        return None if basket is None else basket * int(terms["discount"]) // 10_000
    worth = int(terms["worth"])
    return worth if basket is None else min(worth, basket * int(terms.get("pays_up_to", 10_000)) // 10_000)


def used(coupon: Coupon, amount: int | None, *, currency: str, digits: int) -> Outcome:
    """What a use says of itself."""
    data = {"code": coupon.code, "coupon": coupon.name, "amount": amount}
    if amount is None:
        percent = json.loads(coupon.terms)["discount"] / 100
        return Outcome(
            said=[phrase("Used: {name}, {percent} % off.", name=coupon.name, percent=f"{percent:g}")], data=data
        )
    return Outcome(
        said=[phrase("Used: {name}, pays {amount}.", name=coupon.name, amount=Money(amount, currency, digits))],
        data=data,
    )
