"""The tickets of draws before their numbers are known: as they would be frozen now, or as they were frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.draws.of_program import rules_from
from loyalty_cli.draws.reasons import reason_said
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import waiting_said
from loyalty_cli.store.draws.entrants import find_holders
from loyalty_cli.store.draws.entrants import left_out
from loyalty_cli.store.draws.ranking import find_scores
from loyalty_cli.store.draws.ranking import score_of_a_row
from loyalty_cli.store.ledger.due import members_due
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.program.program import Program
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

DRAW = Column(name="draw", heading="Draw")
CARD = Column(name="card", heading="Card", kind="code")
NAME = Column(name="name", heading="Name")
TICKETS = Column(name="tickets", heading="Tickets", kind="count", total=True)
TICKET_COLUMNS = (DRAW, CARD, NAME, TICKETS)
SCORE_COLUMNS = (DRAW, CARD, NAME, Column(name="score", heading="Score", kind="code"))
FROZEN_COLUMNS = (
    CARD,
    NAME,
    Column(name="pseudonym", heading="Number on the list", kind="code"),
    Column(name="first", heading="First ticket", kind="count"),
    Column(name="last", heading="Last ticket", kind="count"),
    TICKETS,
    Column(name="void", heading="Void", kind="count", total=True),
)
NOW = "9999"
"""A moment after everything that has happened."""

CARD_OF = "(SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1)"
ENTERS = f"""
SELECT :draw, coalesce({CARD_OF}, member.number, '') AS first_card, coalesce(member.name, ''), {{shown}}
  FROM holder JOIN member ON member.id = holder.member_id WHERE reason = ''
 ORDER BY holder.tickets DESC, first_card, member.id
"""
# Tickets that are there although no program names their draw.
OF_NO_PROGRAM = f"""
SELECT substr(asset.name, 8) AS draw, {CARD_OF} AS first_card, member.name, sum(ledger.quantity) AS tickets
  FROM ledger JOIN asset ON asset.id = ledger.asset_id JOIN member ON member.id = ledger.member_id
 WHERE asset.name LIKE 'ticket:%' AND (:draw IS NULL OR asset.name = 'ticket:' || :draw)
 GROUP BY asset.name, ledger.member_id
HAVING sum(ledger.quantity) > 0
 ORDER BY draw, tickets DESC, first_card
"""
FROZEN = f"""
SELECT coalesce({CARD_OF}, member.number, ''), coalesce(member.name, ''), pseudonym, last - tickets + 1, last, tickets,
       (SELECT count(*) FROM draw_void WHERE draw_id = :draw AND ticket BETWEEN last - tickets + 1 AND last)
  FROM (SELECT member_id, pseudonym, tickets, sum(tickets) OVER (ORDER BY pseudonym) AS last
          FROM draw_entrant WHERE draw_id = :draw) AS entrant
  LEFT JOIN member ON member.id = entrant.member_id
 ORDER BY last
"""


def preview(connection: Connection, question: Question, program: Program | None) -> Table:
    """Who would enter the open draws, with how many tickets, if they were closed now; a contest only if it is named."""
    named = list(open_draws(connection, question, program)) if program else []
    columns = SCORE_COLUMNS if len(named) == 1 and named[0].contest else TICKET_COLUMNS
    found = rows_of(connection, OF_NO_PROGRAM, {"draw": question.draw}) if program is None else []
    notes = [phrase("Tickets are final when the draw is closed: loyalty draw close"), *waiting_said(members_due(connection))]
    for rules in named:
        rows, said = as_frozen_now(connection, question, rules)
        found += rows
        notes += said
    page = Page(
        name="draw",
        title=phrase("Draw tickets"),
        basis=phrase("As they would be frozen on {day}.", day=OnDay(question.today)),
        empty=phrase("There are no tickets yet."),
        notes=notes,
    )
    return tabled(question, page, columns, found)


def open_draws(connection: Connection, question: Question, program: Program) -> Iterator[DrawRules]:
    """The draws that are asked for and not closed."""
    closed = {name for (name,) in rows_of(connection, "SELECT name FROM draw")}
    for name, draw in program.draws.items():
        is_meant = question.draw == name if question.draw else not draw.ranked_by
        if is_meant and name not in closed:
            yield rules_from(draw, program, name)


def as_frozen_now(connection: Connection, question: Question, rules: DrawRules) -> tuple[list[tuple[Cell, ...]], list[Phrase]]:
    """The rows of one draw, and how many are left out of it for which reason."""
    shown = "tickets"
    if rules.contest:
        find_scores(connection, rules, question.today, moment=NOW)
        shown = score_of_a_row(rules)
    else:
        find_holders(connection, rules, question.today, moment=NOW)
    said = [
        phrase(
            "{draw}: left out, {reason}: {count} member.",
            "{draw}: left out, {reason}: {count} members.",
            draw=rules.name,
            reason=reason_said(reason),
            count=count,
        )
        for reason, count in left_out(connection)
    ]
    return rows_of(connection, ENTERS.format(shown=shown), {"draw": rules.name}), said


def frozen(connection: Connection, question: Question, draw: int, name: str) -> Table:
    """What was frozen at the close, and how much of it was struck out since."""
    page = Page(
        name="draw",
        title=phrase("Frozen tickets of {draw}", draw=name),
        basis=phrase("As they were when the draw was closed; void ones were struck out since."),
        empty=phrase("There are no tickets yet."),
        notes=[phrase('The winners come with: loyalty draw run "{draw}"', draw=name)],
    )
    return tabled(question, page, FROZEN_COLUMNS, rows_of(connection, FROZEN, {"draw": draw}))
