"""What is said of the cards that are new with a file, where they may be others that were changed on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.spoiled_cards import rounded_cards
from loyalty_cli.store.imports.spoiled_cards import spoiled_cards

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.database import Connection

SHOWN = 3


def likely_spoiled(connection: Connection, since: int) -> list[Phrase]:
    """New cards, their numbers from `since` on, that look like known ones; a list enters them all the same."""
    found = spoiled_cards(connection, since)
    if not found:
        return []
    card, known = next(iter(found.items()))
    said = phrase(
        "{count} new card looks like a known one: {pairs}. If it is the same: loyalty member merge {card} {known}",
        "{count} new cards look like known ones: {pairs}. If they are the same: loyalty member merge {card} {known}",
        count=len(found),
        pairs=[f"{new} / {old}" for new, old in found.items()][:SHOWN],
        card=card,
        known=known,
    )
    return [said]


def rounded(connection: Connection, since: int) -> list[Phrase]:
    """New cards of sixteen digits that all end in a nought, which is what a spreadsheet leaves of others."""
    count, card = rounded_cards(connection, since)
    text = (
        "All {count} new cards of 16 digits end in 0, such as {card}: a spreadsheet may have changed them. If so, take the import "
        "back (loyalty import revert) and import the till's own file; card_check in the layout would notice it."
    )
    return [phrase(text, count=count, card=card)] if count else []
