"""Rows of exports that could not be read and still wait, with their line and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import end_of
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit", "stores"})

COLUMNS = (
    Column(name="import", heading="Import", kind="code"),
    Column(name="file", heading="File"),
    Column(name="line", heading="Line", kind="code"),
    Column(name="reason", heading="Reason", kind="said"),
    Column(name="row", heading="Row"),
)

SELECT = """
SELECT CAST(set_aside.import_id AS TEXT), import.file, CAST(set_aside.line AS TEXT), set_aside.reason,
       set_aside.row
  FROM set_aside JOIN import ON import.id = set_aside.import_id LEFT JOIN import mend ON mend.id = set_aside.mended_by
 WHERE import.at < :end AND coalesce(import.reverted_at, :end) >= :end
   AND coalesce(mend.at, :end) >= :end AND coalesce(set_aside.dropped_at, :end) >= :end
   AND (:stores = '[]' OR import.store IN (SELECT value FROM json_each(:stores)))
 ORDER BY set_aside.import_id, set_aside.line
"""


def table(connection: Connection, question: Question) -> Table:
    """The rows in the order of their files."""
    day = question.as_of
    page = Page(
        name="set-aside",
        title=phrase("Rows set aside"),
        basis=phrase("Those that waited at the end of {day}, by the days of the imports.", day=OnDay(day))
        if day is not None
        else phrase("Mend them in set-aside/ and import that file, or leave them: loyalty import rejects ID --drop LINE"),
        empty=phrase("No row was set aside."),
    )
    # Later than any moment that is kept, where no day was asked for.
    end = end_of(day, question.shop.timezone) if day is not None else "9999"
    return tabled(question, page, COLUMNS, rows_of(connection, SELECT, {"stores": question.stores_as_json, "end": end}))
