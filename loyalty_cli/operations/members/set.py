"""Change by hand what is known of a member: fields, groups, consents, a block, another card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.consent import Consent
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.by_hand.hand import before
from loyalty_cli.operations.by_hand.hand import keep
from loyalty_cli.operations.by_hand.hand import made
from loyalty_cli.operations.by_hand.hand import NOBODY
from loyalty_cli.operations.by_hand.hand import print_of
from loyalty_cli.operations.by_hand.records import CHANGED
from loyalty_cli.operations.consents.meant import consent_meant
from loyalty_cli.operations.local_day import today
from loyalty_cli.operations.member_meant import card_said
from loyalty_cli.operations.member_meant import member_and_card
from loyalty_cli.operations.members.wishes import listed
from loyalty_cli.operations.members.wishes import refuse_day_to_come
from loyalty_cli.operations.members.wishes import refuse_number_of_other
from loyalty_cli.operations.members.wishes import refuse_recommender
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members import undoing
from loyalty_cli.store.members.consents import add_consent
from loyalty_cli.store.members.members import change_fields
from loyalty_cli.store.members.members import Hand
from loyalty_cli.store.members.merging import take_over
from loyalty_cli.store.members.records import Group

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.operations.by_hand.hand import Asked
    from loyalty_cli.operations.members.wishes import MemberWishes
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.store.database import Connection


def member_set(shop: Shop, card: str, wishes: MemberWishes, asked: Asked = NOBODY, *, dry_run: bool = False) -> Outcome:
    """Change what is known of the member with a card; each change is kept with its hand and reason."""
    with shop.changing(dry_run=dry_run) as connection:
        wanted = wishes.said()
        done = asked.noted(shop, connection, CHANGED, said=print_of(card_said(card), wanted))
        kept = before(connection, done)
        if kept is not None:
            return made(kept)
        hand = Hand(at=done.at, today=done.day, by=done.by, reason=done.reason)
        refuse_day_to_come(wishes, today(shop, connection))
        member, number = member_and_card(connection, card)
        was = undoing.state_of(connection, member)
        refuse_number_of_other(connection, wishes.number, member)
        refuse_recommender(connection, wishes.referred_by, member)
        changed = change_fields(connection, member, listed(wishes), hand, new=False)
        member_records.clear_number(connection, member)
        changed += change_lists(connection, member, wishes, hand)
        said = add_another(connection, member, wishes.card, hand)
        changed += len(said)
        if changed:
            mark_due(connection, [(member, 0)])
        name = member_records.name_of(connection, member)
        id_ = None
        # That nothing was different is worth a line only where the same key may come again.
        if changed or asked.key:
            words = ", ".join(word.replace("_", " ") for word in wanted)
            id_ = keep(connection, done._replace(member=member), fields=words, **undoing.changed_since(connection, member, was))
    data = {"number": id_, "member": member, "card": number, "name": name, "changes": changed, "dry_run": dry_run}
    return Outcome(said=[head(name, number, changed, id_), *said], data=data)


def head(name: str, card: str, changed: int, number: int | None) -> Phrase:
    """Whom it was about, how much changed, and its number."""
    if not changed:
        return phrase("{name} ({card}): nothing is different.", name=name or "-", card=card)
    return phrase(
        "{name} ({card}): {count} change, no. {number}.",
        "{name} ({card}): {count} changes, no. {number}.",
        name=name or "-",
        card=card,
        count=changed,
        number=number,
    )


def change_lists(connection: Connection, member: int, wishes: MemberWishes, hand: Hand) -> int:
    """Groups, consents and the block; how many of them changed."""
    changed = 0
    for wish in wishes.groups:
        first = hand.today if wish.first is None else wish.first
        if wish.last is not None and wish.last < first:
            raise LoyaltyError("The group {name} would end before it begins.", name=wish.name)
        changed += member_records.join_group(connection, member, Group(wish.name, first, wish.last), hand)
    for wish in wishes.left_groups:
        last = hand.today if wish.last is None else wish.last
        if not member_records.leave_group(connection, member, wish.name, last, hand):
            raise LoyaltyError("The member is not in the group {name} after that day.", name=wish.name)
        changed += 1
    for channel, given in wishes.consents:
        said = Consent(*consent_meant(channel), given, hand.today, source=hand.by)
        changed += add_consent(connection, member, said, hand)
    if wishes.blocked is not None:
        change = member_records.block if wishes.blocked else member_records.unblock
        changed += change(connection, member, hand)
    return changed


def add_another(connection: Connection, member: int, wish: str | None, hand: Hand) -> list[Phrase]:
    """Give a member a second card; a card used before brings its purchases, unless it is somebody's."""
    if wish is None:
        return []
    card = card_said(wish)
    owner = member_records.owner_of_card(connection, card)
    if owner == member:
        return []
    if owner is None:
        member_records.add_card(connection, member, card, hand)
        return [phrase("Card {card} is added.", card=card)]
    if member_records.has_record(connection, owner):
        name = member_records.name_of(connection, owner) or phrase("another member")
        other = member_records.first_card(connection, member)
        hint = phrase("If both are one person: loyalty member merge {card} {other}", card=card, other=other)
        raise Refused("Card {card} belongs to {name}.", card=card, name=name, hint=hint)
    receipts = take_over(connection, owner, member, hand)
    return [
        phrase(
            "Card {card} is added with its {count} receipt.",
            "Card {card} is added with its {count} receipts.",
            card=card,
            count=receipts,
        )
    ]
