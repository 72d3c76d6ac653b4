"""Receipts that came back different from what was imported first; nothing changes until someone decides."""

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

TAKES = frozenset({"as-of", "dates", "stores", "limit"})

COLUMNS = (
    Column(name="id", heading="Conflict", kind="code"),
    Column(name="store", heading="Store"),
    Column(name="receipt", heading="Receipt", kind="code"),
    Column(name="day", heading="Day", kind="day"),
    Column(name="total", heading="Counted now", kind="money"),
    Column(name="decision", heading="Decision", kind="word"),
    Column(name="import", heading="Import", kind="code"),
    Column(name="line", heading="Line", kind="code"),
    Column(name="file", heading="File"),
    Column(name="new_day", heading="New day", kind="day"),
    Column(name="new_total", heading="New total", kind="money"),
    Column(name="new_card", heading="New card", kind="code"),
    Column(name="new_lines", heading="New lines", kind="count"),
    Column(name="decided", heading="Decided", kind="moment"),
    Column(name="by", heading="By"),
)

SELECT = """
SELECT CAST(conflict.id AS TEXT), store.name, receipt.number, receipt.day, receipt.total,
       CASE WHEN conflict.decided_at < :by THEN conflict.decision
            WHEN import.reverted_at < :by THEN 'reverted' ELSE 'open' END AS state,
       CAST(conflict.import_id AS TEXT), CAST(conflict.line AS TEXT),
       import.file, conflict.incoming ->> '$.day', conflict.incoming ->> '$.total',
       nullif(conflict.incoming ->> '$.card', ''), json_array_length(conflict.incoming, '$.lines'),
       iif(conflict.decided_at < :by, conflict.decided_at, NULL) AS decided,
       iif(conflict.decided_at < :by, conflict.by, NULL)
  FROM conflict JOIN receipt ON receipt.id = conflict.receipt_id
                JOIN import ON import.id = conflict.import_id
                LEFT JOIN store ON store.id = receipt.store_id
 WHERE import.at >= :since AND import.at < :before
   AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 ORDER BY decided IS NOT NULL, conflict.id
"""


def table(connection: Connection, question: Question) -> Table:
    """Those that wait for a decision first."""
    page = Page(
        name="conflicts",
        title=phrase("Receipts that came back different"),
        short=phrase("Conflicts"),
        basis=phrase("Days: {dates}, by the day of the import.", dates=question.dates),
        notes=[phrase("Decide each with: loyalty import conflicts")],
        empty=phrase("No receipt came back different."),
    )
    values = {**question.moments, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
