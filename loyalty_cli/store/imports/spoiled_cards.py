"""New cards that are a known one written otherwise: without its noughts, in small letters, in letters that look alike."""

from __future__ import annotations

import json
from itertools import groupby
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.look_alikes import look_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.store.database import Connection

# New cards that are another card without its leading noughts, or with noughts for what follows its fifteenth digit.
WITHOUT_NOUGHTS = """
SELECT new.number, coalesce(
  (SELECT min(old.number) FROM card AS old WHERE old.number IN ('0' || new.number, '00' || new.number, '000' || new.number)),
  (SELECT min(old.number) FROM card AS old WHERE length(new.number) > 15 AND rtrim(substr(new.number, 16), '0') = ''
     AND old.number > substr(new.number, 1, 15) AND old.number < substr(new.number, 1, 15) || ':'
     AND length(old.number) = length(new.number) AND old.number <> new.number)) AS known
FROM card AS new
WHERE new.id >= ? AND length(new.number) >= 6 AND new.number NOT GLOB '*[^0-9]*' AND known IS NOT NULL"""
NEW_WITH_LETTERS = "SELECT number FROM card WHERE id >= ? AND number GLOB '*[^0-9]*'"
# Only these can look like one of some cards; `lower` knows the letters of English alone.
MAY_LOOK_ALIKE = """
SELECT number, id, member_id FROM card
WHERE lower(number) IN (SELECT value FROM json_each(?)) OR number GLOB '*[^ -~]*' ORDER BY id"""

# A spreadsheet keeps fifteen digits, so that the sixteenth is a nought; of fewer cards chance may have made them all so.
ROUNDED = """
SELECT count(*), min(number) FROM card WHERE id >= ? AND length(number) = 16 AND number NOT GLOB '*[^0-9]*'
HAVING count(*) = sum(number GLOB '*0')"""
ENOUGH_ROUNDED = 5


class SpoiledCardsError(Exception):
    """Cards of a file that a spreadsheet or a hand has changed on their way, each with the card it is."""

    def __init__(self, cards: Mapping[str, str]) -> None:
        super().__init__(cards)
        self.cards = cards


class Alike(NamedTuple):
    """A card, its number in the database and its member's."""

    number: str
    id: int
    member_id: int

    @property
    def look(self) -> str:
        """What an eye takes it for."""
        return look_of(self.number)


def refuse_spoiled_cards(connection: Connection, since: int) -> None:
    """Stop if a card that is new, its number from `since` on, is a known one that was changed on its way."""
    if found := spoiled_cards(connection, since):
        raise SpoiledCardsError(found)


def spoiled_cards(connection: Connection, since: int) -> dict[str, str]:
    """The new cards, their numbers from `since` on, that are another card written otherwise, each with that one."""
    return {**dict(connection.execute(WITHOUT_NOUGHTS, (since,)).fetchall()), **dict(alike(connection, since))}


def alike(connection: Connection, since: int) -> Iterator[tuple[str, str]]:
    """New cards that look like another one of somebody else: the older one is right, of two new ones that in letters of English."""
    looks = {look_of(number) for (number,) in connection.execute(NEW_WITH_LETTERS, (since,))}
    if not looks:
        return
    found = (Alike(*row) for row in connection.execute(MAY_LOOK_ALIKE, (json.dumps(sorted(looks)),)))
    ordered = sorted(found, key=lambda card: (card.look, card.id >= since and not card.number.isascii(), card.id))
    for look, cards in groupby(ordered, key=lambda card: card.look):
        right, *others = cards
        if look in looks:
            yield from ((card.number, right.number) for card in others if card.id >= since and card.member_id != right.member_id)


def rounded_cards(connection: Connection, since: int) -> tuple[int, str]:
    """How many new cards, their numbers from `since` on, have sixteen digits if all of these end in a nought, and one of them."""
    count, card = connection.execute(ROUNDED, (since,)).fetchone() or (0, "")
    return (count, card) if count >= ENOUGH_ROUNDED else (0, "")
