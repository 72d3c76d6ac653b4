"""A connection in whose sight some tables are temporary ones, each filled when a statement first reads it.

What grows with purchases lies elsewhere in a chain; every statement of the shop finds it under its name all the same.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.store.temporary import lay_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.telling import TellingConnection

SHADOWED = ("receipt", "line", "ledger")
# The states of members lie elsewhere, too; the other columns of their standings are in the database.
STATES = "standing.state"
# The ledger that is kept, while other books have its name.
KEPT = "temp.kept_ledger"
# Statements that may read a table; a question of what they read must not do what they do.
READING = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE|REPLACE|CREATE\s+TEMP\s+TABLE)\b", re.IGNORECASE)
TOUCHES = (sqlite3.SQLITE_READ, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)
# Which receipts that were there before have changed, and whose they were.
NOTES = "CREATE TEMP TABLE touched_receipt (id INTEGER PRIMARY KEY, member_id INTEGER)"
NOTE = """
CREATE TEMP TRIGGER receipt_{event} AFTER {event} ON temp.receipt
BEGIN INSERT OR IGNORE INTO touched_receipt VALUES (OLD.id, OLD.member_id); END"""


class Shadows:
    """Receipts, lines and the ledger as temporary tables; `fill` is asked for one before the first statement that reads it."""

    def __init__(self, connection: TellingConnection, fill: Callable[[str], None]) -> None:
        self.connection = connection
        self.fill = fill
        self.waiting = {*SHADOWED, STATES}
        lay_over(connection, SHADOWED)
        connection.execute(NOTES)

    def __call__(self, sql: str, parameters: Any) -> None:
        """Bring in what a statement reads."""
        if self.waiting and READING.match(sql):
            for table in self.read_by(sql, parameters):
                self.bring_in(table)

    def bring_in(self, table: str) -> None:
        """Fill a table, unless that was done."""
        if table in self.waiting:
            self.waiting.remove(table)
            self.fill(table)

    def bring_in_anew(self, table: str) -> None:
        """What was brought in is old: whoever reads the table next finds it as it lies in files now."""
        if table not in self.waiting:
            self.connection.execute(f"DELETE FROM temp.{table}")
            self.waiting.add(table)

    def read_by(self, sql: str, parameters: Any) -> list[str]:
        """The shadowed tables that a statement reads and that are not filled yet."""
        found: set[str] = set()

        def noted(action: int, table: str | None, column: str | None, schema: str | None, _: str | None) -> int:
            if action in TOUCHES and schema == "temp" and table in self.waiting:
                found.add(table)
            if action == sqlite3.SQLITE_READ and f"{table}.{column}" == STATES:
                found.add(STATES)
            return sqlite3.SQLITE_OK

        self.connection.set_authorizer(noted)
        try:
            sqlite3.Connection.execute(self.connection, f"EXPLAIN {sql}", parameters).close()
        finally:
            self.connection.set_authorizer(None)
        return sorted(found & self.waiting)

    def end(self) -> None:
        """The shop's own tables, which are empty, are seen again."""
        self.connection.bring = None
        for table in (*SHADOWED, "touched_receipt", "brought_state"):
            self.connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def brought_in(connection: Connection, selects: Iterable[str]) -> str:
    """Bring in all that some statements read, and let the ledger's name go to a view; under which it is found from now on."""
    bring = getattr(connection, "bring", None)
    if bring is None:
        return "main.ledger"
    for select in selects:
        bring(select, ())
    connection.execute("ALTER TABLE temp.ledger RENAME TO brought_entry")
    return "temp.brought_entry"


def keep_aside(connection: Connection) -> None:
    """From here on the ledger that is kept has the name KEPT, other books may have its own, and of a chain all is brought in."""
    ledger = brought_in(connection, ["SELECT receipt.id, line.id, ledger.id FROM receipt, line, ledger"])
    connection.execute(f"CREATE TEMP VIEW kept_ledger AS SELECT * FROM {ledger}")
    if getattr(connection, "bring", None) is not None:
        # Other books will have its index, too.
        connection.execute("DROP INDEX temp.ledger_of_member")
        connection.bring = None  # type: ignore[attr-defined]


@contextmanager
def as_it_is(connection: Connection) -> Iterator[None]:
    """Read the database as it is, without bringing anything in."""
    kept = getattr(connection, "bring", None)
    if kept is not None:
        connection.bring = None  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if kept is not None:
            connection.bring = kept  # type: ignore[attr-defined]


def bring_states(connection: TellingConnection, states: Iterable[tuple[int, str]], *, changing: bool) -> None:
    """Let statements see states: in the database while it is changed, where they are taken out again; else in a table beside it."""
    connection.execute("CREATE TEMP TABLE brought_state (member_id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    connection.executemany("INSERT OR REPLACE INTO temp.brought_state VALUES (?, ?)", states)
    if not changing and not connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'standing'").fetchone():
        connection.execute("CREATE TEMP TABLE standing AS SELECT * FROM main.standing")
        connection.execute("CREATE UNIQUE INDEX temp.standing_of_member ON standing (member_id)")
    fill_states(connection)


def fill_states(connection: Connection) -> None:
    """Standings that came without a state get the one that was brought in."""
    if connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'brought_state'").fetchone():
        connection.execute(
            "UPDATE standing SET state = b.state FROM temp.brought_state b WHERE b.member_id = standing.member_id AND standing.state = ''"
        )


def take_states_out(connection: TellingConnection) -> None:
    """States that were brought in and have not changed leave the database again."""
    if connection.execute("SELECT 1 FROM temp.sqlite_schema WHERE name = 'brought_state'").fetchone():
        connection.execute(
            "UPDATE main.standing SET state = '' WHERE EXISTS (SELECT 1 FROM temp.brought_state b "
            "WHERE b.member_id = standing.member_id AND b.state = standing.state)"
        )


def let_rows_lie_elsewhere(connection: Connection) -> None:
    """Before a transaction: rows may refer to receipts that are not in the database."""
    connection.execute("PRAGMA foreign_keys = OFF")


def note_changes(connection: Connection) -> None:
    """From here on note which receipts change; those that are only brought in are noted by nobody."""
    for event in ("UPDATE", "DELETE"):
        connection.execute(NOTE.format(event=event))


def stop_noting(connection: Connection) -> None:
    """Note nothing more."""
    for event in ("UPDATE", "DELETE"):
        connection.execute(f"DROP TRIGGER IF EXISTS temp.receipt_{event}")


def emptied(connection: Connection) -> None:
    """What lies in files now leaves the database; that entries never go holds for whoever changes them, not for whoever moves them."""
    guard = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'ledger_is_never_deleted'"
    (kept,) = connection.execute(guard).fetchone()
    connection.execute("DROP TRIGGER ledger_is_never_deleted")
    for table in SHADOWED:
        connection.execute(f"DELETE FROM {table}")
    connection.execute(kept)
    connection.execute("UPDATE standing SET state = ''")
