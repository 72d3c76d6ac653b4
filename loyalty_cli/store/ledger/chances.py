"""The chance of each member, which decides who is in a control group: a keyed hash of the card they were first known by.

A card that comes later changes nothing, nor does one that is lost. Who has no card yet has no chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import control_key
from loyalty_cli.store.settings import secret_of

if TYPE_CHECKING:
    from loyalty_cli.store.ledger.block import Block
    from loyalty_cli.store.reading import Connection

# With one min() SQLite takes the other column from the row that has it.
FIRST_CARDS = """
SELECT c.member_id, c.number, min(c.id) FROM temp.work w CROSS JOIN card c ON c.member_id = w.member_id
WHERE w.member_id BETWEEN :first AND :last GROUP BY c.member_id
"""
OF_RECOMMENDERS = """
SELECT r.member_id, c.number, min(c.id) FROM temp.work w CROSS JOIN referral r ON r.member_id = w.member_id
CROSS JOIN card c ON c.member_id = r.by_id
WHERE w.member_id BETWEEN :first AND :last GROUP BY r.member_id
"""


def key_of(connection: Connection) -> bytes:
    """The key of the shop's control groups; before a program is adopted there is no secret to make it of."""
    return control_key(secret_of(connection))


def chances_in(connection: Connection, block: Block) -> dict[int, str]:
    """The chances of a block's members."""
    return found(connection, FIRST_CARDS, block)


def recommender_chances_in(connection: Connection, block: Block) -> dict[int, str]:
    """By a block's members the chances of those who brought them."""
    return found(connection, OF_RECOMMENDERS, block)


def found(connection: Connection, cards: str, block: Block) -> dict[int, str]:
    """The chances of some cards, by member."""
    key = key_of(connection)
    return {member: chance_of(key, card) for member, card, _ in connection.execute(cards, block.span)}
