"""Points store by store as booked, usable or not yet: what each month came in with, and went out with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger.reckoning import of_one_month
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.ledger.reckoning import rolled
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import with_wallet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.reckoning import Moved
    from loyalty_cli.reports.ledger.reckoning import Points
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit", "stores"})
OTHERWISE = phrase("Closed months stay as they were closed; what is reckoned otherwise since then stands under other.")
# What goes out is shown as a positive number in a column that says so.
OUT = (USED, LAPSED, TAKEN_BACK)

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="store", heading="Store"),
    Column(name="opening", heading="Opening", kind="points"),
    Column(name="earned", heading="Earned", kind="points", total=True),
    Column(name="used", heading="Used", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="taken_back", heading="Taken back", kind="points", total=True),
    Column(name="other", heading="Other", kind="points", total=True),
    Column(name="closing", heading="Closing", kind="points"),
    Column(name="worth", heading="Worth", kind="money"),
)


def table(connection: Connection, question: Question) -> Table:
    """Months in order, the stores of each by name."""
    return shown(reckoned(connection, question), question)


def shown(reckoning: Reckoning, question: Question) -> Table:
    """The table of what was reckoned already."""
    page = Page(
        name="points-by-store",
        title=phrase("Points by store"),
        basis=basis_booked(question),
        empty=phrase("No points were booked on these days."),
        notes=[
            phrase(
                "A point belongs to the store that gave it, wherever it is used; first earned, first used. "
                "Points that can not be used yet are in it. Points without a store were given without a sale."
            ),
            phrase("Opening + earned - used - lapsed - taken back + other = closing."),
            *([OTHERWISE] if any(change.kind == RESTATED for each in reckoning.kinds for change in each.moved) else ()),
        ],
    )
    found = [(*row, *marked(reckoning.purses, each.purse)) for each in reckoning.kinds for row in rows(each, question)]
    return tabled(question, page, of_one_month(with_wallet(COLUMNS, reckoning.purses), found), found)


def rows(of: Points, question: Question) -> Iterator[tuple[Cell, ...]]:
    """Every store in every month in which it had points; what of closed months would be otherwise today is other."""
    moved: Moved = {}
    for change, more in of.moved.items():
        kind = OTHER if change.kind == RESTATED else change.kind
        moved.setdefault((question.begin_of(change.day), change.store), Counter())[kind] += more
    for each in rolled(moved, question, Counter.total):
        points, worth = each.by_kind, rounded(each.closing * of.estimates.worth(each.month), 1000, "half up")
        out = (-points[kind] for kind in OUT)
        yield each.month, each.store, each.opening, points[EARNED], *out, points[OTHER], each.closing, worth
