"""Whose points lapse in the next days, and what they are worth."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import Dates
from loyalty_cli.model.days import iso
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.replay.in_snapshot import lots_of
from loyalty_cli.replay.in_snapshot import wallet_balance
from loyalty_cli.reports.first_card import CARD
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.standings import standing_basis
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"ahead", "as-closed", "as-of", "dates", "days", "limit", "standings"})

COLUMNS = (
    Column(name="lapse_on", heading="Lapse on", kind="day"),
    Column(name="card", heading="Card", kind="code"),
    Column(name="name", heading="Name"),
    Column(name="lapsing", heading="Points lapsing", kind="points", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
    Column(name="points", heading="Points now", kind="points"),
    Column(name="last_visit", heading="Last visit", kind="day"),
)

SELECT = f"""
SELECT standing.state, standing.lapse_on, standing.lapsing,
       {CARD}, member.name, standing.points, standing.last_on
  FROM standing JOIN member ON member.id = standing.member_id
 WHERE standing.lapse_on <= :last OR standing.pending > 0 OR :last = {NEVER}
"""
# Months that earlier releases closed kept of each member on which day the next points lapse, and no more.
KNOWS_NEXT = "SELECT 1 FROM standing WHERE lapsing > 0 AND state = '' LIMIT 1"
HAS_BEGUN = "What has lapsed on these days already is not here; what was to lapse: loyalty report expiring --from {first} --to {last}"
NEXT_ONLY = phrase("An earlier release has kept the next day only on which points of some members lapse; there may be others.")


def table(connection: Connection, question: Question) -> Table:
    """The lots in the order of their last day; what one member loses on one day is one row."""
    days = question.ahead
    page = Page(
        name="expiring",
        title=phrase("Points that lapse soon"),
        basis=phrase("Days: {dates}; every day on which a member loses points.", dates=days),
        empty=phrase("No points lapse on these days."),
        notes=list(notes(connection, question)),
    )
    found = purses(connection, question)
    rows = [(*row, *marked(found, purse)) for purse in found for row in lots_within(connection, days, purse)]
    return tabled(question, page, with_wallet(COLUMNS, found), sorted(rows, key=in_order))


def notes(connection: Connection, question: Question) -> Iterator[Phrase]:
    """Of which day the standings are, and what they do not know."""
    yield standing_basis(connection, question)
    days = question.ahead
    if question.as_of is None and days.first < question.today:
        yield phrase(HAS_BEGUN, first=iso(days.first), last=iso(question.today - 1))
    if rows_of(connection, KNOWS_NEXT):
        yield NEXT_ONLY


def lots_within(connection: Connection, days: Dates, purse: Purse) -> Iterator[tuple[Cell, ...]]:
    """What each member loses on each of some days."""
    worth = purse.question.shop.point_worth
    every = {"last": NEVER if purse.name else days.last}
    for state, lapse_on, lapsing, card, name, now, last_on in connection.execute(SELECT, every):
        # A state of an older release knows the next lot only, until the next recalculation.
        lots = lots_of(state, purse.name) or ([] if purse.name else [(lapse_on or 0, lapsing)])
        balance = wallet_balance(state, purse.name) if purse.name else now
        for day, points in lots:
            if points and days.first <= day <= days.last:
                yield day, card, name, points, (points * worth + 500) // 1000, balance, last_on


def in_order(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """By the last day, then the most points, then the card."""
    return row[0], -row[3], row[1] or ""
