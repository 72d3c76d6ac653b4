"""`loyalty redeem points`: points pay part of a purchase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import made_before
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.operations.coupons.at_the_till import balances_on
from loyalty_cli.operations.coupons.at_the_till import day_and_clock
from loyalty_cli.operations.coupons.at_the_till import known_store
from loyalty_cli.operations.coupons.at_the_till import money
from loyalty_cli.operations.coupons.at_the_till import noted
from loyalty_cli.operations.coupons.at_the_till import post_use
from loyalty_cli.operations.coupons.at_the_till import refuse_after_the_last_day
from loyalty_cli.operations.coupons.at_the_till import refuse_blocked
from loyalty_cli.operations.engine_room import only_of
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.program.blocks.points import PAY_NOTHING
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.store.coupons.redemptions import save_use
from loyalty_cli.store.coupons.redemptions import save_what_for
from loyalty_cli.store.coupons.redemptions import Use
from loyalty_cli.store.coupons.redemptions import use_by_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.operations.coupons.at_the_till import AtTheTill
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.program.blocks.points import PointTerms
    from loyalty_cli.program.program import Program
    from loyalty_cli.store.database import Connection


def redeem_points(shop: Shop, card: str, points: int, till: AtTheTill, *, wallet: str = "", dry_run: bool = False) -> Outcome:
    """Use points, or those of a wallet; refused, with nothing changed, if the balance or the basket does not allow it."""
    with shop.changing(dry_run=dry_run) as connection:
        return use_points(connection, shop, card, points, till, wallet=wallet)


def use_points(connection: Connection, shop: Shop, card: str, points: int, till: AtTheTill, *, wallet: str = "") -> Outcome:
    """The same within what is being changed."""
    plan, version = adopted_plan(connection)
    day, clock = day_and_clock(shop, till, plan.versions[-1][1].timezone)
    program = plan.in_force(day)
    key = till.key or f"points|{shop.secret[:24]}"  # fresh with every command
    if use_by_key(connection, key) is not None:
        return made_before()
    member = account_of_card(connection, card, day)
    only_of(connection, [member], receipt=till.receipt)
    refuse_after_the_last_day(program, day)
    refuse_blocked(connection, member, card, day)
    terms = terms_of(program, wallet)
    why = terms.why_not(points) if terms else None
    if why is not None:
        raise Refused.of(why)
    amount = worth_of(program, terms, points, till.basket)
    refuse_beyond_balance(balances_on(connection, plan, member, day), points, wallet=wallet)
    store = known_store(connection, till.store)
    use = Use(member, "points", points, amount, None, store, till.receipt, day, clock, shop.moment, till.by, key)
    save_use(connection, use)
    if wallet:
        save_what_for(connection, use, wallet=wallet, gift="")
    number = noted(connection, use, till)
    post_use(connection, use, (plan, version), at=shop.moment)
    left = balances_on(connection, plan, member, day)[wallet]
    pays = program.currency.money(amount)
    said = phrase("Points used: {points}, which pay {amount}; left: {left}.", points=points, amount=pays, left=left)
    if program.points and program.points.called and not wallet:
        said = phrase("Used: {amount}; {left} are left.", amount=pays, left=program.currency.money(program.points.pay(left)))
    return Outcome(said=[said], data={"points": points, "amount": amount, "left": left, "number": number})


def refuse_beyond_balance(usable: Mapping[str, int], points: int, *, wallet: str = "") -> None:
    """No more than there is in a wallet ('' are the points of the program itself), and nothing while in debt."""
    if points < 1:
        raise LoyaltyError("Points to use are a whole number from 1 up.")
    if points > usable.get(wallet, 0):
        hints = (
            phrase("Of {wallet} it has {usable}. If these are meant: --wallet {name}", wallet=name, usable=there, name=typed(name))
            for name, there in sorted(usable.items())
            if name and there >= points
        )
        text = "Usable points of the card: {usable}, not {points}."
        raise Refused(text, usable=max(0, usable.get(wallet, 0)), points=points, hint=next(hints, None))


def terms_of(program: Program, wallet: str) -> PointTerms | None:
    """How points can be used, or those of a wallet."""
    if wallet and wallet not in program.wallets:
        raise LoyaltyError("There is no wallet {wallet}.", wallet=wallet, hint=did_you_mean(wallet, program.wallets))
    return program.point_terms(wallet)


def worth_of(program: Program, terms: PointTerms | None, points: int, basket: str | None) -> int:
    """The money that points pay, refused above the part of a basket that points may pay."""
    if terms is None or not terms.pays:
        raise Refused.of(PAY_NOTHING)
    amount = terms.pay(points)
    given = money(basket, program.currency)
    if given is None and terms.asks_the_basket:
        raise LoyaltyError("How many points may pay depends on the basket.", hint=phrase("Say it with --basket 120.00"))
    if given is not None and amount > terms.most_of(given):
        raise Refused("Points pay at most {most} of this basket.", most=program.currency.money(terms.most_of(given)))
    return amount
