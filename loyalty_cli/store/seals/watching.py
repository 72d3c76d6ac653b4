"""Noting what a transaction changes: temporary triggers on the tables that it writes to, made when it first does.

Triggers on every table would cost a small command more than its work.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from loyalty_cli.store.seals.tables import GROWS_BY
from loyalty_cli.store.seals.tables import NEVER_BETWEEN
from loyalty_cli.store.seals.tables import sealed_table_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.seals.tables import SealedTable

NOTES = "CREATE TEMP TABLE IF NOT EXISTS changed_row (name TEXT, there_before INTEGER, image TEXT)"
OURS = "SELECT type, name FROM temp.sqlite_schema WHERE name LIKE 'sealing %' OR name = 'changed_row'"
# The tables that a statement writes to; what is found besides is no table of the shape.
WRITTEN = re.compile(r'\b(?:INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(?:main\.)?"?(\w+)', re.IGNORECASE)
UNDONE = re.compile(r"\s*ROLLBACK\s+TO\b", re.IGNORECASE)


class Watching:
    """The tables that were written to in this transaction, each with the last of its rows before (None: in no order)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Forget what was noted before."""
        self.connection = connection
        self.tables: dict[str, tuple[SealedTable, int | None]] = {}
        self.looked_at: set[str] = set()
        self.undone = False
        for kind, name in connection.execute(OURS).fetchall():
            connection.execute(f'DROP {kind} temp."{name}"')
        # What these grow by is written before them, so ask before it is.
        self.last = {table.name: self.last_of(table) for name in GROWS_BY if (table := sealed_table_called(connection, name))}

    def __call__(self, statement: str) -> None:
        """Note the changes of the tables that a statement is about to write to."""
        if self.undone:
            self.undone = False
            for table, last in self.tables.values():
                self.note(table, last)
        if UNDONE.match(statement):
            # The triggers that were made in what is undone go with it.
            self.undone = True
        elif statement not in self.looked_at:
            self.looked_at.add(statement)
            for name in set(WRITTEN.findall(statement)) - self.tables.keys():
                self.begin(name)

    def begin(self, name: str) -> None:
        """From here on note the changes of a table, if there is one of this name that is sealed."""
        table = sealed_table_called(self.connection, name)
        if table:
            self.tables[name] = table, self.last.get(name, self.last_of(table))
            self.note(*self.tables[name])

    def last_of(self, table: SealedTable) -> int | None:
        """How far the table's counter is now."""
        last: int | None = self.connection.execute(table.last).fetchone()[0] if table.counter else None
        return last

    def note(self, table: SealedTable, last: int | None) -> None:
        """Make the triggers that note changes of a table, where they are not there."""
        for statement in (NOTES, *triggers(table, last)):
            sqlite3.Connection.execute(self.connection, statement)


def triggers(table: SealedTable, last: int | None) -> Iterator[str]:
    """What notes the changes of a table; rows after the last one are added up at the end instead."""
    came, went = note(table, "NEW", 0, last), note(table, "OLD", 1, last)
    changed = went + came if table.name in GROWS_BY or last is None else went
    for event, notes in (("INSERT", came), ("UPDATE", changed), ("DELETE", went)):
        if event == "INSERT" and table.name in NEVER_BETWEEN:
            continue
        name = f"sealing {event} {table.name}"
        # New rows are the most; a trigger that does not begin costs the least.
        when = f"WHEN NEW.{table.counter} <= {last} " if event == "INSERT" and last is not None else ""
        yield f'CREATE TEMP TRIGGER IF NOT EXISTS "{name}" AFTER {event} ON main."{table.name}" {when}BEGIN {notes} END'


def note(table: SealedTable, row: str, was: int, last: int | None) -> str:
    """A row that came or went, as a statement."""
    where = "" if last is None else f" WHERE {row}.{table.counter} <= {last}"
    image = ", ".join(f'{row}."{column}"' for column in table.columns)
    return f"INSERT INTO changed_row SELECT '{table.name}', {was}, json_array({image}){where};"
