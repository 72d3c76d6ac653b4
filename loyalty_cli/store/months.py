"""Closing a month: what it holds, what is still open in it, and the hash by which it can be proven later."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.ledger.ledger import first_open_day
from loyalty_cli.store.settings import kept_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# The first line of the text that is hashed ends with the form's number, which a change of the form raises. Months keep theirs.
FORM = 2
# One JSON array for each row: names instead of our own numbers, days as dates. The first form had the row's number before it,
# and so depended on the order in which entries were posted.
ROW = "member_id, rule.name, cause_kind, cause_id, asset.name, quantity, date(effective_on), date(booked_on)"
FROM = "FROM ledger JOIN rule ON rule.id = rule_id JOIN asset ON asset.id = asset_id WHERE booked_on BETWEEN ? AND ?"
ROWS = {
    1: f"SELECT json_array(ledger.id, {ROW}) {FROM} ORDER BY ledger.id",
    2: f"SELECT json_array({ROW}) {FROM} ORDER BY {ROW}",
}
# Members whose replay is not up to date: none yet, an older version, new facts, or a day that has come.
WAITING = """
SELECT count(*) FROM member LEFT JOIN standing ON standing.member_id = member.id
  LEFT JOIN due ON due.member_id = member.id
WHERE standing.member_id IS NULL OR standing.version_id <> (SELECT max(id) FROM version)
   OR due.since <= :last OR standing.due_on <= :last
"""
OPEN_CONFLICTS = """
SELECT count(*) FROM conflict JOIN import ON import.id = conflict.import_id
  JOIN receipt ON receipt.id = conflict.receipt_id
WHERE conflict.decision IS NULL AND import.reverted_at IS NULL
  AND (receipt.day BETWEEN :first AND :last
       OR json_extract(conflict.incoming, '$.day') BETWEEN :first AND :last)
"""
# Rows of till files that wait, and the months from which each of their files brought receipts, or was imported in.
OPEN_ROWS = """
SELECT set_aside.id, import.id, set_aside.receipt, set_aside.row, julianday(date(import.at)) + 0.5
FROM set_aside JOIN import ON import.id = set_aside.import_id
WHERE import.reverted_at IS NULL AND import.kind = 'purchases'
AND set_aside.mended_by IS NULL AND set_aside.dropped_at IS NULL
"""
DAYS_OF_IMPORTS = """
SELECT import_id, day FROM receipt WHERE import_id IN (SELECT value FROM json_each(?)) GROUP BY import_id, day"""
# A till day is missing where a store sold nothing though it did on two of the last four such weekdays.
MISSING = """
WITH RECURSIVE days (day) AS (SELECT :first UNION ALL SELECT day + 1 FROM days WHERE day < :last),
sold AS MATERIALIZED (
  SELECT DISTINCT store_id, day FROM receipt WHERE gone = 0 AND day BETWEEN :first - 28 AND :last)
SELECT store.name, days.day FROM store CROSS JOIN days
WHERE NOT EXISTS (SELECT 1 FROM sold WHERE sold.store_id = store.id AND sold.day = days.day)
  AND (SELECT count(*) FROM sold WHERE sold.store_id = store.id
       AND sold.day IN (days.day - 7, days.day - 14, days.day - 21, days.day - 28)) >= 2
ORDER BY store.name, days.day
"""
# What the days before :closed took according to the receipts, less what is kept of them. A receipt that came, left or
# was replaced since a month was closed shows here, and is booked on the first day that was open.
KEEP_TURNOVER = """
INSERT INTO turnover (booked_on, store_id, day, receipts, sold, returned, by_members, selling)
SELECT max(day, :open), store_id, day, sum(receipts), sum(sold), sum(returned), sum(by_members), sum(selling) FROM (
  SELECT store_id, day, 1 AS receipts, total + returned AS sold, returned,
         iif(member_id IS NULL, 0, total + returned) AS by_members, total + returned > 0 AS selling
  FROM receipt WHERE gone = 0 AND day < :closed
  UNION ALL
  SELECT store_id, day, -receipts, -sold, -returned, -by_members, -selling FROM turnover)
GROUP BY store_id, day
HAVING sum(receipts) OR sum(sold) OR sum(returned) OR sum(by_members) OR sum(selling)
"""

# What an accountant's pack compares its tables with.
OWED_POINTS = """
SELECT sum(quantity) FROM ledger
WHERE asset_id IN (SELECT id FROM asset WHERE name IN ('points', 'pending') OR name LIKE 'wallet:%' OR name LIKE 'waiting:%')
  AND booked_on <= :last
"""
DEBTS = "SELECT coalesce(sum(debt), 0) FROM standing"
RECEIPTS_OF_DAYS = "SELECT sum(total) FROM receipt WHERE gone = 0 AND day BETWEEN :first AND :last"
LATE = """
SELECT substr(date(effective_on), 1, 7), asset.name, count(*), sum(max(quantity, 0)), sum(max(-quantity, 0))
  FROM ledger JOIN asset ON asset.id = asset_id
 WHERE booked_on BETWEEN :first AND :last AND effective_on < :first
 GROUP BY 1, 2 ORDER BY 1, 2
