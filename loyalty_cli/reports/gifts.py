"""Gifts: what is due, what was chosen and handed out, what of that came back, what is left in stock, what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.in_force import worked_out
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import waiting_said
from loyalty_cli.store.gifts import cost_handed_out
from loyalty_cli.store.gifts import gifts_owed
from loyalty_cli.store.ledger.due import members_due

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.program.blocks.gifts import GiftTerms
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"limit"})
COLUMNS = (
    Column(name="gift", heading="Gift"),
    Column(name="due", heading="Due", kind="count"),
    Column(name="chosen", heading="Chosen", kind="count"),
    Column(name="handed_out", heading="Handed out", kind="count"),
    Column(name="in_stock", heading="In stock", kind="count"),
    Column(name="free", heading="Free", kind="count"),
    Column(name="cost", heading="Cost", kind="money", total=True),
    Column(name="vat", heading="VAT", kind="percent"),
    Column(name="not_due", heading="Given, not due any more", kind="count"),
    Column(name="lost", heading="Cost of these", kind="money", total=True),
)


@dataclass(slots=True)
class Tally:
    """One gift, or several of which a member chooses one, over all members."""

    due: int = 0
    chosen: int = 0
    handed_out: int = 0
    not_due: int = 0


def table(connection: Connection, question: Question) -> Table:
    """One row for each gift; a choice that was not made yet has a row of its own."""
    page = Page(
        name="gifts",
        title=phrase("Gifts"),
        basis=phrase("As the books stand now."),
        empty=phrase("No gift is due, and none was handed out."),
        notes=[
            phrase("Due: promised and not handed out. Free: in stock and not promised to anybody."),
            *waiting_said(members_due(connection)),
        ],
    )
    program, _ = worked_out(connection, question)
    gifts = program.gifts if program else {}
    return tabled(question, page, COLUMNS, list(rows(connection, gifts, question)))


def rows(connection: Connection, gifts: Mapping[str, GiftTerms], question: Question) -> Iterator[tuple[Cell, ...]]:
    """The gifts of the program first, then those that are only in the books."""
    tallies: dict[str, Tally] = {name: Tally() for name in gifts}
    for owed in gifts_owed(connection):
        waiting = {name: owed.chosen[name] - owed.handed_out[name] for name in owed.chosen if owed.waiting(name)}
        if len(owed.names) > 1:
            for name, count in waiting.items():
                tallies.setdefault(name, Tally()).due += count
                tallies[name].chosen += count
        tallies.setdefault(owed.due_as, Tally()).due += max(0, owed.open - sum(waiting.values()))
        for name, count in owed.handed_out.items():
            tallies.setdefault(name, Tally()).handed_out += count
        if owed.open < 0:
            last = next(name for name in reversed(list(owed.handed_out)) if owed.handed_out[name])
            tallies[last].not_due -= owed.open
    costs = cost_handed_out(connection)
    for name, tally in tallies.items():
        gift = gifts.get(name)
        came = gift.came_by(question.today) if gift else None
        left = None if came is None else came - tally.handed_out
        cost = costs[name]
        free = None if left is None else left - tally.due
        lost = cost * tally.not_due // tally.handed_out if tally.handed_out else 0
        vat = gift.vat if gift else None
        counts = (tally.due, tally.chosen, tally.handed_out)
        if gift or any(counts):
            yield name, *counts, left, free, cost, vat, tally.not_due, lost
