"""Whether a coupon's terms hold at the till, and the money it pays on a purchase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.baskets.basket import Applied
from loyalty_cli.baskets.basket import Line
from loyalty_cli.baskets.basket import Shown
from loyalty_cli.baskets.coupons import Counter
from loyalty_cli.model.codes import shown
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.shopper import shopper_of
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.only import EVERYTHING
from loyalty_cli.rules.only import Moment
from loyalty_cli.store.coupons.redemptions import coupons_on_receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.rules.only import Only
    from loyalty_cli.store.coupons.redemptions import PastUse
    from loyalty_cli.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedUse:
    """A coupon that somebody wants to use: its uses so far, on which purchase, whose, where and when.

    `clock` is 0 where it is not known; `member` is None where a bearer shows no card. What is `quoted` has been looked at with
    all that is shown beside it.
    """

    code: str
    name: str
    terms: CouponTerms
    before: Sequence[PastUse]
    member: int | None
    basket: int | None
    day: Day
    clock: int
    store: str | None
    store_id: int | None
    receipt: str
    quoted: bool = False


def what_it_pays(connection: Connection, plan: Plan, use: WantedUse, currency: Currency) -> int | None:
    """The money a coupon pays; None where only the till knows it: a percent of an unknown basket, goods that are free."""
    terms = use.terms
    hold_there(connection, plan, use, terms.only)
    others = others_on_receipt(connection, use, terms)
    basket = use.basket
    if basket is None and terms.asks_the_basket:
        hint = phrase("Say it with --basket 120.00")
        raise LoyaltyError("What the coupon {code} pays depends on the basket.", code=shown(use.code), hint=hint)
    if basket is not None and basket < terms.basket_at_least:
        least = currency.money(terms.basket_at_least)
        raise Refused("The coupon {code} needs a basket of at least {least}.", code=shown(use.code), least=least)
    left = worth_left(terms, use.before)
    if basket is None:
        return None if left is None else min(left, left if terms.pays_at_most is None else terms.pays_at_most)
    if terms.unit:
        return None
    return on_basket(use, terms, basket, left, others)


def on_basket(use: WantedUse, terms: CouponTerms, basket: int, left: int | None, others: list[tuple[CouponTerms, Applied]]) -> int:
    """What it pays on a purchase of an amount, of which nothing more is known: as on a basket of one line."""
    counter = Counter(
        lines=[Line(total=basket)],
        moment=Moment(use.day, use.clock, use.store or "", "", frozenset(), None),
        prices=[basket + sum(applied.total for _, applied in others)],
        floors=[0],
        reduced=[False],
        left=[basket],
        taken=others,
    )
    # Whom and what it is for has been looked at; the basket is that of the goods it holds for.
    anything = terms.model_copy(update={"only": EVERYTHING})
    why = counter.take(Shown(name=use.name, terms=anything, left=left))
    if why is not None:
        raise Refused("The coupon {code} can not be used here. {why}", code=shown(use.code), why=why)
    return counter.taken[-1][1].total


def worth_left(terms: CouponTerms, before: Sequence[PastUse]) -> int | None:
    """What a voucher still holds; None for a coupon that has no worth in money."""
    return terms.worth_left(sum(use.amount for use in before))


def may_be_used(terms: CouponTerms, before: Sequence[PastUse]) -> bool:
    """Whether a coupon with some uses holds a remainder, or can be used more often."""
    return bool(worth_left(terms, before)) if terms.keeps_the_rest else len(before) < terms.uses


def others_on_receipt(connection: Connection, use: WantedUse, terms: CouponTerms) -> list[tuple[CouponTerms, Applied]]:
    """The coupons that have paid on the same receipt; where the terms look at them, the receipt must be said."""
    if not use.receipt:
        if not use.quoted and (terms.on_one_receipt is not None or terms.pay_together):
            hint = phrase("Say the number with --receipt")
            text = "Whether the coupon {code} can be used depends on the other coupons of the receipt."
            raise LoyaltyError(text, code=shown(use.code), hint=hint)
        return []
    rows = coupons_on_receipt(connection, use.receipt, use.store_id, use.day)
    return [(read_terms(kept), Applied("", (amount,))) for kept, amount in rows]


def hold_there(connection: Connection, plan: Plan, use: WantedUse, only: Only) -> None:
    """Store, day, hour and member are those the coupon is for; a coupon that asks the store must be told it."""
    if only.stores and use.store is None:
        hint = phrase("Say it with --store")
        raise LoyaltyError("Whether the coupon {code} can be used depends on the store.", code=shown(use.code), hint=hint)
    if only.stores and use.store not in only.stores:
        stores = ", ".join(only.stores)
        raise Refused("The coupon {code} can be used in: {stores}.", code=shown(use.code), stores=stores)
    if only.hours and not use.clock:
        only = only.model_copy(update={"hours": None})  # the hour is not known: the till has looked at its clock
    if not only.conditional:
        return
    moment = moment_of(connection, plan, use)
    if not only.fits_the_time(moment):
        raise Refused("The coupon {code} can not be used on this day or at this hour.", code=shown(use.code))
    if not only.fits_the_member(moment):
        raise Refused("The coupon {code} is for other members.", code=shown(use.code))


def moment_of(connection: Connection, plan: Plan, use: WantedUse) -> Moment:
    """The member as they stand on the day."""
    for facts in facts_of_members(connection, plan, [] if use.member is None else [use.member], use.day):
        member = Replayer(plan).replay(facts, use.day).member
        return shopper_of(member, use.day, use.clock, use.store or "").moment
    return Moment(use.day, use.clock, use.store or "", "", frozenset(), None)
