"""What was done by hand, and what was redeemed: by whom, why, and the number by which `revert` undoes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.own_reasons import kept_reason
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.first_card import CARD_OF
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import DETAIL
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit"})

COLUMNS = (
    Column(name="number", heading="No.", kind="count"),
    Column(name="day", heading="Day", kind="day"),
    Column(name="what", heading="What", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="detail", heading="Detail", kind="posted"),
    Column(name="by", heading="By", kind="said"),
    Column(name="reason", heading="Reason", kind="said"),
    Column(name="undone", heading="Undone by", kind="count"),
)

SELECT = f"""
SELECT h.id, h.day, h.what, {CARD_OF.format(member="h.member_id")},
  {DETAIL},
  h.by, h.reason, (SELECT u.id FROM by_hand u WHERE u.reverts = h.id)
FROM by_hand h WHERE h.day BETWEEN :first AND :last ORDER BY h.id
"""


def table(connection: Connection, question: Question) -> Table:
    """In the order in which it was done."""
    page = Page(
        name="by-hand",
        title=phrase("Done by hand"),
        basis=phrase("Days: {dates}, by the day for which it was done; what comes late changes closed months, too.", dates=question.dates),
        empty=phrase("Nothing was done by hand."),
    )
    rows = [
        (*first, kept_reason(str(by)), kept_reason(str(reason)), undone)
        for *first, by, reason, undone in rows_of(connection, SELECT, question.span)
    ]
    return tabled(question, page, COLUMNS, rows)
