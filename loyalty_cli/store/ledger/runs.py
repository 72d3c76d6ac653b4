"""What each recalculation did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


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
    row = connection.execute(
        "SELECT count(DISTINCT member_id) FROM ledger WHERE run_id = (SELECT max(id) FROM run)"
    ).fetchone()
    return int(row[0])
