"""How a database is doing: its structure, how much it holds, what waits for somebody."""

from __future__ import annotations

from sqlite3 import sqlite_version
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.store.chain.control_book import place_of

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

FIGURES = """
SELECT
  (SELECT count(*) FROM member WHERE merged_into IS NULL),
  (SELECT count(*) FROM receipt WHERE gone = 0),
  (SELECT count(*) FROM conflict JOIN import ON import.id = conflict.import_id
   WHERE conflict.decision IS NULL AND import.reverted_at IS NULL),
  (SELECT count(*) FROM set_aside JOIN import ON import.id = set_aside.import_id
   WHERE import.reverted_at IS NULL AND set_aside.mended_by IS NULL AND set_aside.dropped_at IS NULL),
  (SELECT count(*) FROM due),
  (SELECT max(at) FROM import WHERE reverted_at IS NULL),
  (SELECT max(day) FROM receipt WHERE gone = 0),
  (SELECT max(at) FROM run),
  (SELECT max(until) FROM run WHERE id NOT IN (SELECT run_id FROM taken_back)),
  (SELECT max(month) FROM month),
  (SELECT max(day) FROM till_total WHERE gone = 0)
"""
# Tables whose rows are counted in a backup's manifest: what nobody may lose.
COUNTED = (
    *("member", "card", "receipt", "line", "import", "ledger", "coupon", "redemption", "adjustment"),
    *("draw", "month", "version"),
)
MOST_FAULTS = 100


class Figures(NamedTuple):
    """What a database holds and what waits."""

    members: int
    receipts: int
    open_conflicts: int
    set_aside: int
    due: int
    imported_at: str | None
    last_receipt: int | None
    recalculated_at: str | None
    recalculated_until: int | None
    closed_month: str | None
    last_till_total: int | None


def figures_of(connection: Connection) -> Figures:
    """The figures in one look."""
    return Figures(*connection.execute(FIGURES).fetchone())


def last_receipt_by(connection: Connection, day: int) -> int:
    """The last day with a receipt, until a day; 0 if there is none."""
    return int(connection.execute("SELECT coalesce(max(day), 0) FROM receipt WHERE gone = 0 AND day <= ?", (day,)).fetchone()[0])


def first_import_on(connection: Connection) -> int:
    """The day, by UTC, of the first import; 0 if there is none."""
    row = connection.execute("SELECT min(at) FROM import").fetchone()
    return day_from_iso(row[0][:10]) if row[0] else 0


def days_with_receipts(connection: Connection, first: int, last: int) -> list[int]:
    """The days of a time on which something was bought, in order."""
    select = "SELECT DISTINCT day FROM receipt WHERE gone = 0 AND day BETWEEN ? AND ? ORDER BY day"
    return [day for (day,) in connection.execute(select, (first, last))]


def shape_of(connection: Connection) -> int:
    """The number of the database's shape."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def counts_of(connection: Connection) -> dict[str, int]:
    """How many rows the tables have that a backup must bring back."""
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def read_anything(connection: Connection) -> None:
    """Read damaged texts, too, instead of giving up; what can not be read is shown as �."""
    connection.text_factory = lambda text: text.decode("utf-8", "replace")


def structure_faults(connection: Connection) -> list[str]:
    """What SQLite itself finds damaged."""
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({MOST_FAULTS})")]
    return [] if found == ["ok"] else found


def broken_links(connection: Connection) -> list[tuple[str, int | None, str]]:
    """Rows that name a row which is not there: table, row, the other table. Receipts of a chain lie elsewhere."""
    elsewhere = {"receipt"} if place_of(connection) else set()
    rows = connection.execute("PRAGMA foreign_key_check")
    return [(table, row, other) for table, row, other, _ in rows if other not in elsewhere]


def sqlite_release() -> str:
    """Which SQLite keeps the database."""
    return sqlite_version
