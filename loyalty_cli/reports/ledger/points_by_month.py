"""Points of all members month by month, as booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger.roll_forward import months
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="earned", heading="Earned", kind="points", total=True),
    Column(name="redeemed", heading="Redeemed", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="taken_back", heading="Taken back", kind="points", total=True),
    Column(name="other", heading="Other", kind="points", total=True),
    Column(name="change", heading="Change", kind="points", total=True),
    Column(name="balance", heading="Balance", kind="points"),
    Column(name="pending", heading="Pending", kind="points"),
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order."""
    page = Page(
        name="points-by-month",
        title=phrase("Points by month"),
        basis=basis_booked(question),
        empty=phrase("No points were booked on these days."),
    )
    found = purses(connection, question)
    rows: list[tuple[Cell, ...]] = [
        (m.month, m.earned, m.redeemed, m.lapsed, m.taken_back, m.other, m.change, m.closing, m.pending, *marked(found, purse))
        for purse in found
        for m in months(connection, purse)
    ]
    return tabled(question, page, with_wallet(COLUMNS, found), rows)
