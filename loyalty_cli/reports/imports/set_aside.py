"""Rows of exports that could not be read, with their line and the reason."""

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
    Column(name="import", heading="Import", kind="code"),
    Column(name="file", heading="File"),
    Column(name="line", heading="Line", kind="code"),
    Column(name="reason", heading="Reason", kind="said"),
    Column(name="row", heading="Row"),
)

SELECT = f"""
WITH {NAMED}
SELECT CAST(set_aside.import_id AS TEXT), import.file, CAST(set_aside.line AS TEXT), set_aside.reason,
       set_aside.row
  FROM set_aside JOIN import ON import.id = set_aside.import_id
                 LEFT JOIN import AS mending ON mending.id = set_aside.mended_by
 WHERE import.at >= :since AND import.at < :before
   AND coalesce(import.reverted_at, '~') >= :by AND coalesce(set_aside.dropped_at, '~') >= :by
   AND coalesce(mending.at, '~') >= :by
   AND {IS_OF}
 ORDER BY set_aside.import_id, set_aside.line
"""


def table(connection: Connection, question: Question) -> Table:
    """The rows in the order of their files."""
    page = Page(
        name="set-aside",
        title=phrase("Rows set aside"),
        basis=phrase("Days: {dates}, by the day of the import.", dates=question.dates),
        notes=[phrase("Mend them in set-aside/ and import that file, or leave them: loyalty import rejects ID --drop LINE")],
        empty=phrase("No row was set aside."),
    )
    values = {**question.moments, "stores": question.stores_as_json}
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, values))
