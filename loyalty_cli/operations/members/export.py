"""`loyalty member export`: everything that is kept of one member, for whoever asks what is known of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.member_meant import member_of_card
from loyalty_cli.operations.members.wishes import card_said
from loyalty_cli.store.members.everything import everything_of

if TYPE_CHECKING:
    from loyalty_cli.operations.open_shop import Shop


def member_export(shop: Shop, card: str) -> Outcome:
    """Every row about the member, table by table; with -O json as data."""
    number = card_said(card)
    with shop.reading() as connection:
        kept = everything_of(connection, member_of_card(connection, number))
    rows = sum(map(len, kept.values()))
    said = phrase("{count} rows are kept of card {card}. All of them: -O json -o FILE", count=rows, card=number)
    return Outcome(said=[said], data={"of": number, **kept})