"""
FILES = "SELECT file, sha256, rows_read FROM import WHERE at >= ? AND at < ? AND reverted_at IS NULL ORDER BY id"


class ClosedMonth(NamedTuple):
    """A closed month as it was kept."""

    month: str
    first_open_day: int
    entries: int
    sha256: str


class OpenRow(NamedTuple):
    """A row that is set aside: whose it is (rows of one receipt share that), its text, its file's days of receipts."""

    receipt: tuple[int, int]
    text: str
    days: list[Day]
    imported_on: Day


def closed_months(connection: Connection) -> list[ClosedMonth]:
    """All closed months, in order."""
    rows = connection.execute("SELECT month, first_open_day, entries, sha256 FROM month ORDER BY month")
    return [ClosedMonth(*row) for row in rows]


def first_booked_day(connection: Connection) -> Day | None:
    """The day of the first entry; without any that of the first coupons made for whoever brings them, or None."""
    first = "SELECT coalesce((SELECT min(booked_on) FROM ledger), (SELECT min(issued_on) FROM coupon_batch))"
    day: Day | None = connection.execute(first).fetchone()[0]
    return day


def month_rows(connection: Connection, month: str, first: Day, last: Day, form: int = FORM) -> tuple[int, str]:
    """How many entries are booked in a month, and the SHA-256 of them as text.

    The text is UTF-8: the form and the month in the first line, then one line for each entry, LF after each.
    """
    digest = hashlib.sha256()
    count = -1
    for line in lines_of(connection, month, first, last, form):
        digest.update(f"{line}\n".encode())
        count += 1
    return count, digest.hexdigest()


def lines_of(connection: Connection, month: str, first: Day, last: Day, form: int = FORM) -> Iterator[str]:
    """The lines of that text."""
    yield f"loyalty month {form} {month}"
    for (row,) in connection.execute(ROWS[form], (first, last)):
        yield row


def form_of(connection: Connection, closed: ClosedMonth, first: Day, last: Day) -> int:
    """The form in which a month was closed; the present one where its rows are not what they were."""
    kept = closed.entries, closed.sha256
    return next((form for form in sorted(ROWS, reverse=True) if month_rows(connection, closed.month, first, last, form) == kept), FORM)


def rows_as_closed(connection: Connection, closed: ClosedMonth, first: Day, last: Day) -> tuple[int, str]:
    """How many entries a closed month has now, and their hash in the form in which it was closed."""
    return month_rows(connection, closed.month, first, last, form_of(connection, closed, first, last))


def lines_as_closed(connection: Connection, closed: ClosedMonth, first: Day, last: Day) -> Iterator[str]:
    """The lines of a closed month's text, in the form in which it was closed."""
    return lines_of(connection, closed.month, first, last, form_of(connection, closed, first, last))


def members_waiting(connection: Connection, last: Day) -> int:
    """How many members have to be recalculated before a day can be called done."""
    return int(connection.execute(WAITING, {"last": last}).fetchone()[0])


def open_conflicts_in(connection: Connection, first: Day, last: Day) -> int:
    """How many receipts of some days came back different and wait for a decision."""
    return int(connection.execute(OPEN_CONFLICTS, {"first": first, "last": last}).fetchone()[0])


def open_rows(connection: Connection) -> list[OpenRow]:
    """The rows of till files that are set aside."""
    rows = connection.execute(OPEN_ROWS).fetchall()
    days: dict[int, list[Day]] = {}
    for import_id, day in connection.execute(DAYS_OF_IMPORTS, (json.dumps(sorted({row[1] for row in rows})),)):
        days.setdefault(import_id, []).append(day)
    return [
        OpenRow((import_id, receipt or -id_), text, days.get(import_id, []), int(imported_on))
        for id_, import_id, receipt, text, imported_on in rows
    ]


def missing_till_days(connection: Connection, first: Day, last: Day) -> list[tuple[str, Day]]:
    """Stores and days without any receipt though the store used to sell on that weekday."""
    return connection.execute(MISSING, {"first": first, "last": last}).fetchall()


def close_month(connection: Connection, month: ClosedMonth, *, worth: int, at: str, by: str) -> None:
    """Keep a closed month and what a point was worth at its end (money x 1000); what is found out later is booked after it."""
    days = {"open": first_open_day(connection), "closed": month.first_open_day}
    connection.execute(KEEP_TURNOVER, days)
    connection.execute(
        "INSERT INTO month (month, closed_at, by, first_open_day, entries, sha256, point_worth) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (month.month, at, by, month.first_open_day, month.entries, month.sha256, worth),
    )
    connection.execute("INSERT INTO month_books (month, books, pack) VALUES (?, ?, '')", (month.month, kept_facts(connection).books))


def closed_at(connection: Connection, month: str) -> str:
    """The moment a month was closed; '' while it is open."""
    row = connection.execute("SELECT closed_at FROM month WHERE month = ?", (month,)).fetchone()
    return row[0] if row else ""


def debts(connection: Connection) -> int:
    """The points that members owe, as their standings have it: those of today, or of another day that is looked at."""
    return int(connection.execute(DEBTS).fetchone()[0])


def files_between(connection: Connection, since: str, before: str) -> list[tuple[str, str, int]]:
    """The files that came in between two moments: name, SHA-256, rows."""
    return connection.execute(FILES, (since, before)).fetchall()
