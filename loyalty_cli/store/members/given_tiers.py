"""Tiers given by hand: facts like everything else that is given by hand."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# What was given after the last end of all that was given.
HOLDS = """
SELECT 1 FROM adjustment given WHERE member_id = ? AND asset LIKE 'held:_%' AND gone = 0 AND quantity > 0
AND NOT EXISTS (SELECT 1 FROM adjustment over WHERE over.member_id = given.member_id AND over.asset = 'held:'
                AND over.gone = 0 AND (over.day, over.id) > (given.day, given.id))
"""


class GivenRow(NamedTuple):
    """A tier for a member from a day through another; a quantity below zero ends what was given before."""

    member: int
    asset: str
    quantity: int
    day: Day
    at: str
    by: str
    reason: str
    key: str
    until: Day | None


def known_key(connection: Connection, key: str) -> bool:
    """Whether the request of a key was carried out before."""
    return connection.execute("SELECT 1 FROM adjustment WHERE key = ?", (key,)).fetchone() is not None


def holds_any(connection: Connection, member: int) -> bool:
    """Whether a member has a tier that was given by hand and not ended."""
    return connection.execute(HOLDS, (member,)).fetchone() is not None


def save_given(connection: Connection, row: GivenRow) -> int:
    """Keep it; its number."""
    kept = connection.execute(
        "INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key, until_day) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        row,
    ).fetchone()
    return int(kept[0])
