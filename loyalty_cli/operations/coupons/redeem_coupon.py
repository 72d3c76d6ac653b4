"""`loyalty redeem coupon`: one insert, unique for the coupon and for the request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.codes import is_sound
from loyalty_cli.model.codes import shown
from loyalty_cli.model.codes import typed
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.phrase import Share
from loyalty_cli.operations.coupons.at_the_till import day_and_clock
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.at_the_till import money
from loyalty_cli.operations.coupons.at_the_till import noted
from loyalty_cli.operations.coupons.at_the_till import post_use
from loyalty_cli.operations.coupons.at_the_till import refuse_blocked
from loyalty_cli.operations.coupons.own_receipt import after_its_receipt
from loyalty_cli.operations.coupons.own_receipt import too_early
from loyalty_cli.operations.coupons.what_it_pays import may_be_used
from loyalty_cli.operations.coupons.what_it_pays import WantedUse
from loyalty_cli.operations.coupons.what_it_pays import what_it_pays
from loyalty_cli.operations.coupons.what_it_pays import worth_left
from loyalty_cli.operations.engine_room import only_of
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.rules.coupons.kept import read_terms
from loyalty_cli.rules.coupons.said import worth_said
from loyalty_cli.rules.only_said import goods_said
from loyalty_cli.store.coupons import coupons
from loyalty_cli.store.coupons.bearer import bearer_coupon
from loyalty_cli.store.coupons.bearer import bearer_use_by_key
from loyalty_cli.store.coupons.bearer import BearerCoupon
from loyalty_cli.store.coupons.bearer import BearerUse
from loyalty_cli.store.coupons.bearer import save_bearer_use
from loyalty_cli.store.coupons.bearer import uses_of_bearer
from loyalty_cli.store.coupons.redemptions import free_key
from loyalty_cli.store.coupons.redemptions import PastUse
from loyalty_cli.store.coupons.redemptions import save_further_use
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import Use
from loyalty_cli.store.coupons.redemptions import use_by_key
from loyalty_cli.store.coupons.redemptions import uses_of
from loyalty_cli.store.members.households import account_of
from loyalty_cli.store.settings import kept_facts
from loyalty_cli.store.stores.names import present_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.money import Currency
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.rules.coupons.terms import CouponTerms
    from loyalty_cli.store.coupons.coupons import Coupon
    from loyalty_cli.store.database import Connection


def redeem_coupon(shop: Shop, text: str, till: AtTheTill, *, at_most: str | None = None, dry_run: bool = False) -> Outcome:
    """Use a coupon; what it pays is said, of a voucher at most so much. Used, lapsed or unknown ones are refused."""
    with shop.changing(dry_run=dry_run) as connection:
        return use_coupon(connection, shop, text, till, at_most=at_most)


def use_coupon(
    connection: Connection, shop: Shop, text: str, till: AtTheTill, *, at_most: str | None = None, pays: int | None = None
) -> Outcome:
    """The same within what is being changed; `pays` is what a quote of this very purchase says that it pays."""
    facts = kept_facts(connection)
    currency = facts.currency
    earlier = (use_by_key(connection, till.key) or bearer_use_by_key(connection, till.key)) if till.key else None
    if earlier is not None:
        said = phrase("This request was made before; the coupon was used on {day}.", day=OnDay(earlier[3]))
        return Outcome(said=[said], data={"amount": earlier[2], "again": True}, quiet=True)
    code = sound_code(text)
    bearer = bearer_coupon(connection, code)
    coupon: Coupon | BearerCoupon = bearer or found_coupon(connection, text)
    day, clock = day_and_clock(shop, till, facts.timezone)
    before = uses_of_bearer(connection, coupon.id) if bearer else uses_of(connection, coupon.id)
    refuse_unless_usable(coupon, before, day)
    wanted = WantedUse(
        code=code,
        name=coupon.name,
        terms=read_terms(coupon.terms),
        before=before,
        member=holder(connection, coupon, till.card, day),
        basket=money(till.basket, currency),
        day=day,
        clock=clock,
        store=None if till.store is None else present_name(connection, till.store),
        store_id=known_store(connection, till.store),
        receipt=till.receipt,
        quoted=pays is not None,
    )
    refuse_twice_on_a_receipt(wanted)
    if wanted.member is not None:
        only_of(connection, [wanted.member], receipt=till.receipt)
        refuse_blocked(connection, wanted.member, till.card, day)
    adopted = adopted_plan(connection)
    amount = what_it_pays(connection, adopted[0], wanted, currency)
    if pays is not None:
        amount = pays
    elif at_most is not None:
        amount = part_of_worth(wanted, amount, money(at_most, currency) or 0, currency)
    keep = keep_bearer_use if isinstance(coupon, BearerCoupon) else keep_use
    use = keep(connection, coupon, wanted, till, amount=amount or 0, at=shop.moment)  # type: ignore[arg-type]
    number = noted(connection, use, till, coupon=-coupon.id if isinstance(coupon, BearerCoupon) else coupon.id)
    if use.member:
        post_use(connection, use, adopted, at=shop.moment)
    after = [*before, PastUse(day, "", "", amount or 0)]
    left = left_to_use(wanted.terms, after, currency)
    outcome = used(wanted, amount, left, currency)
    return replace(outcome, data={**outcome.data, "number": number})


def part_of_worth(wanted: WantedUse, amount: int | None, at_most: int, currency: Currency) -> int:
    """What is taken of a voucher; a coupon without a worth is none."""
    if wanted.terms.worth is None or amount is None:
        raise Refused("The coupon {code} is no voucher: it has no worth in money.", code=shown(wanted.code))
    if at_most < 1:
        why = phrase("There is nothing left that it could pay.")
        raise Refused("The coupon {code} can not be used here. {why}", code=shown(wanted.code), why=why)
    if at_most > amount:
        raise Refused("The voucher {code} pays no more than {amount}.", code=shown(wanted.code), amount=currency.money(amount))
    return at_most


def keep_use(connection: Connection, coupon: Coupon, wanted: WantedUse, till: AtTheTill, *, amount: int, at: str) -> Use:
    """Write the use down, unless it was used meanwhile or can not have been used there and then."""
    key = till.key or free_key(connection, f"coupon|{coupon.code}", len(wanted.before))
    place = (wanted.store_id, till.receipt, wanted.day, wanted.clock)
    use = Use(wanted.member or coupon.member, "coupon", 0, amount, coupon.id, *place, at, till.by, key)
    early = too_early(connection, coupon, use)
    if early is not None:
        raise early
    use = after_its_receipt(connection, coupon, use)
    if not (save_further_use(connection, use, allowed=True) if coupon.used else save_use(connection, use)):
        raise already_used(coupon.code, wanted.before)
    coupons.note_events(connection, [(coupon.id, "used")], day=wanted.day, at=at, by=till.by)
    return use


def keep_bearer_use(connection: Connection, coupon: BearerCoupon, wanted: WantedUse, till: AtTheTill, *, amount: int, at: str) -> Use:
    """Write the use of a printed coupon down; what it paid for a member is theirs, if a card was shown."""
    key = till.key or free_key(connection, f"coupon|{coupon.code}", len(wanted.before))
    place = (wanted.store_id, till.receipt, wanted.day, wanted.clock)
    use = Use(wanted.member or 0, "coupon", 0, amount, None, *place, at, till.by, key)
    if wanted.member is not None:
        save_use(connection, use)
    save_bearer_use(connection, coupon.id, BearerUse(amount, *place, at, till.by, key))
    return use


def sound_code(text: str) -> str:
    """A code as somebody typed it, refused if a letter is wrong."""
    code = typed(text)
    if not is_sound(code):
        raise LoyaltyError(
            "{code} is not a coupon code: a letter is wrong or missing.",
            code=text,
            hint=phrase("Codes have 13 letters of 23456789CFGHJMPQRVWX; read it again from the coupon."),
        )
    return code


def found_coupon(connection: Connection, text: str) -> Coupon:
    """The coupon of a code as somebody typed it."""
    code = sound_code(text)
    coupon = coupons.coupon_by_code(connection, code)
    if coupon is None:
        raise Refused("There is no coupon {code}.", code=shown(code))
    return coupon


def refuse_unless_usable(coupon: Coupon | BearerCoupon, before: Sequence[PastUse], day: Day) -> None:
    """Used, withdrawn, voided, too early or too late."""
    code = shown(coupon.code)
    if before and not may_be_used(read_terms(coupon.terms), before):
        raise already_used(coupon.code, before)
    if coupon.owed or coupon.state == "withdrawn":
        raise Refused("The coupon {code} was withdrawn: its purchase came back.", code=code)
    if coupon.state == "voided":
        raise Refused("The coupon {code} is void.", code=code)
    if day < coupon.from_day:
        raise Refused("The coupon {code} can be used from {day} on.", code=code, day=OnDay(coupon.from_day))
    if day > coupon.until_day:
        raise Refused("The coupon {code} could be used through {day}.", code=code, day=OnDay(coupon.until_day))


def refuse_twice_on_a_receipt(use: WantedUse) -> None:
    """Each use is on a receipt of its own, as `quote` has it; what is left on a voucher may go on paying."""
    if not use.terms.keeps_the_rest and any(past.was_on(use.receipt, use.day, use.store) for past in use.before):
        text = "The coupon {code} has paid on receipt {receipt} already: it is used once on each."
        raise Refused(text, code=shown(use.code), receipt=use.receipt)


def holder(connection: Connection, coupon: Coupon | BearerCoupon, card: str | None, day: Day) -> int | None:
    """Whose use it is: the account's of the card that is shown, if any. A coupon of its member needs a card of that account."""
    code = shown(coupon.code)
    owner = None if card is None else account_of_card(connection, card, day)
    if isinstance(coupon, BearerCoupon) or read_terms(coupon.terms).held_by == "bearer":
        return owner
    if owner is None:
        hint = phrase("Say it with --card")
        raise LoyaltyError("The coupon {code} is for its member only: the card must be shown.", code=code, hint=hint)
    if owner != account_of(connection, coupon.member, day):
        raise Refused("The coupon {code} belongs to another card.", code=code)
    return owner


