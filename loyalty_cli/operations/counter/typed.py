"""What somebody typed or scanned at the counter: a card, whoever is called so, or an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.money import NO_CURRENCY
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.asked import money_of
from loyalty_cli.reading.values import NotUnderstood
from loyalty_cli.store.members.finding import members_like
from loyalty_cli.store.members.records import first_card
from loyalty_cli.store.members.records import owner_of_card

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection


def card_meant(connection: Connection, text: str) -> str:
    """The card that was scanned; of a name or a telephone number that fits one member, a card of theirs.

    Of several nobody is named, for whoever stands at the counter may read the screen.
    """
    digits = "".join(text.split())
    if owner_of_card(connection, digits) is not None:
        return digits
    found = members_like(connection, text)
    if len(found) > 1:
        hint = phrase("Type more of the name, or the telephone number.")
        raise LoyaltyError("{name} fits {count} members.", name=text, count=len(found), hint=hint)
    if not found and not any(sign.isdigit() for sign in text):
        # A card that nobody knows may be a new one; a name that nobody has is none.
        raise LoyaltyError("Nobody is called {name}.", name=text, hint=phrase("Type less of the name, or the telephone number."))
    return (first_card(connection, found[0].id) if found else "") or digits


def is_amount(text: str) -> bool:
    """Whether it can be an amount of money."""
    try:
        money_of(text, NO_CURRENCY)
    except NotUnderstood:
        return False
    return True
