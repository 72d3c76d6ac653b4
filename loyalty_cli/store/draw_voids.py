"""Tickets struck out between the close of a draw and its run; their numbers stay in the list."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection


class Void(NamedTuple):
    """A ticket struck out: the code of the reason, which is published, and the reason itself, which is not."""

    ticket: int
    code: str
    reason: str
    at: str
    by: str


def voids_of(connection: Connection, draw_id: int) -> list[Void]:
    """The tickets struck out, ascending."""
    rows = connection.execute(
        "SELECT ticket, code, reason, at, by FROM draw_void WHERE draw_id = ? ORDER BY ticket", (draw_id,)
    )
    return [Void(*row) for row in rows]


def add_voids(connection: Connection, draw_id: int, voids: Iterable[Void]) -> None:
    """Strike tickets out."""
    connection.executemany(
        "INSERT INTO draw_void (draw_id, ticket, code, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        ((draw_id, *void) for void in voids),
    )


def keep_void_hash(connection: Connection, draw_id: int, sha256: str) -> None:
    """Record the hash of void.txt as it is now."""
    connection.execute("UPDATE draw SET void_sha256 = ? WHERE id = ?", (sha256, draw_id))
