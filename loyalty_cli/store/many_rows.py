"""Putting many rows into a table at once, from columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

# Each statement costs as much as several rows; 64 rows of ours need fewer values than any SQLite takes.
ROWS_IN_STATEMENT = (64, 8, 1)


def insert(connection: Connection, table: str, columns: Sequence[Sequence[object] | int | None]) -> None:
    """Insert rows from columns side by side, many in each statement; a single number stands in every row."""
    varying = [column for column in columns if not isinstance(column, int | None)]
    values = ", ".join(literal(column) for column in columns)
    width = len(varying)
    cells: list[object] = [None] * (width * len(varying[0]))
    for place, column in enumerate(varying):
        cells[place::width] = column
    done = 0
    for rows in ROWS_IN_STATEMENT:
        step = rows * width
        last = len(cells) - (len(cells) - done) % step
        statement = f"INSERT INTO {table} VALUES " + ", ".join([f"({values})"] * rows)
        connection.executemany(statement, zip(*[iter(cells[done:last])] * step, strict=True))
        done = last


def literal(column: Sequence[object] | int | None) -> str:
    """What stands for a column in the statement."""
    if column is None:
        return "NULL"
    return str(column) if isinstance(column, int) else "?"
