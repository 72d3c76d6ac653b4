"""`loyalty coupons print`: the coupons that can be used, as a sheet for the printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.codes import shown
from loyalty_cli.model.codes import typed
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.sheet import Label
from loyalty_cli.model.shown.sheet import Sheet
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.shop_language import shop_facts
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.coupons.said import terms_said
from loyalty_cli.rules.coupons.said import worth_said
from loyalty_cli.store.coupons.bearer import batch_of_key
from loyalty_cli.store.coupons.bearer import bearer_coupons_to_print
from loyalty_cli.store.coupons.foreign import codes_of_coupons
from loyalty_cli.store.coupons.printing import coupons_to_print

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.coupons.printing import Printable


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponWishes:
    """Which coupons are printed: of a card, of a kind, of a reward, one code, issued since a day, of a batch; None is any."""

    card: str | None = None
    coupon: str | None = None
    reward: str | None = None
    code: str | None = None
    since: Day | None = None
    key: str | None = None


def print_coupons(shop: Shop, wishes: CouponWishes) -> tuple[Outcome, Sheet]:
    """The sheet, and what it holds."""
    with shop.reading() as connection:
        facts = shop_facts(shop, connection)
        member = member_of_card(connection, wishes.card) if wishes.card else None
        day = today(shop, connection)
        foreign = codes_of_coupons(connection)
        if wishes.key is not None and batch_of_key(connection, wishes.key) is None:
            raise LoyaltyError("No coupons have been made with the key {text}.", text=wishes.key)
        printable = coupons_to_print(connection, day) if wishes.key is None else bearer_coupons_to_print(connection, wishes.key, day)
        coupons = [coupon for coupon in printable if is_wanted(coupon, wishes) and member in {None, coupon.member}]
    sheet = Sheet(
        kind="coupon",
        shop=facts.program,
        title=phrase("Coupons"),
        labels=[label_of(coupon, facts.currency.money, foreign.get(coupon.code)) for coupon in coupons],
    )
    said = phrase("{count} coupon on the sheet.", "{count} coupons on the sheet.", count=len(coupons))
    if not coupons:
        said = phrase("There is no coupon to print. They are issued by: loyalty coupons issue")
    data = {"count": len(coupons), "codes": [coupon.code for coupon in coupons]}
    return Outcome(said=[said], data=data, language=facts.language), sheet


def is_wanted(coupon: Printable, wishes: CouponWishes) -> bool:
    """Whether a coupon is among those asked for."""
    return (
        wishes.coupon in {None, coupon.coupon}
        and wishes.reward in {None, coupon.reward}
        and (wishes.code is None or typed(wishes.code) == coupon.code)
        and (wishes.since is None or coupon.issued_on >= wishes.since)
    )


def label_of(coupon: Printable, money: Callable[[int], Money], webshop: str | None = None) -> Label:
    """One coupon with its terms in words."""
    terms = read_terms(coupon.left or coupon.terms)
    return Label(
        code=coupon.code,
        shown=shown(coupon.code),
        title=coupon.coupon,
        worth=worth_said(terms, money),
        lines=[
            *terms_said(terms, money),
            phrase("Valid from {first} through {last}.", first=OnDay(coupon.from_day), last=OnDay(coupon.until_day)),
            *([phrase("In the webshop: {code}", code=webshop)] if webshop else []),
        ],
        holder=" · ".join(part for part in (coupon.name, coupon.card) if part),
    )
