"""The stores by name: what came in from each, and the names that it had before."""

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

TAKES = frozenset({"stores", "limit"})

COLUMNS = (
    Column(name="store", heading="Store"),
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="first", heading="First receipt", kind="day"),
    Column(name="last", heading="Last receipt", kind="day"),
    Column(name="total", heading="Total", kind="money", total=True),
    Column(name="before", heading="Names before"),
)

SELECT = """
SELECT store.name, count(receipt.id), min(receipt.day), max(receipt.day), coalesce(sum(receipt.total), 0),
       coalesce((SELECT group_concat(name, ', ') FROM (
         SELECT name FROM store AS was WHERE was.merged_into = store.id ORDER BY name)), '')
  FROM store LEFT JOIN receipt ON receipt.store_id = store.id AND receipt.gone = 0
 WHERE store.merged_into IS NULL AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 GROUP BY store.id
 ORDER BY store.name
"""


def table(connection: Connection, question: Question) -> Table:
    """The stores in the order of their names."""
    page = Page(
        name="stores",
        title=phrase("Stores"),
        basis=phrase("Every receipt that counts."),
        empty=phrase("Nothing has come from any store yet."),
        notes=[phrase("Another name: loyalty store rename OLD NEW. One store under two names: loyalty store merge FROM INTO.")],
    )
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, {"stores": question.stores_as_json}))
