"""When each store's receipts are of, and when they came."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

DELIVERED = """
SELECT DISTINCT store.name, receipt.day, import.at
FROM receipt JOIN store ON store.id = receipt.store_id JOIN import ON import.id = receipt.import_id
WHERE receipt.gone = 0 AND receipt.day >= ? ORDER BY store.name, receipt.day"""
LAST = "SELECT day FROM receipt WHERE gone = 0 ORDER BY id DESC LIMIT 1"


class Delivery(NamedTuple):
    """One day's receipts of a store, and the moment of the import that brought them."""

    store: str
    day: Day
    at: str


def deliveries_since(connection: Connection, day: Day) -> list[Delivery]:
    """What came of each store for the days since one."""
    return [Delivery(*row) for row in connection.execute(DELIVERED, (day,))]


def last_delivered(connection: Connection) -> Day | None:
    """The day of the receipt that came in last, which is found without looking at the others."""
    row = connection.execute(LAST).fetchone()
    return row[0] if row else None
