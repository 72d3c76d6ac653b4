"""What was announced of a draw before it was closed, and results typed in for a contest."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.kept_draw import Opening

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection


class Result(NamedTuple):
    """A result of a member in a contest, in thousandths."""

    draw: str
    member: int
    result: int
    day: int
    at: str
    by: str
    key: str


def opening_of(connection: Connection, name: str) -> Opening | None:
    """How a draw was announced, or None if it was not."""
    row = connection.execute(f"SELECT {', '.join(Opening._fields)} FROM draw_opening WHERE name = ?", (name,)).fetchone()
    return Opening(*row) if row else None


def save_opening(connection: Connection, opening: Opening) -> None:
    """Record an announcement in the place of the one before."""
    connection.execute(f"INSERT OR REPLACE INTO draw_opening ({', '.join(Opening._fields)}) VALUES (?, ?, ?, ?, ?, ?)", opening)


def result_by_key(connection: Connection, key: str) -> Result | None:
    """The result that a key brought."""
    row = connection.execute("SELECT draw, member_id, result, day, at, by, key FROM draw_result WHERE key = ?", (key,)).fetchone()
    return Result(*row) if row else None


def save_result(connection: Connection, result: Result) -> None:
    """Record a result."""
    connection.execute("INSERT INTO draw_result (draw, member_id, result, day, at, by, key) VALUES (?, ?, ?, ?, ?, ?, ?)", result)
