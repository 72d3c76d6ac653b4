"""Tables that go with the connection, in the shape of those in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

SHAPES = "SELECT type, sql FROM main.sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index') ORDER BY type DESC"
MADE = re.compile(r'^CREATE (TABLE|UNIQUE INDEX|INDEX) ("?\w+"?)')


def lay_over(connection: Connection, tables: Iterable[str]) -> None:
    """Empty tables with the names, the columns and the indexes of some in the file: statements find these from now on."""
    for table in tables:
        for kind, sql in connection.execute(SHAPES, (table,)).fetchall():
            # An index goes where its table is; its name says that it is a temporary one.
            made = r"CREATE TEMP TABLE \2" if kind == "table" else r"CREATE \1 temp.\2"
            connection.execute(MADE.sub(made, sql))
