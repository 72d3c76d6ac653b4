"""What members said in their own words, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.feedback.answers import COUNTS
from loyalty_cli.store.feedback.answers import VISIT
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "limit", "stores"})
COLUMNS = (
    Column(name="day", heading="Day", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="score", heading="Score", kind="count"),
    Column(name="store", heading="Store"),
    Column(name="cashier", heading="Cashier"),
    Column(name="text", heading="Text"),
)
SELECT = f"""
WITH opinion AS (
  SELECT f.id, f.member_id, f.day, f.score, f.text, f.store_id, {VISIT} AS visit FROM {COUNTS}
  WHERE f.text <> '' AND f.day BETWEEN :first AND :last)
SELECT o.day, (SELECT number FROM card WHERE member_id = o.member_id ORDER BY id LIMIT 1), o.score, coalesce(s.name, ''),
  coalesce(d.cashier, ''), o.text
FROM opinion AS o LEFT JOIN receipt AS r ON r.id = o.visit LEFT JOIN store AS s ON s.id = coalesce(r.store_id, o.store_id)
  LEFT JOIN desk AS d ON d.id = r.desk_id
WHERE :stores = '[]' OR s.name IN (SELECT value FROM json_each(:stores))
ORDER BY o.day DESC, o.id DESC
"""


def table(connection: Connection, question: Question) -> Table:
    """One row for each answer with words."""
    page = Page(
        name="opinions",
        title=phrase("In members' own words"),
        basis=basis_happened(question),
        empty=phrase("Nobody has said anything in words."),
    )
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, {**question.span, "stores": question.stores_as_json}))
