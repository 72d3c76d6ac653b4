"""Files brought in: what was read, new, known, set aside or in conflict, and whether it was reverted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.imports.of_stores import IS_OF
from loyalty_cli.reports.imports.of_stores import NAMED
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "dates", "stores", "limit"})

COLUMNS = (
    Column(name="id", heading="Import", kind="code"),
    Column(name="file", heading="File", kind="word"),
    Column(name="kind", heading="Kind", kind="word"),
    Column(name="at", heading="At", kind="moment"),
    Column(name="read", heading="Rows read", kind="count"),
    Column(name="set_aside", heading="Rows set aside", kind="count"),
    # Rows are counted to the left, to the right receipts, or the members, products … of a list.
    Column(name="counted", heading="Counted", kind="word"),
    Column(name="imported", heading="New", kind="count"),
    Column(name="known", heading="Known", kind="count"),
    Column(name="conflicts", heading="Conflicts", kind="count"),
    Column(name="total", heading="Total", kind="money"),
    Column(name="store", heading="Store"),
    Column(name="reverted", heading="Reverted", kind="moment"),
)

SELECT = f"""
WITH {NAMED}
SELECT CAST(id AS TEXT), iif(file LIKE 'by hand %', 'by hand', file), kind, at, rows_read, set_aside,
       iif(kind = 'purchases', 'receipts', kind),
       imported, known, conflicts, iif(kind = 'purchases' OR total <> 0, total, NULL),
       (SELECT group_concat(name, ', ') FROM (SELECT name FROM named WHERE import_id = import.id ORDER BY name)),
       iif(reverted_at < :by, reverted_at, NULL)
  FROM import
 WHERE at >= :since AND at < :before
   AND {IS_OF}
 ORDER BY id
"""


def table(connection: Connection, question: Question) -> Table:
    """The imports in their order."""
    page = Page(
        name="imports",
        title=phrase("Imports"),
        basis=phrase("Days: {dates}, by the day of the import; a reverted import no longer counts.", dates=question.dates),
        empty=phrase("Nothing has been imported yet. Bring in a till's export with: loyalty import purchases FILE"),
    )
    values = {**question.moments, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
