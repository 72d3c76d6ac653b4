"""Every coupon with its code, its owner, how long it holds and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.coupons import state_of
from loyalty_cli.store.ledger.closed_standings import as_they_were
from loyalty_cli.store.months import closed_at
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
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

# The last event until a day is the state, and only uses until then count: of a closed month what was known when it was closed.
# Kept apart, these would have no index, and each voucher would look at all uses.
SELECT = f"""
WITH latest AS (
  SELECT coupon_id, what, max(id) FROM coupon_event WHERE day <= :through AND at <= :known GROUP BY coupon_id
),
redemption AS NOT MATERIALIZED (SELECT id, coupon_id, amount FROM main.redemption WHERE day <= :through AND at <= :known),
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
 WHERE coupon.issued_on BETWEEN :first AND :last AND (latest.what IS NOT NULL OR :known = '~')
 ORDER BY coupon.issued_on, coupon.id
"""


def table(connection: Connection, question: Question) -> Table:
    """The coupons in the order of their issue, as they were at the end of the days asked for."""
    day = question.day if question.day is not None and question.day < question.today else None
    known = known_until(connection, day)
    page = Page(
        name="coupons",
        title=phrase("Coupons"),
        basis=basis(question, day, as_closed=bool(known)),
        empty=phrase("No coupons were issued on these days. They are issued by: loyalty coupons issue"),
    )
    if known and day is not None:
        as_they_were(connection, day)
    days = {
        **question.span,
        "today": question.today if day is None else day,
        "through": NEVER if day is None else day,
        "known": known or "~",
    }
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, days))


def known_until(connection: Connection, day: Day | None) -> str:
    """When the month was closed that a day ends; '' of any other day, and of an open month."""
    month = month_of(day) if day is not None else ""
    return closed_at(connection, month) if month and span_of_month(month)[1] == day else ""


def basis(question: Question, day: Day | None, *, as_closed: bool) -> Phrase:
    """Which coupons these are, and of when their state is."""
    if as_closed:
        return phrase("Days: {dates}, by the day of issue; what had become of them when the month was closed.", dates=question.dates)
    if day is None:
        return phrase("Days: {dates}, by the day of issue; what became of them by what is known now.", dates=question.dates)
    text = "Days: {dates}, by the day of issue; what had become of them by the end of {day}, by what is known now."
    return phrase(text, dates=question.dates, day=OnDay(day))
