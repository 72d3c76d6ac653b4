"""`loyalty coupons sell`: cards and coupons that lay on the shelf are sold, and the books owe them from that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.bookkeeping import on_the_shelf
from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.at_the_till import day_and_clock
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.redeem_coupon import sound_code
from loyalty_cli.store.by_hand import Done
from loyalty_cli.store.by_hand import done_by_key
from loyalty_cli.store.by_hand import save_done
from loyalty_cli.store.by_hand import undone_by
from loyalty_cli.store.coupons.bearer import bearer_coupon
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.coupons.bearer import BearerCoupon
    from loyalty_cli.store.database import Connection


def sell_coupons(shop: Shop, codes: Sequence[str], till: AtTheTill, *, dry_run: bool = False) -> Outcome:
    """Note that coupons made for whoever brings them were sold: all of them, or none if one can not be."""
    with shop.changing(dry_run=dry_run) as connection:
        known = kept_facts(connection)
        day, _ = day_and_clock(shop, till, known.timezone)
        shelf = on_the_shelf(bookkeeping_from(known.books))
        place = {"on_receipt": till.receipt, "store": known_store(connection, till.store)}
        numbers = []
        for code in codes:
            coupon = to_be_sold(connection, code, day)
            refuse_owed_already(coupon, shelf)
            detail = {"coupon": -coupon.id, "number": shown(coupon.code), **place}
            key = key_of_sale(connection, coupon)
            numbers.append(save_done(connection, Done(0, key, "sell", None, detail, day, shop.moment, till.by, till.reason)))
    said = [phrase("{count} coupon sold on {day}.", "{count} coupons sold on {day}.", count=len(numbers), day=OnDay(day))]
    return Outcome(said=said, data={"numbers": numbers, "dry_run": dry_run})


def to_be_sold(connection: Connection, text: str, day: Day) -> BearerCoupon:
    """The coupon of a code, refused if it is none that can be sold on a day."""
    code = sound_code(text)
    coupon = bearer_coupon(connection, code)
    if coupon is None:
        hint = phrase("Those are made by: loyalty coupons make")
        raise Refused("{code} is no coupon that was made for whoever brings it.", code=shown(code), hint=hint)
    if coupon.state == "voided":
        raise Refused("The coupon {code} is void.", code=shown(code))
    if day < coupon.issued_on:
        raise Refused("The coupon {code} was only made on {day}.", code=shown(code), day=OnDay(coupon.issued_on))
    if day > coupon.until_day:
        raise Refused("The coupon {code} could be used through {day}.", code=shown(code), day=OnDay(coupon.until_day))
    return coupon


def refuse_owed_already(coupon: BearerCoupon, shelf: Collection[str]) -> None:
    """A sale says something of those coupons alone that the books owe from their sale."""
    if coupon.name in shelf:
        return
    raise Refused(
        "By the books a coupon {name} does not wait for its sale: they owe it from the day it was made, or not at all.",
        name=coupon.name,
        hint=phrase(
            "If such coupons lie on the shelf until somebody buys them, write this in program.yaml, then run loyalty program adopt: "
            "{example}",
            example=f"books: {{coupons: {{{coupon.name}: {{treatment: sold, owed_from: sale}}}}}}",
        ),
    )


def key_of_sale(connection: Connection, coupon: BearerCoupon) -> str:
    """The key under which a sale is noted, refused if the coupon is sold: one that was undone may be sold again."""
    key, times = f"sell {coupon.code}", 1
    while (sale := done_by_key(connection, key)) is not None:
        if undone_by(connection, sale.id) is None:
            raise Refused("The coupon {code} was sold on {day}.", code=shown(coupon.code), day=OnDay(sale.day))
        times += 1
        key = f"sell|{times} {coupon.code}"
    return key
