"""A draw: its winners and what became of the prizes; before, its tickets as they are or were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.papers.winners import WON
from loyalty_cli.model.days import Dates
from loyalty_cli.model.kept_draw import state_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.program.as_read import program_kept
from loyalty_cli.reports.draws.before import frozen
from loyalty_cli.reports.draws.before import preview
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.draws.life import places
from loyalty_cli.store.reading import rows_of
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.model.kept_draw import KeptPlace
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"draw", "limit"})

COLUMNS = (
    *WON,
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="ticket", heading="Ticket", kind="count"),
    Column(name="state", heading="State", kind="word"),
    Column(name="claimed_on", heading="Decided on", kind="day"),
    Column(name="handed_over_on", heading="Handed over", kind="day"),
)

DRAW = """
SELECT id, name, first_day, last_day, tickets, entrants, run_at FROM draw
 WHERE :draw IS NULL OR name = :draw OR slug = :draw ORDER BY run_at IS NULL, closed_at DESC, id DESC LIMIT 1
"""


def table(connection: Connection, question: Question) -> Table:
    """The draw that was asked for, else the last one that was drawn or closed, else the tickets there are."""
    kept = rows_of(connection, DRAW, {"draw": question.draw})
    if not kept:
        versions = versions_in_force(connection)
        return preview(connection, question, program_kept(versions[-1].source, versions[-1].form) if versions else None)
    *drawn, run_at = kept[0]
    if run_at is None:
        return frozen(connection, question, int(drawn[0] or 0), str(drawn[1]))
    return winners(connection, question, tuple(drawn))


def winners(connection: Connection, question: Question, drawn: tuple[Cell, ...]) -> Table:
    """The places in order, reserves last."""
    draw, name, first, last, count, entrants = drawn
    page = Page(
        name="draw",
        title=phrase("Winners of {draw}", draw=name),
        basis=phrase(
            "Tickets of {dates}. Tickets: {tickets}, members: {entrants}.",
            dates=Dates(first=int(first or 0), last=int(last or 0)),
            tickets=count,
            entrants=entrants,
        ),
        empty=phrase("The draw had no winners."),
    )
    return tabled(question, page, COLUMNS, [row_of(one) for one in places(connection, int(draw or 0))])


def row_of(one: KeptPlace) -> tuple[Cell, ...]:
    """A place with who has won it and what became of it."""
    return (
        one.place,
        one.prize,
        "reserve" if one.reserve else "winner",
        one.card,
        one.name,
        one.pseudonym,
        one.ticket,
        state_of(one),
        one.claimed_on or None,
        one.handed_over_on or None,
    )
