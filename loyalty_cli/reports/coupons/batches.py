"""Coupons printed for whoever brings them: of each batch how many there are, how many were used, and what they paid."""

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

TAKES = frozenset({"dates", "limit"})
BASIS = "Days: {dates}, by the day on which they were made; what became of them by what is known now."

COLUMNS = (
    Column(name="key", heading="Batch", kind="code"),
    Column(name="coupon", heading="Coupon"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="made", heading="Made", kind="count", total=True),
    Column(name="used", heading="Used", kind="count", total=True),
    Column(name="void", heading="Void", kind="count", total=True),
    Column(name="paid", heading="They paid", kind="money", total=True),
)

SELECT = """
SELECT batch.key, batch.name, batch.from_day, batch.until_day,
       (SELECT count(*) FROM bearer_coupon WHERE batch_id = batch.id),
       (SELECT count(DISTINCT coupon_id) FROM bearer_use JOIN bearer_coupon AS own ON own.id = bearer_use.coupon_id
         WHERE own.batch_id = batch.id),
       (SELECT count(*) FROM bearer_coupon WHERE batch_id = batch.id AND voided_at IS NOT NULL),
       (SELECT coalesce(sum(amount), 0) FROM bearer_use JOIN bearer_coupon AS own ON own.id = bearer_use.coupon_id
         WHERE own.batch_id = batch.id)
  FROM coupon_batch AS batch
 WHERE batch.issued_on BETWEEN :first AND :last
 ORDER BY batch.issued_on, batch.id
"""


def table(connection: Connection, question: Question) -> Table:
    """The batches in the order in which they were made."""
    page = Page(
        name="coupon-batches",
        title=phrase("Coupons for whoever brings them"),
        basis=phrase(BASIS, dates=question.dates),
        empty=phrase("No such coupons were made on these days."),
    )
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, question.span))
