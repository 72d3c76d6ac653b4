"""Running the SELECT of a report."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.shown.table import Cell

Connection = sqlite3.Connection


def rows_of(connection: Connection, select: str, values: Mapping[str, object] | None = None) -> list[tuple[Cell, ...]]:
    """The rows of a SELECT whose places are `:named`."""
    return connection.execute(select, dict(values or {})).fetchall()
