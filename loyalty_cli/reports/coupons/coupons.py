"""Every coupon with its code, its owner, how long it holds and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.coupons.register import standing
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.bookings import coupons_booked
from loyalty_cli.store.coupons.coupons import state_of
from loyalty_cli.store.ledger.closed_standings import as_they_were
from loyalty_cli.store.months import closed_at
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
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
       json_extract(coupon.terms, '$.discount'),
       coupon.id
  FROM coupon JOIN member ON member.id = coupon.member_id
              JOIN asset ON asset.id = coupon.asset_id
              LEFT JOIN latest ON latest.coupon_id = coupon.id
 WHERE coupon.issued_on BETWEEN :first AND :last AND (latest.what IS NOT NULL OR :known = '~')
 ORDER BY coupon.issued_on, coupon.id
"""


STATE = [column.name for column in COLUMNS].index("state")
# Coupons of which a use was undone, and those on which goods that came back put something: either may have been used up before.
GIVEN_BACK = """
SELECT used.detail ->> 'coupon' FROM by_hand AS told JOIN by_hand AS used ON used.id = told.reverts WHERE used.what = 'redeem'
UNION SELECT coupon.id FROM asset JOIN coupon ON asset.name = 'voucher:' || coupon.code WHERE asset.name GLOB 'voucher:*'
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
    found = rows_of(connection, SELECT, days)
    if day is not None:
        found = used_then(connection, found, day)
    return tabled(question, page, COLUMNS, [row[:-1] for row in found])


def used_then(connection: Connection, found: list[tuple[Cell, ...]], day: Day) -> list[tuple[Cell, ...]]:
    """The rows; what the books say was used up at the end of a day was used then, though something was given back since."""
    given_back = {number for (number,) in connection.execute(GIVEN_BACK)}.intersection(row[-1] for row in found)
    if not given_back:
        return found
    coupons, moves = coupons_booked(connection, {str(row[3]) for row in found if row[-1] in given_back})
    used = {number for number in given_back if standing(coupons[number], moves[number], day).state == "used"}
    return [
        (*row[:STATE], "used", *row[STATE + 1 :]) if row[-1] in used and row[STATE] in {"used in part", "lapsed"} else row for row in found
    ]


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
