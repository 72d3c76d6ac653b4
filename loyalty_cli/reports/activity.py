"""Turnover by month and store, and how much of it members bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
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
)

# total is net of what the same receipt took back; sales are what was rung up before that.
SELECT = """
WITH sale AS (
  SELECT substr(date(receipt.day), 1, 7) AS month, store.name AS store, receipt.member_id,
         receipt.total + receipt.returned AS sold, receipt.returned, receipt.total
    FROM receipt LEFT JOIN store ON store.id = receipt.store_id
   WHERE receipt.gone = 0 AND receipt.day BETWEEN :first AND :last
     AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
)
SELECT month, store, count(*), sum(sold), sum(returned), sum(total),
       CAST(round(10000.0 * sum(iif(member_id IS NULL, 0, sold)) / nullif(sum(sold), 0)) AS INTEGER),
       (2 * sum(sold) + sum(sold > 0)) / nullif(2 * sum(sold > 0), 0)
  FROM sale
 GROUP BY month, store
 ORDER BY month, store
"""


def table(connection: Connection, question: Question) -> Table:
    """The months in order, the stores by name."""
    page = Page(
        name="activity",
        title=phrase("Turnover by month and store"),
        basis=phrase(
            "Days: {dates}, by the day of the purchase; a return counts on its own day.", dates=question.dates
        ),
        empty=phrase("There are no purchases on these days."),
        notes=[phrase("Members' share is of sales. The average is of receipts that sold something.")],
    )
    values = {**question.span, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
