"""Tickets struck out between the close of a draw and its run; their numbers stay in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.kept_draw import Void

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

LOST = """
SELECT last - entrant.tickets + 1, entrant.tickets, entrant.tickets - coalesce(holder.tickets, 0) AS lost
  FROM (SELECT member_id, tickets, sum(tickets) OVER (ORDER BY pseudonym) AS last
          FROM draw_entrant WHERE draw_id = :draw) AS entrant
  LEFT JOIN holder USING (member_id)
 WHERE lost > 0
 ORDER BY last
"""


def voids_of(connection: Connection, draw_id: int) -> list[Void]:
    """The tickets struck out, ascending."""
    rows = connection.execute("SELECT ticket, code, reason, at, by FROM draw_void WHERE draw_id = ? ORDER BY ticket", (draw_id,))
    return [Void(*row) for row in rows]


def add_voids(connection: Connection, draw_id: int, voids: Iterable[Void]) -> None:
    """Strike tickets out."""
    connection.executemany(
        "INSERT INTO draw_void (draw_id, ticket, code, reason, at, by) VALUES (?, ?, ?, ?, ?, ?)",
        ((draw_id, *void) for void in voids),
    )


def tickets_lost(connection: Connection, draw_id: int) -> list[tuple[int, int, int]]:
    """Of each entrant who has fewer tickets than were frozen: the first number, how many, how many fewer.

    After `find_holders`; who may not win any more, for whatever reason, has not lost tickets by that.
    """
    return connection.execute(LOST, {"draw": draw_id}).fetchall()


def keep_void_hash(connection: Connection, draw_id: int, sha256: str) -> None:
    """Record the hash of void.txt as it is now."""
    connection.execute("UPDATE draw SET void_sha256 = ? WHERE id = ?", (sha256, draw_id))
