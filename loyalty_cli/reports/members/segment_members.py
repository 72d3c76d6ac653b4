"""The members of each segment, or of one: since when they belong to it, and how long they have been away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reading.problems import did_you_mean
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.members.segments import STEPS
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.members.households import OF_ACCOUNT
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "about", "limit"})
COLUMNS = (
    Column(name="segment", heading="Segment"),
    Column(name="since", heading="Since", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="turnover", heading="Turnover", kind="money"),
)
SELECT = f"""
WITH step AS ({STEPS}),
belongs AS (
  SELECT member_id, segment, max(CASE WHEN by > 0 THEN day END) AS since FROM step
   WHERE :segment IN ('', segment) GROUP BY member_id, segment HAVING sum(by) > 0
),
bought AS (
  SELECT belonging.member_id, max(CASE WHEN total > 0 THEN day END) AS last_on, sum(total) AS money
    FROM (SELECT DISTINCT member_id FROM belongs) AS belonging
    JOIN receipt ON receipt.member_id IN ({OF_ACCOUNT.format(account="belonging.member_id")}) AND gone = 0 AND day <= :last
   GROUP BY belonging.member_id
)
SELECT belongs.segment, belongs.since,
       (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name, bought.last_on, coalesce(bought.money, 0)
  FROM belongs JOIN member ON member.id = belongs.member_id LEFT JOIN bought ON bought.member_id = member.id
 ORDER BY belongs.segment, belongs.since DESC, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """Segment by segment, whoever entered last first."""
    day = question.day if question.day is not None else question.today
    page = Page(
        name="segment-members",
        title=phrase("Members by segment"),
        basis=phrase("On the morning of {day}, by what is known now.", day=OnDay(day)),
        empty=phrase("Nobody belongs to it.") if question.about else phrase("Nobody belongs to a segment."),
    )
    found = list(rows_of(connection, SELECT, {"last": question.span["last"], "day": last_day(question), "segment": question.about or ""}))
    known = json.loads(question.shop.segments or "{}")
    # Whom a segment had that the program no longer has is still asked for by its name.
    if question.about and question.about not in known and not found:
        raise LoyaltyError("{key} is not known here.", key=question.about, hint=did_you_mean(question.about, known))
    return tabled(question, page, COLUMNS, found)
