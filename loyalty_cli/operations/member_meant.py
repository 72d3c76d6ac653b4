"""Who is meant by what somebody says at the counter: a card, with or without blanks, or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import card_number
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import one_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.members import records as member_records
from loyalty_cli.store.members.finding import members_like
from loyalty_cli.store.members.households import account_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# More than these would be a list that nobody reads.
MOST_LISTED = 10


def card_said(text: str) -> str:
    """A card's number without blanks."""
    card = card_number(text)
    if not card:
        hint = phrase("Read it from the card; a spreadsheet may have changed it.")
        raise LoyaltyError("{text} is not a card's number.", text=text, hint=hint)
    return card


def member_of_card(connection: Connection, card: str) -> int:
    """Whose a card is, or who is called so; an unknown card is refused with those that look like it, a name of several with all."""
    if not card.strip():
        raise LoyaltyError("{name} is missing. {what}", name=phrase("CARD"), what=phrase("The card, or the member's name."))
    member = owner_of_card(connection, card)
    if member is not None:
        return member
    called = members_like(connection, card) if any(sign.isalpha() for sign in card) else []
    if len(called) == 1:
        return called[0].id
    if called:
        several = [f"{person.name} ({person.cards.replace(' ', ', ')})" for person in called[:MOST_LISTED]]
        raise LoyaltyError(
            "{name} fits {count} members.",
            name=card,
            count=len(called),
            hint=phrase("Say the card of one: {names}. All of them: loyalty member find {name}", names=several, name=f'"{card}"'),
        )
    if not any(sign.isdigit() for sign in card):
        part = phrase("Look for a part of the name: loyalty member find {name}", name=f'"{card[:3]}"')
        raise LoyaltyError("There is no member and no card {name}.", name=card, hint=part)
    near = member_records.near_cards(connection, card)
    hint = phrase("Did you mean {name}?", name=one_of(near)) if near else None
    raise LoyaltyError(
        "There is no card {card}.",
        card=card,
        hint=hint or phrase("Add a member with it: loyalty member add --card {card}", card=card),
    )


def account_of_card(connection: Connection, card: str, day: Day) -> int:
    """For whose account a card counts on a day: its member's, or that of the household."""
    return account_of(connection, member_of_card(connection, card), day)


def member_and_card(connection: Connection, text: str) -> tuple[int, str]:
    """Who is meant by a card or a name, and a card of theirs to speak of."""
    member = member_of_card(connection, text)
    known = owner_of_card(connection, text) is not None
    return member, (card_number(text) or text) if known else member_records.first_card(connection, member)


def card_typed(connection: Connection, text: str) -> str:
    """The number of a card that somebody typed; where it is a name, a card of whom it fits, as names are kept nowhere else."""
    is_name = any(sign.isalpha() for sign in text) and owner_of_card(connection, text) is None
    return member_and_card(connection, text)[1] if is_name else card_said(text)


def owner_of_card(connection: Connection, text: str) -> int | None:
    """Whose a card is that somebody typed, with or without blanks."""
    owner = member_records.owner_of_card(connection, text)
    return owner if owner is not None else member_records.owner_of_card(connection, card_number(text) or text)
