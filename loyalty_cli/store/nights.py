"""Nights: which steps were done, and how each night ended. One that was stopped has no end."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection


class Night(NamedTuple):
    """One night: when it began, the steps that were done, its exit code (None if it was stopped)."""

    id: int
    at: str
    steps: tuple[str, ...]
    exit_code: int | None


def begin_night(connection: Connection, at: str) -> int:
    """Note that a night begins; its number."""
    insert = "INSERT INTO night (at, steps, exit_code) VALUES (?, '', NULL) RETURNING id"
    return int(connection.execute(insert, (at,)).fetchone()[0])


def end_night(connection: Connection, night: int, steps: list[str], exit_code: int) -> None:
    """Note the steps that were done and how the night ended."""
    connection.execute("UPDATE night SET steps = ?, exit_code = ? WHERE id = ?", (", ".join(steps), exit_code, night))


def nights(connection: Connection) -> list[Night]:
    """The nights, the latest first; a month of them is enough for anybody."""
    rows = connection.execute("SELECT id, at, steps, exit_code FROM night ORDER BY id DESC LIMIT 31")
    return [Night(id_, at, tuple(filter(None, steps.split(", "))), code) for id_, at, steps, code in rows]
