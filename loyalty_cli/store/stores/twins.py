"""New receipts that are in already under another store: the same file came under another name."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

# So many of the new receipts are looked at; a few more tell nothing more.
LOOKED_AT = 60
# One or two receipts of a larger file may be alike by chance; so many of one number, moment, card and total are not: a file
# that grows from month to month may have most of its receipts for the first time. Of a till that tells no seconds, only those with a
# card: with few prices and numbers that begin anew each day, two tills have several receipts of one minute alike.
NO_CHANCE = 3
# Tills of two stores may give out the same numbers on a day: the moment or the card tells receipts apart, a number and a
# day do not, unless the very same file is in under another store.
TWINS = """
SELECT mine.name, other.name, count(DISTINCT fresh.id), count(DISTINCT twin.id),
  NOT EXISTS (SELECT 1 FROM receipt AS earlier WHERE earlier.store_id = mine.id AND earlier.id < :first)
FROM json_each(:ids) AS wanted JOIN receipt AS fresh ON fresh.id = wanted.value
JOIN store AS mine ON mine.id = fresh.store_id
JOIN store AS other ON other.id <> fresh.store_id AND other.merged_into IS NULL
LEFT JOIN receipt AS twin ON twin.store_id = other.id AND twin.number = fresh.number AND twin.gone = 0
  AND twin.at = fresh.at AND twin.total = fresh.total AND twin.card_id IS fresh.card_id AND twin.id < :first
WHERE fresh.original IS NULL AND (:same_file OR fresh.clock <> 0 OR fresh.card_id IS NOT NULL)
GROUP BY fresh.store_id, other.id
HAVING count(DISTINCT twin.id) * 2 > count(DISTINCT fresh.id)
  OR count(DISTINCT iif(fresh.card_id IS NOT NULL OR fresh.clock % 60 <> 0, twin.id, NULL)) >= :no_chance
ORDER BY 4 DESC, 1, 2 LIMIT 1"""
SAME_FILE = """
SELECT 1 FROM import this JOIN import other ON other.sha256 = this.sha256 AND other.kind = this.kind
  AND other.store <> this.store AND other.reverted_at IS NULL AND other.id <> this.id WHERE this.id = ?"""


class Twins(NamedTuple):
    """Of the receipts of a store that were looked at, how many are in under another one; whether the store is new."""

    store: str
    other: str
    looked_at: int
    found: int
    is_new: bool


def twins_of(connection: Connection, import_id: int, first: int, last: int) -> Twins | None:
    """The store that has receipts numbered from first to last already, most of them or many; None if there is none."""
    if first == 1 or last < first:
        return None
    ids = list(range(first, last + 1, max(1, (last - first + 1) // LOOKED_AT)))
    same_file = connection.execute(SAME_FILE, (import_id,)).fetchone() is not None
    values = {"ids": json.dumps(ids), "first": first, "same_file": same_file, "no_chance": NO_CHANCE}
    row = connection.execute(TWINS, values).fetchone()
    return Twins(*row) if row else None
