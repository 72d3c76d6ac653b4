"""Who has how many tickets and why not, as a table; and a member's own slip of a closed draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.draw import DrawRules
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell

CARD = Column(name="card", heading="Card", kind="code")
NAME = Column(name="name", heading="Name")
ENTERS = Column(name="enters", heading="Enters", kind="count", total=True)
REASON = Column(name="reason", heading="Why not", kind="word")
TICKETS = (CARD, NAME, Column(name="tickets", heading="Tickets", kind="count", total=True), ENTERS, REASON)
SCORES = (CARD, NAME, Column(name="score", heading="Score", kind="code"), ENTERS, REASON)


def entering(rules: DrawRules, rows: Sequence[tuple[Cell, ...]]) -> list[Phrase]:
    """How many tickets the close would freeze: those of members who are left out do not count."""
    enter = [row for row in rows if row[3]]
    if rules.contest or all(row[3] for row in rows if row[2]):
        return []
    tickets = sum(int(row[2] or 0) for row in enter)
    return [
        phrase(
            "The close would freeze tickets: {tickets}, of members: {members}; those left out do not count.",
            tickets=tickets,
            members=len(enter),
        )
    ]


def tickets_table(rules: DrawRules, rows: Sequence[tuple[Cell, ...]], *, today: Day, currency: str, to_close: bool) -> Table:
    """The preview; where the draw is still to be closed, with what the close would freeze."""
    return Table(
        name="draw tickets",
        title=phrase("Tickets of {name}", name=rules.name),
        columns=SCORES if rules.contest else TICKETS,
        rows=rows,
        currency=currency,
        basis=phrase(
            "From {first} through {last}, as known on {today}.",
            first=OnDay(rules.first_day),
            last=OnDay(rules.last_day),
            today=OnDay(today),
        ),
        notes=entering(rules, rows) if to_close else (),
        empty=phrase("Nobody has tickets yet."),
    )
