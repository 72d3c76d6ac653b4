"""Gifts handed out and brought back month by month, and what they cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import closed_and_late
from loyalty_cli.reports.as_closed import LATE_MEANS
from loyalty_cli.reports.as_closed import LATE_OF
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.gifts import MOVES_BY_MONTH
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="gift", heading="Gift"),
    Column(name="handed_out", heading="Handed out", kind="count", total=True),
    Column(name="brought_back", heading="Brought back", kind="count", total=True),
    Column(name="cost", heading="Cost", kind="money", total=True),
    LATE_OF,
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order, the gifts of each by name."""
    page = Page(
        name="gifts-by-month",
        title=phrase("Gifts by month"),
        basis=basis_booked(question),
        empty=phrase("No gift was handed out on these days."),
        notes=[phrase("Each gift at what it cost when it was handed out; what was brought back is taken off."), LATE_MEANS],
    )
    found = closed_and_late(connection, question, "gifts-by-month", COLUMNS, lambda asked: rows_of(connection, MOVES_BY_MONTH, asked.span))
    return tabled(question, page, COLUMNS, found)
