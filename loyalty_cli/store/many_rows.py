"""Putting many rows into a table at once, from columns."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

# Each statement costs as much as several rows; 64 rows of ours need fewer values than any SQLite takes.
ROWS_IN_STATEMENT = 64


def insert(connection: Connection, table: str, columns: Sequence[Iterable[object] | int | None]) -> None:
    """Insert columns side by side, many rows in each statement; a single number stands in every row."""
    varying = [column for column in columns if not isinstance(column, int | None)]
    cells = list(chain.from_iterable(zip(*varying, strict=True)))
    values = ", ".join(literal(column) for column in columns)
    many = ROWS_IN_STATEMENT * len(varying)
    whole = len(cells) // many * many
    head = f"INSERT INTO {table} VALUES "
    if whole:
        statement = head + ", ".join([f"({values})"] * ROWS_IN_STATEMENT)
        connection.executemany(statement, (cells[place : place + many] for place in range(0, whole, many)))
    rest = range(whole, len(cells), len(varying))
    connection.executemany(f"{head}({values})", (cells[place : place + len(varying)] for place in rest))


def literal(column: Iterable[object] | int | None) -> str:
    """What stands for a column in the statement."""
    if column is None:
        return "NULL"
    return str(column) if isinstance(column, int) else "?"
