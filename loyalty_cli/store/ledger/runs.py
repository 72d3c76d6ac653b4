"""What each recalculation did."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Run(NamedTuple):
    """A recalculation: when, through which day, and when it was taken back."""

    id: int
    at: str
    until: Day
    taken_back_at: str | None


RUN = "SELECT r.id, r.at, r.until, t.at FROM run r LEFT JOIN taken_back t ON t.run_id = r.id"


def run_numbered(connection: Connection, number: int) -> Run | None:
    """The run of a number."""
    row = connection.execute(f"{RUN} WHERE r.id = ?", (number,)).fetchone()
    return Run(*row) if row else None


def first_run_beyond(connection: Connection, day: Day) -> Run | None:
    """The first run through a later day that was not taken back."""
    row = connection.execute(f"{RUN} WHERE r.until > ? AND t.at IS NULL ORDER BY r.id LIMIT 1", (day,)).fetchone()
    return Run(*row) if row else None


def take_back_from(connection: Connection, number: int, *, at: str, by: str, reason: str) -> int:
    """Note that a run and those after it, which were built on it, do not count any more; how many they are."""
    return connection.execute(
        "INSERT INTO taken_back (run_id, at, by, reason) SELECT id, ?, ?, ? FROM run "
        "WHERE id >= ? AND id NOT IN (SELECT run_id FROM taken_back)",
        (at, by, reason, number),
    ).rowcount


def start_run(connection: Connection, *, at: str, until: Day, version: int) -> int:
    """Begin a run; its number."""
    row = connection.execute(
        "INSERT INTO run (at, until, version_id, members, entries) VALUES (?, ?, ?, 0, 0) RETURNING id",
        (at, until, version),
    ).fetchone()
    return int(row[0])


def finish_run(connection: Connection, run: int, *, members: int, entries: int) -> None:
    """Note what a run did."""
    connection.execute("UPDATE run SET members = ?, entries = ? WHERE id = ?", (members, entries, run))


def members_changed_by_last_run(connection: Connection) -> int:
    """How many members got entries in the latest run."""
    row = connection.execute("SELECT count(DISTINCT member_id) FROM ledger WHERE run_id = (SELECT max(id) FROM run)").fetchone()
    return int(row[0])
