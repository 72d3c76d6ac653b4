"""Refunds and cancellations that tills write into old receipts: each becomes a return of its own.

What the live imports say is compared with the returns that stand in the books, so the order of files does not matter:
the largest refund told counts, and a file that is taken back takes with it what it told.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import Contents
from loyalty_cli.model.money import shared
from loyalty_cli.model.older_content import KnownContents
from loyalty_cli.store.imports.one_receipt import as_batch
from loyalty_cli.store.imports.receipts import lines_of
from loyalty_cli.store.imports.receipts import ReceiptBook
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

Key = tuple[int, str]
Line = tuple[str, str, str, str, int, int, int, int]

TELL = """
INSERT INTO refund (import_id, store_id, number, amount) VALUES (?, ?, ?, ?)
ON CONFLICT DO UPDATE SET amount = CASE WHEN excluded.amount IS NULL OR amount IS NULL THEN NULL
  ELSE max(amount, excluded.amount) END"""
# Receipts of an import of which this or another live import tells something.
TOLD_OF = """
SELECT DISTINCT f.store_id, f.number FROM refund f CROSS JOIN receipt r ON r.store_id = f.store_id AND r.number = f.number
WHERE r.import_id = :import
UNION SELECT store_id, number FROM refund WHERE import_id = :import"""
LARGEST = """
SELECT f.import_id, f.amount FROM refund f JOIN import i ON i.id = f.import_id AND i.reverted_at IS NULL
WHERE f.store_id = ? AND f.number = ? ORDER BY f.amount IS NULL DESC, f.amount DESC, f.import_id LIMIT 1"""
# Receipts that another live import called off, or of which it told more than the one that saw them again.
TOLD_MORE = """
SELECT f.import_id, count(*) FROM refund f JOIN import i ON i.id = f.import_id AND i.reverted_at IS NULL
  CROSS JOIN receipt r ON r.store_id = f.store_id AND r.number = f.number AND r.gone = 0
  CROSS JOIN sighting s ON s.receipt_id = r.id AND s.import_id = :import
  LEFT JOIN refund now ON now.import_id = :import AND now.store_id = f.store_id AND now.number = f.number
WHERE f.import_id < :import AND (now.import_id IS NULL OR now.amount < coalesce(f.amount, now.amount + 1))
GROUP BY f.import_id ORDER BY f.import_id"""
SALE = """
SELECT r.id, s.name, coalesce(c.number, ''), r.at, r.day, r.clock, r.total, coalesce(d.till, ''), coalesce(d.cashier, '')
FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id LEFT JOIN desk d ON d.id = r.desk_id
WHERE r.store_id = ? AND r.number = ? AND r.gone = 0"""
RETURN = "SELECT id, content FROM receipt WHERE store_id = ? AND number = ? AND gone = 0"
TAKE_OUT = "UPDATE receipt SET gone = id WHERE id = ? RETURNING member_id, day, returned"
MEMBER = "SELECT member_id, day, returned FROM receipt WHERE id = ?"


class Sale(NamedTuple):
    """The receipt that money was paid back for."""

    id: int
    store: str
    card: str
    at: int
    day: int
    clock: int
    total: int
    till: str
    cashier: str


def tell_refunds(connection: Connection, import_id: int, told: Iterable[tuple[int, str, int | None]]) -> None:
    """Keep what one import tells: store, number and amount (None for all)."""
    connection.executemany(TELL, ((import_id, *refund) for refund in told))


def told_more_before(connection: Connection, import_id: int) -> list[tuple[int, int]]:
    """The earlier imports that told more of receipts which this one has again, each with how many they are."""
    return connection.execute(TOLD_MORE, {"import": import_id}).fetchall()


def receipts_with_refunds(connection: Connection) -> set[Key]:
    """The stores and numbers of receipts of which any import told a refund."""
    return set(connection.execute("SELECT DISTINCT store_id, number FROM refund"))


def settle_refunds_of(connection: Connection, import_id: int) -> list[int]:
    """Bring the returns in line with what is told of the receipts that an import has or speaks of; what each changed."""
    return settle_refunds(connection, connection.execute(TOLD_OF, {"import": import_id}).fetchall())


def settle_refunds(connection: Connection, keys: Iterable[Key]) -> list[int]:
    """Bring the returns of some receipts in line with what is told of them; by how much each changed that did."""
    wanted = list(keys)
    # One book for all: to open it costs more than to enter a return.
    book = ReceiptBook(connection, 0) if wanted else None
    changes = (settle(connection, key, book) for key in wanted if book is not None)
    return [change for change in changes if change is not None]


def settle(connection: Connection, key: Key, book: ReceiptBook) -> int | None:
    """One receipt; by how much more is paid back now, None if it stays."""
    there = connection.execute(RETURN, (key[0], number_of_return(key[1]))).fetchone()
    wanted = return_for(connection, key)
    if there is not None and wanted is not None and KnownContents().has(as_batch(wanted[1]), 0, there[1]):
        return None
    touched = []
    more = 0
    if there is not None:
        *row, returned = connection.execute(TAKE_OUT, (there[0],)).fetchone()
        touched.append(row)
        more -= returned
    if wanted is not None:
        book.import_id = wanted[0]
        entered = book.enter(as_batch(wanted[1]))[0]
        *row, returned = connection.execute(MEMBER, (entered,)).fetchone()
        touched.append(row)
        more += returned
    mark_due(connection, [row for row in touched if row[0] is not None])
    return more if touched else None


def number_of_return(number: str) -> str:
    """The number of the return that stands for a refund."""
    return f"{number} refunded"


def return_for(connection: Connection, key: Key) -> tuple[int, dict[str, object]] | None:
    """The return that should be there for a receipt, with the import that tells of it."""
    told = connection.execute(LARGEST, key).fetchone()
    found = connection.execute(SALE, key).fetchone()
    if told is None or found is None:
        return None
    sale = Sale(*found)
    amount = sale.total if told[1] is None else min(told[1], sale.total)
    if amount <= 0:
        return None
    receipt: dict[str, object] = {
        "store": sale.store,
        "number": number_of_return(key[1]),
        "card": sale.card,
        "at": sale.at,
        "day": sale.day,
        "clock": sale.clock,
        "total": -amount,
        "returned": amount,
        "loyalty": 0,
        "original": key[1],
        "desk": [sale.till, sale.cashier],
        "content": 0,
        "lines": returned_lines(lines_of(connection, sale.id), amount),
    }
    receipt["content"] = Contents().added(as_batch(receipt)).contents[0]
    return told[0], receipt


def returned_lines(lines: Iterable[Line], amount: int) -> list[list[object]]:
    """The refund shared among the lines that were sold, in proportion to what was paid for them."""
    sold = [line for line in lines if line[5] > 0]
    parts = shared(amount, [line[5] for line in sold])
    return [[*line[:4], -max(1, line[4] * part // line[5]), -part, 0, 0] for line, part in zip(sold, parts, strict=True) if part]
