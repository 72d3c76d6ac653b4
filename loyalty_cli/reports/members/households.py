"""Households: whose cards count for whose account, since when, and what each has brought to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.members.households import CARD_OF
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"limit"})
COLUMNS = (
    Column(name="account", heading="Account", kind="code"),
    Column(name="account_name", heading="Name"),
    Column(name="points", heading="Points", kind="points"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="from", heading="From", kind="day"),
    Column(name="until", heading="Until", kind="day"),
    Column(name="receipts", heading="Receipts", kind="count", total=True),
    Column(name="spent", heading="Spent", kind="money", total=True),
)
# A receipt is a member's who joined if it is on a card of theirs.
SELECT = f"""
SELECT {CARD_OF.format(member="h.account_id")} AS account, a.name, coalesce(s.points, 0), {CARD_OF.format(member="h.member_id")}, m.name,
  h.from_day, h.until_day, count(r.id), coalesce(sum(r.total), 0)
FROM household h JOIN member a ON a.id = h.account_id JOIN member m ON m.id = h.member_id
LEFT JOIN standing s ON s.member_id = h.account_id
LEFT JOIN receipt r ON r.member_id = h.account_id AND r.gone = 0 AND r.day BETWEEN h.from_day AND coalesce(h.until_day, {NEVER})
  AND r.card_id IN (SELECT id FROM card WHERE member_id = h.member_id)
GROUP BY h.id ORDER BY 1, h.from_day, h.id
"""


def table(connection: Connection, question: Question) -> Table:
    """One row for each member who joined an account."""
    page = Page(
        name="households",
        title=phrase("Households"),
        basis=phrase("As the last recalculation left them."),
        empty=phrase("No members share an account; loyalty member household lets them."),
    )
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT))
