"""Receipts and their lines: entering new ones, and answering which of an export's are known, new or different."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections import defaultdict
from itertools import accumulate
from itertools import pairwise
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import identity
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.purchase_batch import Article
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.imports.names import Articles
from loyalty_cli.store.imports.names import Cards
from loyalty_cli.store.imports.names import Desks
from loyalty_cli.store.imports.names import next_id
from loyalty_cli.store.imports.names import Stores
from loyalty_cli.store.many_rows import insert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.store.database import Connection

BITS_OF_LINE = 12
LAST_LINE = (1 << BITS_OF_LINE) - 1
# What a first load writes is read again for its indexes and its seal: kept in memory, a million lines take some 3 % less time.
KILOBYTES_OF_FIRST_LOAD = 64_000


FIND = """
SELECT wanted.key, receipt.id, receipt.content, receipt.import_id, receipt.gone
FROM json_each(?) AS wanted CROSS JOIN receipt ON receipt.store_id = ? AND receipt.number = wanted.value"""

LINES_OF = """
SELECT article.code, article.name, article.category, article.vat, line.quantity, line.amount, line.discount,
  line.loyalty
FROM line JOIN article ON article.id = line.article_id
WHERE line.id BETWEEN ? AND ? ORDER BY line.id"""

HEAD_OF = "SELECT receipt.at, card.number FROM receipt LEFT JOIN card ON card.id = receipt.card_id WHERE receipt.id = ?"


class ScatteredError(Exception):
    """Rows of one receipt lie in several places of the file; it has to be read by receipt."""


def written_in_two_ways(number: str) -> ExportRefused:
    """The refusal of a file in which one number is two by a blank or an apostrophe."""
    return ExportRefused(
        "Receipt {number} stands twice in the file, its number written in two ways, such as with an apostrophe before it.",
        number=number,
        hint=phrase("Write it in one way on all its rows, or export the file again."),
    )


class Kept(NamedTuple):
    """A receipt with the same store and number that is in the database."""

    id: int
    content: int
    import_id: int
    gone: int


class ReceiptBook:
    """Enters the receipts of one import."""

    def __init__(self, connection: Connection, import_id: int) -> None:
        self.connection = connection
        self.import_id = import_id
        self.stores = Stores(connection)
        self.desks = Desks(connection)
        self.cards = Cards(connection)
        self.articles = Articles(connection)
        self.next_receipt = next_id(connection, "receipt")
        # Whether new cards may wait for each other until somebody puts them in.
        self.cards_wait = False

    def enter(self, batch: PurchaseBatch) -> range:
        """Enter all receipts of a batch; their numbers in the database."""
        receipts = range(self.next_receipt, self.next_receipt + len(batch.numbers))
        self.next_receipt = receipts.stop
        cards, members = self.cards.of(batch.card_numbers, batch.cards)
        if not self.cards_wait:
            self.cards.put_in()
        columns: list[Sequence[object] | int | None] = [
            receipts,
            list(map(self.stores.__getitem__, batch.stores)),
            batch.numbers,
            cards,
            members,
            batch.at,
            batch.days,
            batch.clocks,
            batch.totals,
            batch.returned,
            batch.loyalty or 0,
            [original or None for original in batch.originals] or None,
            list(map(self.desks.__getitem__, batch.desks)) if batch.desks else None,
            self.import_id,
            batch.contents,
            0,
        ]
        insert(self.connection, "receipt", columns)
        self.enter_lines(batch, receipts)
        return receipts

    def enter_lines(self, batch: PurchaseBatch, receipts: range) -> None:
        """Enter the lines; a line's number is its receipt's with twelve bits added, so it needs no index."""
        articles = self.articles.of(batch.catalogue, batch.articles)
        amounts = (batch.amounts, batch.discounts or 0, batch.line_loyalty or 0)
        insert(self.connection, "line", [line_numbers(receipts.start, batch.starts), articles, batch.quantities, *amounts])

    def find(self, batch: PurchaseBatch) -> dict[int, list[Kept]]:
        """What is in the database under the keys of a batch's receipts, by their place in it."""
        wanted: defaultdict[str, list[int]] = defaultdict(list)
        for place, store in enumerate(batch.stores):
            wanted[store].append(place)
        found: defaultdict[int, list[Kept]] = defaultdict(list)
        for store, places in wanted.items():
            if dict.get(self.stores, store) is None:
                continue
            numbers = json.dumps([batch.numbers[place] for place in places])
            for key, *kept in self.connection.execute(FIND, (numbers, self.stores[store])):
                found[places[key]].append(Kept(*kept))
        return found

    def same_lines(self, batch: PurchaseBatch, place: int, kept: Kept) -> bool:
        """Whether a receipt is the one in the database but for the order of its lines."""
        at, card = self.connection.execute(HEAD_OF, (kept.id,)).fetchone()
        if (at, card or "") != (batch.at[place], batch.card_of(place)):
            return False
        ours = Counter((identity(Article(*row[:4])), *row[4:]) for row in lines_of(self.connection, kept.id))
        theirs = Counter((identity(Article(*row[:4])), *row[4:]) for row in incoming_lines(batch, place))
        return ours == theirs


def line_numbers(receipt: int, starts: Sequence[int]) -> list[int]:
    """The numbers of the lines of receipts that follow each other: one more than the line before, or the receipt's first."""
    steps = [1] * (starts[-1] + 1)
    steps[0] = receipt << BITS_OF_LINE
    for before, start in pairwise(starts):
        steps[start] += LAST_LINE + 1 - (start - before)
    return list(accumulate(steps))[:-1]


def lines_of(connection: Connection, receipt: int) -> list[tuple[str, str, str, str, int, int, int, int]]:
    """A receipt's lines: the four names of the article, quantity, amount, discount, part paid by loyalty."""
    first = receipt << BITS_OF_LINE
    return connection.execute(LINES_OF, (first, first | LAST_LINE)).fetchall()


def incoming_lines(batch: PurchaseBatch, place: int) -> list[tuple[str, str, str, str, int, int, int, int]]:
    """The lines of a receipt in a batch, in the same form."""
    return [
        (
            *batch.catalogue[batch.articles[line]],
            batch.quantities[line],
            batch.amounts[line],
            batch.discounts[line] if batch.discounts else 0,
            batch.line_loyalty[line] if batch.line_loyalty else 0,
        )
        for line in range(batch.starts[place], batch.starts[place + 1])
    ]


def is_empty(connection: Connection) -> bool:
    """Whether no receipt was ever entered."""
    return connection.execute("SELECT 1 FROM receipt").fetchone() is None


def drop_indexes(connection: Connection) -> list[str]:
    """Take the indexes off the empty receipt table for a first load; the statements that put them back."""
    select = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'receipt' AND sql IS NOT NULL"
    found: Sequence[tuple[str, str]] = connection.execute(select).fetchall()
    for name, _ in found:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(f"PRAGMA cache_size = -{KILOBYTES_OF_FIRST_LOAD}")
    return [sql for _, sql in found]


def put_back(connection: Connection, statements: Sequence[str]) -> bool:
    """Build the indexes that are not there; False if a receipt stands in several places."""
    there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'index'")}
    try:
        for statement in statements:
            if statement not in there:
                connection.execute(statement)
    except sqlite3.IntegrityError:
        return False
    return True
