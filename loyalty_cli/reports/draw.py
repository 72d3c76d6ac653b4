"""The winners of a draw; until it is closed, its tickets by member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.phrase import phrase
from loyalty_cli.model.table import Column
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.model.table import Cell
    from loyalty_cli.model.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"draw", "limit"})

COLUMNS = (
    Column(name="place", heading="Place", kind="count"),
    Column(name="prize", heading="Prize"),
    Column(name="place_kind", heading="Drawn as", kind="word"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="ticket", heading="Ticket", kind="count"),
)
TICKET_COLUMNS = (
    Column(name="draw", heading="Draw"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="tickets", heading="Tickets", kind="count", total=True),
)

DRAW = """
SELECT id, name, first_day, last_day, tickets, entrants FROM draw
 WHERE run_at IS NOT NULL AND (:draw IS NULL OR name = :draw OR slug = :draw) ORDER BY id DESC LIMIT 1
"""
WINNERS = """
SELECT place, prize, CASE reserve WHEN 1 THEN 'reserve' ELSE 'winner' END,
       (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1),
       coalesce(member.name, ''), pseudonym, ticket
  FROM draw_winner LEFT JOIN member ON member.id = draw_winner.member_id
 WHERE draw_id = :draw
 ORDER BY place
"""
TICKETS = """
SELECT substr(asset.name, 8) AS draw,
       (SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1) AS first_card,
       member.name, sum(ledger.quantity) AS tickets
  FROM ledger JOIN asset ON asset.id = ledger.asset_id JOIN member ON member.id = ledger.member_id
 WHERE asset.name LIKE 'ticket:%' AND (:draw IS NULL OR asset.name = 'ticket:' || :draw)
 GROUP BY asset.name, ledger.member_id
HAVING sum(ledger.quantity) > 0
 ORDER BY draw, tickets DESC, first_card
"""


def table(connection: Connection, question: Question) -> Table:
    """The draw that was asked for, else the last one that was run, else the tickets there are."""
    drawn = rows_of(connection, DRAW, {"draw": question.draw})
    return winners(connection, question, drawn[0]) if drawn else tickets(connection, question)


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
    return tabled(question, page, COLUMNS, rows_of(connection, WINNERS, {"draw": draw}))


def tickets(connection: Connection, question: Question) -> Table:
    """The tickets so far; they are final when the draw is closed."""
    page = Page(
        name="draw",
        title=phrase("Draw tickets"),
        basis=basis_happened(question),
        empty=phrase("There are no tickets yet."),
        notes=[phrase("Tickets are final when the draw is closed: loyalty draw close")],
    )
    return tabled(question, page, TICKET_COLUMNS, rows_of(connection, TICKETS, {"draw": question.draw}))
