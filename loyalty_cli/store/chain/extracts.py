"""Parts of a control book for those who replay elsewhere: what everybody needs as a file, rows of some members by their bucket."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from typing import Any
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.store.database import Connection

COMMON, LINKS = "common.db", "links.db"
# Replay asks nothing of these, or they lie in files.
LEFT_OUT = frozenset(
    {
        *("receipt", "line", "ledger", "return_of", "sighting", "chain_file", "seal", "set_aside", "conflict", "conflict_sighting"),
        "set_aside_sighting",
        *("message", "message_event", "till_export", "till_told", "till_total", "night", "turnover", "month_books"),
        *("draw", "draw_entrant", "draw_rank", "draw_winner", "draw_claim", "draw_redraw", "draw_void", "draw_opening"),
        *("made_card", "card_batch", "address_seen", "layout_read", "coupon_event", "merge_step", "frozen", "closed_standing"),
    }
)
# Members of a bucket that wait, and those whose cards and records decide for them: the order in which they were handed something
# over, whether chance keeps out who brought them, since when who became one with them is known.
CHOSEN = """
CREATE TEMP TABLE chosen (bucket INTEGER NOT NULL, member_id INTEGER NOT NULL, PRIMARY KEY (bucket, member_id)) WITHOUT ROWID"""
CHOOSE = "INSERT OR IGNORE INTO temp.chosen SELECT member_id % ?, member_id FROM temp.work"
CHOOSE_TELLING = """
INSERT OR IGNORE INTO temp.chosen
SELECT h.to_id % :buckets, h.from_id FROM temp.work w JOIN hand_over h ON h.to_id = w.member_id
UNION ALL SELECT r.member_id % :buckets, r.by_id FROM temp.work w JOIN referral r ON r.member_id = w.member_id
UNION ALL SELECT w.member_id % :buckets, m.id FROM temp.work w JOIN member m ON m.merged_into = w.member_id"""
# Receipts that redemptions name: whose they are decides, and they need not be the member's own.
NAMED_RECEIPTS = """
SELECT DISTINCT c.bucket, r.* FROM temp.chosen c JOIN redemption d ON d.member_id = c.member_id AND d.receipt <> ''
JOIN receipt r ON r.store_id = d.store_id AND r.number = d.receipt WHERE c.bucket BETWEEN ? AND ? ORDER BY c.bucket"""
# What became of a coupon, for rewards that hear of those in hand: its member stands on the coupon.
COUPON_EVENTS = """
SELECT c.bucket, event.* FROM temp.chosen c CROSS JOIN coupon ON coupon.member_id = c.member_id
JOIN coupon_event event ON event.coupon_id = coupon.id WHERE c.bucket BETWEEN ? AND ? ORDER BY c.bucket"""
OWNED = """
SELECT c.bucket, t.* FROM temp.chosen c CROSS JOIN main.{table} t ON t.{own} = c.member_id
WHERE c.bucket BETWEEN ? AND ? ORDER BY c.bucket"""
TABLES = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%'"
SHAPE = """
SELECT sql FROM main.sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE '%sqlite%'
ORDER BY type DESC"""

ByBucket = dict[int, list[tuple[Any, ...]]]


def choose_by_bucket(connection: Connection, buckets: int) -> list[int]:
    """Note of which bucket each member of temp.work is; the buckets in which somebody waits."""
    connection.execute("DROP TABLE IF EXISTS temp.chosen")
    connection.execute(CHOSEN)
    connection.execute(CHOOSE, (buckets,))
    waiting = [bucket for (bucket,) in connection.execute("SELECT DISTINCT bucket FROM temp.chosen ORDER BY bucket")]
    connection.execute(CHOOSE_TELLING, {"buckets": buckets})
    return waiting


def work_by_bucket(connection: Connection, buckets: int) -> ByBucket:
    """Who is to be replayed, each with the day after which."""
    return by_bucket(connection, "SELECT member_id % ?, member_id, after FROM temp.work ORDER BY 1, 2", (buckets,))


def rows_by_bucket(connection: Connection, span: tuple[int, int]) -> dict[str, ByBucket]:
    """What the control book knows of the members of some buckets, by table."""
    tables = {table: own for table, own in tables_of(connection).items() if own}
    found = {table: by_bucket(connection, OWNED.format(table=table, own=own), span) for table, own in tables.items()}
    other = {"receipt": NAMED_RECEIPTS, "coupon_event": COUPON_EVENTS}
    return {**found, **{table: by_bucket(connection, select, span) for table, select in other.items()}}


def by_bucket(connection: Connection, select: str, values: tuple[int, ...]) -> ByBucket:
    """Rows whose first column is their bucket, by it."""
    rows = connection.execute(select, values)
    return {bucket: [row[1:] for row in group] for bucket, group in groupby(rows, itemgetter(0))}


def tables_of(connection: Connection) -> dict[str, str]:
    """The tables that replay may ask, each with the column that says whose a row is ('' for everybody's)."""
    found = {}
    for (name,) in connection.execute(TABLES).fetchall():
        columns = {column for _, column, *_ in connection.execute(f"PRAGMA main.table_info({name})")}
        if name not in LEFT_OUT:
            own = (each for each in ("member_id", "from_id") if each in columns and name != "household")
            found[name] = "id" if name == "member" else next(own, "")
    return found


def write_common(connection: Connection, folder: Path) -> None:
    """What every task needs: the shape, the names, the versions; and the sales of all returns, which are looked up one by one."""
    with new_file(folder / COMMON) as common:
        for (sql,) in connection.execute(SHAPE).fetchall():
            common.execute(sql)
        for table, own in tables_of(connection).items():
            if not own:
                copy(connection, common, table)
    with new_file(folder / LINKS) as links:
        links.execute("CREATE TABLE return_of (return_id INTEGER PRIMARY KEY, sale_id INTEGER NOT NULL)")
        copy(connection, links, "return_of")


@contextmanager
def new_file(path: Path) -> Iterator[Connection]:
    """A database that is written in one go."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")


def copy(connection: Connection, other: Connection, table: str) -> None:
    """All rows of a table."""
    rows = connection.execute(f"SELECT * FROM main.{table}")
    other.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})", rows)


@contextmanager
def in_memory(folder: Path) -> Iterator[Connection]:
    """A database in memory with what every task needs."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(sqlite3.connect(folder / COMMON)) as common:
            common.backup(connection)
        yield connection


def sales_of(folder: Path, returns: list[int]) -> list[tuple[int, int]]:
    """Returns with their sales."""
    select = "SELECT return_id, sale_id FROM return_of WHERE return_id = ?"
    with closing(sqlite3.connect(folder / LINKS)) as links:
        return [row for receipt in returns for row in links.execute(select, (receipt,))]
