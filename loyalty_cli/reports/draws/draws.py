"""Every draw and how far it is: announced, closed, drawn, claimed, and until when the next prize can be claimed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from loyalty_cli.draws.proof.facts import read_rules
from loyalty_cli.model.days import local_day
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.question import basis_of_days
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.draws.life import places
from loyalty_cli.store.reading import rows_of
from loyalty_cli.store.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"draw", "limit"})

COLUMNS = (
    Column(name="draw", heading="Draw"),
    Column(name="state", heading="State", kind="word"),
    Column(name="first", heading="From", kind="day"),
    Column(name="last", heading="To", kind="day"),
    Column(name="prizes", heading="Prizes", kind="count"),
    Column(name="claimed", heading="Claimed", kind="count"),
    Column(name="free", heading="Given up", kind="count"),
    Column(name="claim_until", heading="Claim until", kind="day"),
    Column(name="tickets", heading="Tickets", kind="count"),
    Column(name="entrants", heading="Entrants", kind="count"),
)
# How far a draw can be, for the catalogues.
STATES = (phrase("planned"), phrase("announced"), phrase("closed"), phrase("drawn"), phrase("all claimed"))
KEPT = """
SELECT id, name, first_day, last_day, tickets, entrants, rules, run_at FROM draw
 WHERE :draw IS NULL OR name = :draw OR slug = :draw ORDER BY closed_at DESC, id DESC
"""
OPENED = """
SELECT name, rules FROM draw_opening
 WHERE name NOT IN (SELECT name FROM draw) AND (:draw IS NULL OR name = :draw) ORDER BY opened_at DESC
"""


def table(connection: Connection, question: Question) -> Table:
    """Draws not yet closed first, then the others, the newest first."""
    values = {"draw": question.draw}
    closed = [row_of(connection, question, row) for row in rows_of(connection, KEPT, values)]
    opened = [announced(*map(str, row)) for row in rows_of(connection, OPENED, values)]
    known = {row[0] for row in (*closed, *opened)}
    planned = [row for row in in_program(connection) if row[0] not in known and question.draw in {None, row[0]}]
    page = Page(
        name="draws",
        title=phrase("Draws"),
        basis=basis_of_days(question),
        empty=phrase("There are no draws."),
        notes=[phrase("The winners of one: loyalty report draw --draw NAME")] if closed else [],
    )
    return tabled(question, page, COLUMNS, [*planned, *opened, *closed])


def in_program(connection: Connection) -> Iterator[tuple[Cell, ...]]:
    """The draws of the newest program, as adoption and recalculation keep them."""
    kept = settings(connection).get("planned_draws")
    for name, first, last, prizes in read_from_program(connection) if kept is None else json.loads(kept):
        yield name, "planned", first, last, prizes, None, None, None, None, None


def read_from_program(connection: Connection) -> list[tuple[str, Day, Day, int]]:
    """The same from the program itself, in a shop that has not been recalculated since an earlier release."""
    # Imported here because reading a program costs more than all the rest of a report.
    from loyalty_cli.program.as_read import program_kept
    from loyalty_cli.rules.draws.prizes import planned
    from loyalty_cli.store.versions import versions_in_force

    versions = versions_in_force(connection)
    return planned(program_kept(versions[-1].source, versions[-1].form).draws) if versions else []


def announced(name: str, text: str) -> tuple[Cell, ...]:
    """A draw that was announced and not closed."""
    rules = read_rules(text)
    prizes = sum(count for _, count in rules.prizes)
    return name, "announced", rules.first_day, rules.last_day, prizes, None, None, None, None, None


def row_of(connection: Connection, question: Question, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A draw that was closed."""
    draw, name, first, last, tickets, entrants, text, run_at = row
    rules = read_rules(str(text))
    prizes = sum(count for _, count in rules.prizes)
    if run_at is None:
        return name, "closed", first, last, prizes, None, None, None, tickets, entrants
    run_on = local_day(datetime.fromisoformat(str(run_at)), question.shop.timezone)
    waiting: list[Day] = []
    claimed = given_up = 0
    for one in places(connection, int(draw or 0)):
        if one.passed_to or (one.reserve and not one.instead_of):
            continue
        claimed += one.claim == "accepted"
        given_up += one.claim in {"refused", "expired"}
        until = rules.claim_until(one.since_day or run_on)
        if not one.claim and until is not None:
            waiting.append(until)
    state = "all claimed" if claimed == prizes else "drawn"
    return name, state, first, last, prizes, claimed, given_up, min(waiting, default=None), tickets, entrants
