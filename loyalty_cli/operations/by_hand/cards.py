"""`loyalty member lost | replace-card | block`: from a day on a card is nobody's, is another one, or its member is blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import bring
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import card_typed
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.store.by_hand import lose_card
from loyalty_cli.store.by_hand import part_from_lost_cards
from loyalty_cli.store.members import records
from loyalty_cli.store.members.members import Hand

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def member_lost(shop: Shop, card: str, asked: Asked, *, new: str = "", dry_run: bool = False) -> Outcome:
    """A card is lost from a day on: what is bought with it then is nobody's. A new one may take its place at once."""
    number = card_said(card)
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.begun(shop, connection, "lost", card=number, new=new)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        member = member_of_card(connection, number)
        if not lose_card(connection, number, done.day, done.reason):
            hint = phrase("Give its member another card: loyalty member set {card} --card …", card=number)
            raise Refused("Card {card} is lost already.", card=number, hint=hint)
        if new:
            other = card_said(new)
            if records.owner_of_card(connection, other) not in (None, member):
                raise Refused("Card {card} belongs to {name}.", card=other, name=phrase("another member"))
            if records.owner_of_card(connection, other) is None:
                hand = Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)
                records.add_card(connection, member, other, hand)
        parted = part_from_lost_cards(connection)
        id_ = keep(connection, done._replace(member=member), receipts=[row for row, _, _ in parted])
        bring(shop, connection, [(member, done.day), *((one, day) for _, one, day in parted)])
    line = phrase("Card {card} is lost from {day} on: no. {number}.", card=number, day=OnDay(done.day), number=id_)
    more = [phrase("Card {card} is added.", card=new)] if new else []
    data = {"number": id_, "card": number, "new": new, "receipts": len(parted), "dry_run": dry_run}
    return Outcome(said=[line, *more], data=data)


def member_block(shop: Shop, card: str, asked: Asked, *, dry_run: bool = False) -> Outcome:
    """Block a member from a day on: nothing is redeemed and no till is told of them; what they buy still counts."""
    with shop.changing(dry_run=dry_run) as connection:
        number = card_typed(connection, card)
        done = asked.begun(shop, connection, "block", card=number)
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        member = member_of_card(connection, number)
        if not records.block(connection, member, Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)):
            raise Refused("Card {card} is blocked already.", card=number)
        id_ = keep(connection, done._replace(member=member))
    line = phrase("Card {card} is blocked from {day} on: no. {number}.", card=number, day=OnDay(done.day), number=id_)
    return Outcome(said=[line], data={"number": id_, "card": number, "dry_run": dry_run})
