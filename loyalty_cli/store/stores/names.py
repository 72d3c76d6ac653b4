"""What stores are called: the name of each, and names it had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

# A file whose rows all name their stores has left nothing with the one it was imported for; one of which no receipt was
# taken in has.
KNOWN = """
SELECT name FROM store WHERE merged_into IS NULL
UNION SELECT store FROM import
WHERE store <> '' AND store NOT IN (SELECT name FROM store) AND (kind <> 'purchases' OR imported + known = 0) ORDER BY 1"""


def known_stores(connection: Connection) -> list[str]:
    """The stores from which something has come, by name."""
    return [name for (name,) in connection.execute(KNOWN)]


def said_before(connection: Connection, name: str) -> bool:
    """Whether a file has come in under this name."""
    return connection.execute("SELECT 1 FROM import WHERE store = ? AND imported + known > 0", (name,)).fetchone() is not None


def store_numbers(connection: Connection) -> dict[str, int]:
    """The numbers of all stores by their names, also by those they had before."""
    return dict(connection.execute("SELECT name, coalesce(merged_into, id) FROM store").fetchall())


def store_number(connection: Connection, name: str) -> int | None:
    """The number of a store, by its name or one it had before."""
    row = connection.execute("SELECT coalesce(merged_into, id) FROM store WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def present_name(connection: Connection, name: str) -> str:
    """What a store is called now; a name that nobody knows stays as it is."""
    select = "SELECT now.name FROM store was JOIN store now ON now.id = was.merged_into WHERE was.name = ?"
    row = connection.execute(select, (name,)).fetchone()
    return str(row[0]) if row else name
