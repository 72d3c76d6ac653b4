"""Add a member by hand; a card that has been used before brings its purchases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.hand import NOBODY
from loyalty_cli.operations.by_hand.hand import print_of
from loyalty_cli.operations.by_hand.records import ADDED
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.members.set import change_lists
from loyalty_cli.operations.members.wishes import listed
from loyalty_cli.operations.members.wishes import refuse_day_to_come
from loyalty_cli.operations.members.wishes import refuse_number_of_other
from loyalty_cli.operations.members.wishes import refuse_recommender
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members import undoing
from loyalty_cli.store.members.listed import save_member
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.members import note

if TYPE_CHECKING:
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.members.wishes import MemberWishes
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def member_add(shop: Shop, card: str, wishes: MemberWishes, asked: Asked = NOBODY, *, dry_run: bool = False) -> Outcome:
    """Enter a member with a card; who is known by that card only gets a record."""
    number = card_said(card)
    with shop.changing(dry_run=dry_run) as connection:
        done = asked.noted(shop, connection, ADDED, card=number, said=print_of(wishes.said()))
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        hand = Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)
        refuse_day_to_come(wishes, today(shop, connection))
        owner = member_records.owner_of_card(connection, number)
        refuse_known(connection, number, owner)
        refuse_number_of_other(connection, wishes.number, owner)
        wishes = replace(wishes, joined=hand.today if wishes.joined is None else wishes.joined)
        save_member(connection, listed(wishes, (number,)), hand)
        member = member_of_card(connection, number)
        if owner is None:
            note(connection, member, "card", (None, number), hand)
        member_records.clear_number(connection, member)
        refuse_recommender(connection, wishes.referred_by, member)
        change_lists(connection, member, wishes, hand)
        mark_due(connection, [(member, 0)])
        name = member_records.name_of(connection, member)
        rows = undoing.since({}, undoing.rows_of(connection, member))
        id_ = keep(connection, done._replace(member=member), rows=rows, used_before=owner is not None)
    who = name or phrase("a new member")
    said = phrase("Card {card} is now the card of {name}: no. {number}.", card=number, name=who, number=id_)
    if owner is not None:
        text = "Card {card} has been used without a name; it is now the card of {name}: no. {number}."
        said = phrase(text, card=number, name=who, number=id_)
    data = {
        "number": id_,
        "member": member,
        "card": number,
        "name": name,
        "was_known": owner is not None,
        "dry_run": dry_run,
    }
    return Outcome(said=[said], data=data)


def refuse_known(connection: Connection, card: str, owner: int | None) -> None:
    """A card with a record behind it is not new."""
    if owner is None or not member_records.has_record(connection, owner):
        return
    raise Refused(
        "Card {card} belongs to {name}.",
        card=card,
        name=member_records.name_of(connection, owner) or phrase("a member already"),
        hint=phrase("Change what is known: loyalty member set {card} ...", card=card),
    )
