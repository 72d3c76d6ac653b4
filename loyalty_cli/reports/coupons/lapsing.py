"""Coupons that can still be used and lapse in the next days: whom to remind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.coupons.register import left_on
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.coupons import LEFT
from loyalty_cli.store.coupons.coupons import NOT_USED_UP
from loyalty_cli.store.ledger.closed_standings import as_they_were
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "as-of", "dates", "days", "limit"})

COLUMNS = (
    Column(name="lapse_on", heading="Lapse on", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="coupon", heading="Coupon"),
    Column(name="code", heading="Code", kind="code"),
    Column(name="from", heading="From", kind="day"),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="discount", heading="Discount", kind="percent"),
)

WORTH = [column.name for column in COLUMNS].index("worth")
# Of another day, the books say which of them could be used then, and what was left of them.
SELECT = f"""
SELECT coupon.until_day, {CARD}, member.name, substr(asset.name, 8), coupon.code, coupon.from_day,
       json_extract({LEFT}, '$.worth'), json_extract(coupon.terms, '$.discount'), coupon.id
  FROM coupon JOIN member ON member.id = coupon.member_id
              JOIN asset ON asset.id = coupon.asset_id
 WHERE coupon.until_day BETWEEN :first AND :last AND (:another_day OR {NOT_USED_UP}
   AND coalesce((SELECT what FROM coupon_event WHERE coupon_id = coupon.id AND what <> 'used' ORDER BY id DESC LIMIT 1),
                'issued') IN ('issued', 'no longer owed'))
 ORDER BY coupon.until_day, member.name, coupon.id
"""


def table(connection: Connection, question: Question) -> Table:
    """The coupons in the order of their last day."""
    days = question.ahead
    page = Page(
        name="lapsing-coupons",
        title=phrase("Coupons that lapse soon"),
        basis=phrase("Last days: {dates}; not used up, withdrawn or void; a worth is what is left of it.", dates=days),
        empty=phrase("No coupons lapse on these days."),
    )
    day = question.as_of
    as_they_were(connection, question.today if day is None else day)
    found = rows_of(connection, SELECT, {"first": days.first, "last": days.last, "another_day": day is not None})
    if day is not None:
        left = left_on(connection, day)
        found = [(*row[:WORTH], None if row[WORTH] is None else left[row[-1]], *row[WORTH + 1 :]) for row in found if row[-1] in left]
    return tabled(question, page, COLUMNS, [row[:-1] for row in found])
