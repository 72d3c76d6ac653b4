"""`loyalty member household`: from a day on a member's cards count for the account of another one; and out of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.in_force import adopted_plan
from loyalty_cli.operations.ledger.brought_home import carry
from loyalty_cli.operations.member_meant import card_typed
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.members import households
from loyalty_cli.store.members.households import Share
from loyalty_cli.store.members.records import first_card

if TYPE_CHECKING:
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection


def member_household(shop: Shop, card: str, other: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Let a member share the account of another one: what they have goes there, and what they buy from a day on."""
    with shop.changing(dry_run=dry_run) as connection:
        number, with_ = card_typed(connection, card), card_typed(connection, other)
        done = asked.begun(shop, connection, "household", card=number, number=with_)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        member, head = member_of_card(connection, number), member_of_card(connection, with_)
        share = Share(member, households.account_of(connection, head, done.day), done.day, None, done.key)
        refuse_unless_free(connection, share, number, with_)
        households.join(connection, share)
        changed = households.gather(connection)
        id_ = keep(connection, done._replace(member=member))
        plan, _ = adopted_plan(connection)
        points = carry(connection, plan, share, done.day, at=done.at)
        bring(shop, connection, [(member, done.day), (share.account, done.day), *changed])
    text, day = "Card {card} shares the account of card {other} from {day} on: no. {number}.", OnDay(done.day)
    said = [
        phrase(text, card=number, other=with_, day=day, number=id_),
        phrase("{count} point went there.", "{count} points went there.", count=points),
    ]
    data = {"number": id_, "card": number, "account": with_, "points": points, "dry_run": dry_run}
    return Outcome(said=said, data=data)


def refuse_unless_free(connection: Connection, share: Share, card: str, other: str) -> None:
    """One account at a time, and none that itself goes to another."""
    if share.member == share.account:
        raise Refused("The cards {card} and {other} belong to one member already.", card=card, other=other)
    for held in households.lasts_beyond(connection, share.member, share.from_day):
        if held.member == share.member:
            hint = phrase("Out of it: loyalty member household {card} --leave", card=card)
            raise Refused("Card {card} shares an account already.", card=card, hint=hint)
        hint = phrase("Let card {other} join card {card} instead.", card=card, other=other)
        raise Refused("Others share the account of card {card}.", card=card, hint=hint)
    if any(held.member == share.account for held in households.lasts_beyond(connection, share.account, share.from_day)):
        raise Refused("Card {card} shares an account already.", card=other)


def member_leaves_household(shop: Shop, card: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """From a day on a member has an own account again; the points stay with the household."""
    with shop.changing(dry_run=dry_run) as connection:
        number = card_typed(connection, card)
        done = asked.begun(shop, connection, "leave", card=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        member = member_of_card(connection, number)
        share = households.share_of(connection, member, done.day)
        if share is None or share.from_day == done.day:
            hint = phrase("What was done by mistake is undone by: loyalty revert NUMBER")
            raise Refused("Card {card} shares no account on the day before.", card=number, hint=hint)
        households.end(connection, share, done.day - 1)
        id_ = keep(connection, done._replace(member=member), joined=share.key)
        bring(shop, connection, [(member, done.day), (share.account, done.day)])
    line = phrase("Card {card} has an own account from {day} on: no. {number}.", card=number, day=OnDay(done.day), number=id_)
    stay = phrase("The points stay with the household; some can be moved: loyalty points move")
    data = {"number": id_, "card": number, "dry_run": dry_run}
    return Outcome(said=[line, stay], data=data)


def undo_household(connection: Connection, what: Done) -> list[tuple[int, int]]:
    """It has never been: receipts and points are whose they were; or nobody has left."""
    share = households.share_by_key(connection, what.key if what.what == "household" else what.detail["joined"])
    if share is None:
        raise Refused("{what} can not be undone; the opposite can be done by hand.", what=phrase(what.what))
    if what.what == "household":
        return households.never_been(connection, share)
    left = share._replace(from_day=what.day)
    refuse_unless_free(connection, left, first_card(connection, share.member), first_card(connection, share.account))
    households.end(connection, share, None)
    return [(share.member, share.from_day), (share.account, share.from_day)]
