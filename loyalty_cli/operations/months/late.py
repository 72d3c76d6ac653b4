"""What a month booked that belongs to days before it: facts that came after their own month was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.months import LATE
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.database import Connection

COLUMNS = (
    Column(name="of_month", heading="Of month", kind="month"),
    Column(name="asset", heading="Of what", kind="posted"),
    Column(name="entries", heading="Entries", kind="count", total=True),
    Column(name="more", heading="More", kind="count"),
    Column(name="less", heading="Less", kind="count"),
)


def late(connection: Connection, question: Question) -> Table:
    """Entries of earlier months that are booked on these days, by the month they belong to."""
    page = Page(
        name="late",
        title=phrase("Booked late"),
        basis=basis_booked(question),
        empty=phrase("Everything that was booked belongs to these days."),
        notes=[phrase("A closed month does not change; what comes later is booked on the first day that is open.")],
    )
    return tabled(question, page, COLUMNS, rows_of(connection, LATE, question.span))
