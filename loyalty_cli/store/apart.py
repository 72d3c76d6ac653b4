"""One thing of many: if it goes wrong it is undone alone, and the others go on."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection

# What is wrong with a row, not with the database.
OF_A_ROW = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError)


@contextlib.contextmanager
def apart(connection: Connection, failed: Callable[[Exception], None]) -> Iterator[None]:
    """Undo what is done with one thing if it fails, and tell `failed`; a trouble of the database is everybody's."""
    connection.execute("SAVEPOINT one")
    try:
        yield
    except Exception as error:
        if isinstance(error, StoreTrouble | sqlite3.Error) and not isinstance(error, OF_A_ROW):
            raise
        connection.execute("ROLLBACK TO one")
        failed(error)
    connection.execute("RELEASE one")
