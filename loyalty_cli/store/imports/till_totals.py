"""What tills say they sold on a day, beside the receipts that came in from them."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import TillTotal
    from loyalty_cli.store.database import Connection

LIVE = """
SELECT id, total, receipts, first_receipt, last_receipt FROM till_total
WHERE store = ? AND till = ? AND day = ? AND gone = 0"""
ENTER = """
INSERT INTO till_total (store, till, day, total, receipts, first_receipt, last_receipt, at, by, import_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
# One look at the receipts of the days, then a till's day is a few rows. A till without a name is the whole store.
BESIDE = """
WITH sold AS MATERIALIZED (
  SELECT store.name AS store, coalesce(desk.till, '') AS till, receipt.day, sum(receipt.total) AS total,
    count(*) AS receipts
  FROM receipt JOIN store ON store.id = receipt.store_id LEFT JOIN desk ON desk.id = receipt.desk_id
  WHERE receipt.gone = 0 AND receipt.day BETWEEN :first AND :last
    AND EXISTS (SELECT 1 FROM till_total WHERE till_total.day = receipt.day AND till_total.gone = 0)
  GROUP BY 1, 2, 3),
beside AS (
  SELECT t.id, t.store, t.till, t.day, t.total, t.receipts, t.first_receipt, t.last_receipt,
    coalesce(sum(sold.total), 0) AS counted, coalesce(sum(sold.receipts), 0) AS counted_receipts
  FROM till_total t LEFT JOIN sold
    ON sold.store = t.store AND sold.day = t.day AND (t.till = '' OR sold.till = t.till)
  WHERE t.gone = 0 AND t.day BETWEEN :first AND :last
    AND (:store = '' OR t.store = :store) AND (:till = '' OR t.till = :till)
  GROUP BY t.id)
"""
COMPARED = f"""{BESIDE}
SELECT store, till, day, total, receipts, first_receipt, last_receipt, counted, counted_receipts
FROM beside ORDER BY day, store, till"""
NUMBERS = """
SELECT coalesce(desk.till, ''), r.number FROM receipt r JOIN store s ON s.id = r.store_id
LEFT JOIN desk ON desk.id = r.desk_id
WHERE s.name = :store AND r.day = :day AND r.gone = 0
  AND (:till = '' OR desk.till = :till)"""
# How many days of tills are known, and how many of them differ.
RECONCILED = f"""{BESIDE}
SELECT count(*), coalesce(sum(total <> counted OR coalesce(receipts, counted_receipts) <> counted_receipts), 0)
FROM beside"""


class Compared(NamedTuple):
    """A till's day: what the till says, and what came in; money in minor units."""

    store: str
    till: str
    day: Day
    total: int
    receipts: int | None
    first_receipt: str
    last_receipt: str
    counted: int
    counted_receipts: int


class DaysMeant(NamedTuple):
    """Which totals are meant: days, and a store and till if they are named."""

    first: Day
    last: Day
    store: str = ""
    till: str = ""


def save_total(connection: Connection, total: TillTotal, *, at: str, by: str, import_id: int | None) -> str:
    """Keep a total: `new`, `known`, or `changed` where the till had said something else before."""
    kept = connection.execute(LIVE, (total.store, total.till, total.day)).fetchone()
    said = (total.total, total.receipts, total.first_receipt, total.last_receipt)
    if kept is not None and kept[1:] == said:
        return "known"
    if kept is not None:
        connection.execute("UPDATE till_total SET gone = id WHERE id = ?", (kept[0],))
    connection.execute(ENTER, (total.store, total.till, total.day, *said, at, by, import_id))
    return "new" if kept is None else "changed"


def compared(connection: Connection, span: DaysMeant) -> list[Compared]:
    """The days of tills that said a total, each beside what came in."""
    return [Compared(*row) for row in connection.execute(COMPARED, span._asdict())]


def numbers_of(connection: Connection, store: str, till: str, day: Day) -> dict[str, list[str]]:
    """The numbers of a day's receipts by till, as each till counts for itself."""
    numbers: dict[str, list[str]] = {}
    for of_till, number in connection.execute(NUMBERS, {"store": store, "till": till, "day": day}):
        numbers.setdefault(of_till, []).append(number)
    return numbers


def days_reconciled(connection: Connection, first: Day, last: Day) -> tuple[int, int]:
    """How many totals of tills are kept for some days, and how many of them differ from what came in."""
    known, differing = connection.execute(RECONCILED, DaysMeant(first, last)._asdict()).fetchone()
    return known, differing