def already_used(code: str, uses: Sequence[PastUse]) -> Refused:
    """The refusal of a further use, with the last one."""
    if not uses:
        return Refused("The coupon {code} has been used.", code=shown(code))
    last = uses[-1]
    where = " ".join(part for part in (last.store, last.receipt) if part)
    text = "The coupon {code} was used on {day}, {where}." if where else "The coupon {code} was used on {day}."
    return Refused(text, code=shown(code), day=OnDay(last.day), where=where)


def left_to_use(terms: CouponTerms, uses: Sequence[PastUse], currency: Currency) -> Phrase | None:
    """What a coupon still holds, or how often it can be used, after a use; None where that was all."""
    if terms.keeps_the_rest:
        left = worth_left(terms, uses)
        return phrase("{amount} are left on it.", amount=currency.money(left)) if left else None
    times = terms.uses - len(uses)
    return phrase("It can be used {count} more time.", "It can be used {count} more times.", count=times) if times > 0 else None


def used(wanted: WantedUse, amount: int | None, left: Phrase | None, currency: Currency) -> Outcome:
    """What a use says of itself."""
    name, terms = wanted.name, wanted.terms
    data = {"code": wanted.code, "coupon": name, "amount": amount}
    if amount is not None:
        said = phrase("Used: {name}, pays {amount}.", name=name, amount=currency.money(amount))
    elif terms.free:
        said = phrase("Used: {name}, one {goods} is free.", name=name, goods=terms.free)
    elif terms.unit:
        said = phrase("Used: {name}, {what}.", name=name, what=worth_said(terms, currency.money))
    else:
        said = phrase("Used: {name}, {percent} off.", name=name, percent=Share(terms.discount or 0))
    return Outcome(said=[said, *goods_said(terms.only), *([left] if left else [])], data=data)
