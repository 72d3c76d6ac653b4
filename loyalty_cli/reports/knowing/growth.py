"""Members who are new, came again, came back, pause, sleep or are lost, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.growth import growth
from loyalty_cli.model.shown.phrase import InMonth
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.visits import month_number
from loyalty_cli.reports.visits import month_of_number

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="new", heading="New", kind="count", total=True),
    Column(name="again", heading="Came again", kind="count"),
    Column(name="back", heading="Came back", kind="count", total=True),
    Column(name="active", heading="Active", kind="count"),
    Column(name="paused", heading="Paused", kind="count"),
    Column(name="sleeping", heading="Sleeping", kind="count"),
    Column(name="lost", heading="Lost", kind="count"),
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order, from the first purchase of a member on; the last one may be running."""
    found = known(connection, question)
    months = [{month_number(day) for day in each.days} for each in found.visits.values()] if found else []
    course = growth(months, month_number(found.last)) if found else []
    rows: list[tuple[Cell, ...]] = [
        (month_of_number(each.month), each.new, each.again, each.back, each.new + each.again + each.back, *each[4:]) for each in course
    ]
    said = [
        phrase(
            "Members who bought in {month}: {active}, of them for the first time: {new}; sleeping: {sleeping}, lost: {lost}.",
            month=InMonth(str(row[0])),
            active=row[4],
            new=row[1],
            sleeping=row[6],
            lost=row[7],
        )
        for row in rows[-1:]
    ]
    page = Page(
        name="growth",
        title=phrase("How the club grows"),
        basis=through(found),
        empty=nothing(),
        notes=[
            *said,
            phrase(
                "Paused: no purchase in this month and at most the one before; sleeping: in three months or more; lost: in twelve. "
                "Came back: after three months or more without one."
            ),
        ],
    )
    return tabled(question, page, COLUMNS, rows)
