"""Putting many rows into a table at once, from columns."""

from __future__ import annotations

from itertools import chain
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

# Each statement costs as much as several rows; 64 rows of ours need fewer values than any SQLite takes.
ROWS_IN_STATEMENT = 64


def insert(
    connection: Connection, table: str, columns: Sequence[Iterable[object] | int | None], *, count: int
) -> None:
    """Insert so many rows from columns side by side, many in each statement; a single number stands in every row."""
    varying = [column for column in columns if not isinstance(column, int | None)]
    values = ", ".join(literal(column) for column in columns)
    head = f"INSERT INTO {table} VALUES "
    rows = zip(*varying, strict=True)
    whole = count // ROWS_IN_STATEMENT * ROWS_IN_STATEMENT
    if whole:
        statement = head + ", ".join([f"({values})"] * ROWS_IN_STATEMENT)
        cells = chain.from_iterable(islice(rows, whole))
        connection.executemany(statement, zip(*[cells] * (ROWS_IN_STATEMENT * len(varying)), strict=True))
    connection.executemany(f"{head}({values})", rows)


def literal(column: Iterable[object] | int | None) -> str:
    """What stands for a column in the statement."""
    if column is None:
        return "NULL"
    return str(column) if isinstance(column, int) else "?"
