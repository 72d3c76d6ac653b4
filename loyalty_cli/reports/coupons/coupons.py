"""Every coupon with its code, its owner, how long it holds and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.coupons import state_of
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="code", heading="Code", kind="code"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="coupon", heading="Coupon"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="state", heading="State", kind="word"),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="discount", heading="Discount", kind="percent"),
)

# The last event until a day is the state, and only uses until then count. Kept apart, these would have no index, and each
# voucher would look at all uses.
SELECT = f"""
WITH latest AS (
  SELECT coupon_id, what, max(id) FROM coupon_event WHERE day <= :as_of GROUP BY coupon_id
),
redemption AS NOT MATERIALIZED (SELECT id, coupon_id, amount FROM main.redemption WHERE day <= :as_of),
further_use AS NOT MATERIALIZED (SELECT coupon_id, redemption_id FROM main.further_use WHERE redemption_id IN (SELECT id FROM redemption))
SELECT coupon.code,
       (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name,
       substr(asset.name, 8),
       coupon.from_day,
       coupon.until_day,
       {state_of("coalesce(latest.what, 'issued')")} AS state,
       json_extract(coupon.terms, '$.worth'),
       json_extract(coupon.terms, '$.discount')
  FROM coupon JOIN member ON member.id = coupon.member_id
              JOIN asset ON asset.id = coupon.asset_id
              LEFT JOIN latest ON latest.coupon_id = coupon.id
 WHERE coupon.issued_on BETWEEN :first AND :last
 ORDER BY coupon.issued_on, coupon.id
"""


def table(connection: Connection, question: Question) -> Table:
    """The coupons in the order of their issue."""
    page = Page(
        name="coupons",
        title=phrase("Coupons"),
        basis=phrase("Days: {dates}, by the day of issue; what became of them by what is known now.", dates=question.dates),
        empty=phrase("No coupons were issued on these days. They are issued by: loyalty coupons issue"),
    )
    days = {
        **question.span,
        "today": question.as_of if question.as_of is not None else question.today,
        "as_of": question.as_of if question.as_of is not None else NEVER,
    }
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, days))
