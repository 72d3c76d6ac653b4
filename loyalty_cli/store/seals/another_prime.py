"""A database whose seals were reckoned by the prime of an older release: from a migration on they go on by today's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.seals.broken import sums_of_rows
from loyalty_cli.store.seals.broken import sums_of_seals
from loyalty_cli.store.seals.seals import added
from loyalty_cli.store.seals.seals import NOTHING
from loyalty_cli.store.seals.tables import PRIME_BEFORE_9

if TYPE_CHECKING:
    import sqlite3

    from loyalty_cli.store.seals.seals import Block
    from loyalty_cli.store.seals.seals import Sums

# The first shape whose seals are reckoned by today's prime.
FIRST_BY_TODAYS = 9
DIFFERS: Sums = (0, 1, 0)


def sums_before(connection: sqlite3.Connection, shape: int) -> dict[Block, Sums]:
    """The sums of all blocks by today's prime, as the seals of a shape have them, so that a difference can be sealed.

    Of an older shape that is what its seals add up to now; where a row was not as it was sealed, it goes on to differ.
    """
    if shape >= FIRST_BY_TODAYS:
        return sums_of_rows(connection)
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'seal'").fetchone():
        return {}
    rows = sums_of_rows(connection, PRIME_BEFORE_9)
    sealed, _ = sums_of_seals(connection, PRIME_BEFORE_9)
    now, _ = sums_of_seals(connection)
    return {
        block: added(now.get(block, NOTHING), NOTHING if rows.get(block, NOTHING) == sealed.get(block, NOTHING) else DIFFERS)
        for block in now.keys() | rows.keys()
    }
