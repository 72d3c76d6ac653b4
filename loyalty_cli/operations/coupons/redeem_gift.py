"""`loyalty redeem gift`: a gift of the catalogue for points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import made_before
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.coupons.at_the_till import balances_on
from loyalty_cli.operations.coupons.at_the_till import day_and_clock
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.at_the_till import noted
from loyalty_cli.operations.coupons.at_the_till import post_use
from loyalty_cli.operations.coupons.at_the_till import refuse_after_the_last_day
from loyalty_cli.operations.coupons.at_the_till import refuse_blocked
from loyalty_cli.operations.coupons.redeem_points import refuse_beyond_balance
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.by_hand import gifts_to_be_posted
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import save_what_for
from loyalty_cli.store.coupons.redemptions import Use
from loyalty_cli.store.coupons.redemptions import use_by_key
from loyalty_cli.store.gifts import gifts_promised
from loyalty_cli.store.ledger.ledger import last_run_day

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def redeem_gift(shop: Shop, card: str, gift: str, till: AtTheTill, *, dry_run: bool = False) -> Outcome:
    """Hand a gift out for its points; refused, with nothing changed, if the card has too few."""
    with shop.changing(dry_run=dry_run) as connection:
        plan, version = adopted_plan(connection)
        day, clock = day_and_clock(shop, till, plan.versions[-1][1].timezone)
        program = plan.in_force(day)
        key = till.key or f"gift|{shop.secret[:24]}"  # fresh with every command
        if use_by_key(connection, key) is not None:
            return made_before()
        member = account_of_card(connection, card, day)
        refuse_after_the_last_day(program, day)
        refuse_blocked(connection, member, card, day)
        points = price_of(program, gift)
        refuse_out_of_stock(connection, program, gift, day)
        refuse_beyond_balance({"": balances_on(connection, plan, member, day)[""]}, points)
        store = known_store(connection, till.store)
        use = Use(member, "points", points, 0, None, store, till.receipt, day, clock, shop.moment, till.by, key)
        save_use(connection, use)
        save_what_for(connection, use, wallet="", gift=gift)
        number = noted(connection, use, till)
        post_use(connection, use, (plan, version), at=shop.moment)
        left = balances_on(connection, plan, member, day)[""]
    said = phrase("{gift}, points: {points}; left: {left}.", gift=gift, points=points, left=left)
    return Outcome(said=[said], data={"gift": gift, "points": points, "left": left, "number": number})


def price_of(program: Program, gift: str) -> int:
    """The points that a gift costs."""
    catalogue = program.catalogue
    if gift not in catalogue:
        raise LoyaltyError("The catalogue has no gift {gift}.", gift=gift, hint=did_you_mean(gift, catalogue))
    return catalogue[gift]


def refuse_out_of_stock(connection: Connection, program: Program, gift: str, day: Day) -> None:
    """Only what there is: what is promised to others and not handed out yet is spoken for."""
    known = program.gifts.get(gift)
    came = known.came_by(day) if known else None
    if came is not None and gifts_promised(connection, gift) + gifts_to_be_posted(connection, gift, last_run_day(connection)) >= came:
        raise Refused("There is no {gift} left: all {count} are promised or handed out.", gift=gift, count=came)
