"""The accountant's packs that closed months keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

# One table of each kept pack, which is a list of tables.
KEPT_TABLE = """
SELECT month, each.value FROM month_books, json_each(iif(pack = '', '[]', pack)) AS each
 WHERE each.value ->> 'name' = ? ORDER BY month
"""


def keep_pack(connection: Connection, month: str, pack: str, books: str) -> None:
    """Keep the accountant's pack of a month, once, and its books where they hold more than the program says."""
    kept = "UPDATE month_books SET pack = ?1, books = iif(?2 = '', books, ?2) WHERE month = ?3 AND pack = ''"
    connection.execute(kept, (pack, books, month))


def kept_pack(connection: Connection, month: str) -> str:
    """The pack that a closed month kept; '' where it has none."""
    row = connection.execute("SELECT pack FROM month_books WHERE month = ?", (month,)).fetchone()
    return row[0] if row else ""


def kept_table(connection: Connection, name: str) -> list[tuple[str, str]]:
    """A table of the packs that closed months kept, in order, as JSON."""
    return connection.execute(KEPT_TABLE, (name,)).fetchall()
