"""Turnover by month and store, and how much of it members bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import LATE_OF
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "stores", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="store", heading="Store"),
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="sales", heading="Sales", kind="money", total=True),
    Column(name="returned", heading="Returned", kind="money", total=True),
    Column(name="net", heading="Net", kind="money", total=True),
    Column(name="members_share", heading="Members' share", kind="percent"),
    Column(name="average", heading="Average receipt", kind="money"),
    LATE_OF,
)

# Sales are what was rung up before the same receipt took something back. Closed months show what was kept of them when
# they were closed; what has come, left or changed since is booked on the first open day, and grouped by its own month.
SELECT = f"""
WITH open (since) AS (SELECT coalesce(max(first_open_day), 0) FROM month),
taken AS (
  SELECT booked_on, day, store_id, receipts, sold, returned, by_members, selling FROM turnover
   WHERE booked_on BETWEEN :first AND :last
  UNION ALL
  SELECT max(day, since), day, store_id, 1, total + returned, returned,
         iif(member_id IS NULL, 0, total + returned), total + returned > 0
    FROM open CROSS JOIN receipt
   WHERE gone = 0 AND since <= :last AND max(day, since) BETWEEN :first AND :last
  UNION ALL
  SELECT since, day, store_id, -receipts, -sold, -returned, -by_members, -selling
    FROM open CROSS JOIN turnover WHERE since BETWEEN :first AND :last
)
SELECT substr(date(booked_on), 1, 7) AS month, store.name AS store, sum(receipts), sum(sold), sum(returned),
       sum(sold) - sum(returned), CAST(round({WHOLE}.0 * sum(by_members) / nullif(sum(sold), 0)) AS INTEGER),
       (2 * sum(sold) + sum(selling)) / nullif(2 * sum(selling), 0),
       nullif(substr(date(day), 1, 7), substr(date(booked_on), 1, 7)) AS late
  FROM taken JOIN store ON store.id = store_id
 WHERE :stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores))
 GROUP BY month, store, late
HAVING sum(receipts) OR sum(sold) OR sum(returned)
 ORDER BY month, store, late
"""


def table(connection: Connection, question: Question) -> Table:
    """The months in order, the stores by name."""
    page = Page(
        name="activity",
        title=phrase("Turnover by month and store"),
        short=phrase("Turnover"),
        basis=basis_booked(question),
        empty=phrase("There are no purchases on these days."),
        notes=[
            phrase("A return counts on its own day. What came to light after its month was closed has a line of its own."),
            phrase("Members' share is of sales. The average is of receipts that sold something."),
        ],
    )
    values = {**question.span, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
