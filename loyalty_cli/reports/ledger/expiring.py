"""Whose points lapse in the next days, and what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "as-of", "days", "limit"})

COLUMNS = (
    Column(name="lapse_on", heading="Lapse on", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="lapsing", heading="Points lapsing", kind="points", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="points", heading="Points now", kind="points"),
    Column(name="last_visit", heading="Last visit", kind="day"),
)

SELECT = """
SELECT standing.lapse_on,
       (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name, standing.lapsing, (standing.lapsing * :worth + 500) / 1000, standing.points,
       standing.last_on
  FROM standing JOIN member ON member.id = standing.member_id
 WHERE standing.lapsing > 0 AND standing.lapse_on BETWEEN :first AND :last
 ORDER BY standing.lapse_on, standing.lapsing DESC, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """The members in the order of the day on which they lose points."""
    start = question.as_of if question.as_of is not None else question.today
    last = start + question.days
    page = Page(
        name="expiring",
        title=phrase("Points that lapse soon"),
        basis=phrase("Days: {dates}; the next lot of each member.", dates=Dates(first=start, last=last)),
        empty=phrase("No points lapse on these days."),
    )
    found = rows_of(connection, SELECT, {"first": start, "last": last, "worth": question.shop.point_worth})
    return tabled(question, page, COLUMNS, found)
