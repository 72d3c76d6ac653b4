"""Taking a shop's purchases, entries and states out of its database into files."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import HEAD
from loyalty_cli.chain.tables import receipt_key
from loyalty_cli.chain.tables import RECEIPTS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.chain.tables import table_of
from loyalty_cli.chain.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.chain.tables import Written
    from loyalty_cli.store.chain.control_book import Place
    from loyalty_cli.store.database import Connection

# So many rows are held before they are written: some hundred megabytes.
ROWS_AT_A_TIME = 400_000
OF_LINES = "SELECT article_id, quantity, amount, discount, loyalty FROM line WHERE id BETWEEN ? AND ? ORDER BY id"
ENTRIES_IN_ORDER = """
SELECT e.id, e.member_id, u.name, e.cause_kind, e.cause_id, a.name, e.quantity, e.effective_on, e.booked_on, e.run_id
FROM ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id ORDER BY e.id"""


def lay(connection: Connection, folder: Path, place: Place) -> Iterator[Written]:
    """Write all that grows with purchases to files; the database is not changed."""
    tables = Tables(folder / place.tables)

    def receipt(row: tuple[Any, ...]) -> tuple[int, tuple[Any, ...]]:
        first = row[0] << 12
        lines = connection.execute(OF_LINES, (first, first + 4095)).fetchall()
        return place.bucket_of(row[4], row[0]), (*row, receipt_key(row[1], row[2]), lines)

    heads = connection.execute(f"SELECT {', '.join(HEAD)} FROM receipt ORDER BY id")
    yield from in_buckets(tables, RECEIPTS, heads, receipt)
    entries = connection.execute(ENTRIES_IN_ORDER)
    yield from in_buckets(tables, ENTRIES, entries, lambda row: (place.bucket_of(row[1]), row))
    states = connection.execute("SELECT member_id, state FROM standing ORDER BY member_id")
    yield from in_buckets(tables, STATES, states, lambda row: (place.bucket_of(row[0]), row))


def in_buckets(
    tables: Tables, what: str, rows: Iterable[tuple[Any, ...]], placed: Callable[[tuple[Any, ...]], tuple[int, tuple[Any, ...]]]
) -> Iterator[Written]:
    """Write rows to the files of their buckets."""
    held: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    count = 0
    for each in rows:
        bucket, row = placed(each)
        held[bucket].append(row)
        count += 1
        if count >= ROWS_AT_A_TIME:
            yield from written(tables, what, held)
            held, count = defaultdict(list), 0
    yield from written(tables, what, held)


def written(tables: Tables, what: str, held: dict[int, list[tuple[Any, ...]]]) -> Iterator[Written]:
    """A file for each bucket."""
    for bucket, rows in sorted(held.items()):
        yield tables.write(what, bucket, table_of(what, rows))
