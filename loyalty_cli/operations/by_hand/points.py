"""`loyalty points move`: points of one member to another, with the days on which they lapse; two entries, one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.coupons.at_the_till import balances_of
from loyalty_cli.operations.coupons.redeem_points import refuse_beyond_balance
from loyalty_cli.operations.coupons.redeem_points import terms_of
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.operations.member_meant import account_of_card
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.by_hand import save_adjustment

if TYPE_CHECKING:
    from loyalty_cli.operations.by_hand.give import Gift
    from loyalty_cli.operations.open_shop import Shop


def points_move(shop: Shop, from_card: str, to_card: str, what: Gift, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Take points, or those of a wallet, from one and give them to another; those that lapse first go first and keep their day."""
    leaving, staying = card_said(from_card), card_said(to_card)
    points, wallet, asset = what.count, what.name, what.asset
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "move", points=points, cards=[leaving, staying], asset=asset)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        giver, receiver = (account_of_card(connection, card, done.day) for card in (leaving, staying))
        if giver == receiver:
            raise Refused("The cards {card} and {other} belong to one member already.", card=leaving, other=staying)
        plan, _ = adopted_plan(connection)
        terms_of(plan.in_force(done.day), wallet)
        lasts: dict[int, int] = {}
        for facts in facts_of_members(connection, plan, [giver], done.day):
            member = Replayer(plan).replay(facts, done.day).member
            refuse_beyond_balance(balances_of(member), points, wallet=wallet)
            for lot in (member.purses.of(wallet) if wallet else member.lots).use(points):
                lasts[lot[LAST]] = lasts.get(lot[LAST], 0) + lot[LEFT]
        done = done._replace(member=giver)
        adjustments = [save_adjustment(connection, done, asset, -points, part="|from")]
        to = done._replace(member=receiver)
        adjustments += [
            save_adjustment(connection, to, asset, count, last=last, part=f"|to|{last}") for last, count in sorted(lasts.items())
        ]
        number = keep(connection, done, adjustments=adjustments, receiver=receiver)
        bring(shop, connection, [(giver, done.day), (receiver, done.day)])
    values = {"count": points, "card": leaving, "other": staying, "number": number}
    text = ("{count} point from {card} to {other}: no. {number}.", "{count} points from {card} to {other}: no. {number}.")
    if wallet:
        text = (
            "{count} point of {wallet} from {card} to {other}: no. {number}.",
            "{count} points of {wallet} from {card} to {other}: no. {number}.",
        )
    line = phrase(*text, wallet=wallet, **values)
    data = {"number": number, "points": points, "asset": asset, "from": leaving, "to": staying, "dry_run": dry_run}
    return Outcome(said=[line], data=data)
