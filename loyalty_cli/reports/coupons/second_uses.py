"""Coupons that were used more than once, at tills without the database: each further use beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.used_again import USED_AGAIN
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "stores", "limit"})

COLUMNS = (
    Column(name="code", heading="Code", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="first_day", heading="First used", kind="day"),
    Column(name="first_store", heading="There"),
    Column(name="day", heading="Used again", kind="day"),
    Column(name="store", heading="Store"),
    Column(name="receipt", heading="Receipt", kind="code"),
    Column(name="amount", heading="It paid", kind="money", total=True),
    Column(name="file", heading="File"),
)

SELECT = f"""
SELECT used.code, used.name, used.first_day, there.name, used.day, store.name, used.receipt, used.amount, import.file
  FROM ({USED_AGAIN}) AS used LEFT JOIN store AS there ON there.id = used.first_store
       LEFT JOIN store ON store.id = used.store_id LEFT JOIN import ON import.id = used.import_id
 WHERE used.day BETWEEN :first AND :last
   AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 ORDER BY used.day, used.id
"""


def table(connection: Connection, question: Question) -> Table:
    """The further uses in their order."""
    page = Page(
        name="second-uses",
        title=phrase("Coupons used more than once"),
        short=phrase("Coupons used again"),
        basis=phrase("Days: {dates}, by the day of the further use.", dates=question.dates),
        empty=phrase("No coupon was used more than once."),
    )
    values = {**question.span, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
