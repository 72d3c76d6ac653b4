"""Recalculations: when, through which day, what they posted, and whether they were taken back."""

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

TAKES = frozenset({"as-of", "dates", "limit"})

COLUMNS = (
    Column(name="run", heading="Run", kind="code"),
    Column(name="at", heading="At", kind="moment"),
    Column(name="through", heading="Through", kind="day"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="entries", heading="Entries", kind="count"),
    Column(name="taken_back", heading="Taken back", kind="moment"),
    Column(name="reason", heading="Reason"),
)

SELECT = """
SELECT CAST(r.id AS TEXT), r.at, nullif(r.until, 0), r.members, r.entries, t.at, t.reason
  FROM run r LEFT JOIN taken_back t ON t.run_id = r.id AND t.at < :by
 WHERE r.at >= :since AND r.at < :before
 ORDER BY r.id DESC
"""


def table(connection: Connection, question: Question) -> Table:
    """The runs, the latest first."""
    page = Page(
        name="runs",
        title=phrase("Recalculations"),
        basis=phrase("Days: {dates}, by the day of the run; a run that was taken back no longer counts.", dates=question.dates),
        empty=phrase("Nothing has been recalculated yet."),
    )
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, question.moments))
