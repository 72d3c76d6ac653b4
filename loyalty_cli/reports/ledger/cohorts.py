"""Points by the month that gave them: how many were used, lapsed and are open, and how many are expected to be used."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import KINDS
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.model.days import month_of
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import table_as_closed
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import with_wallet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.reckoning import Points
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Earned in", kind="month"),
    Column(name="given", heading="Earned and kept", kind="points", total=True),
    Column(name="used", heading="Used", kind="points", total=True),
    Column(name="lapsed", heading="Lapsed", kind="points", total=True),
    Column(name="open", heading="Open", kind="points", total=True),
    Column(name="used_share", heading="Used so far", kind="percent"),
    Column(name="expected_share", heading="Expected to be used", kind="percent"),
    Column(name="low", heading="At least", kind="percent"),
    Column(name="high", heading="At most", kind="percent"),
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order; the estimate is that of the shop's own history, whatever the program states.

    A closed month's last day is as its pack kept it: whoever is one member since had points of two in other orders.
    """
    closed = None if question.day is None else table_as_closed(connection, "cohorts", question.day)
    return shown(reckoned(connection, question), question) if closed is None else with_rows(closed.rows, question, closed.columns)


def shown(reckoning: Reckoning, question: Question) -> Table:
    """The table of what was reckoned already."""
    last, purses = month_of(last_day(question)), reckoning.purses
    found = [(*row, *marked(purses, each.purse)) for each in reckoning.kinds for row in rows(each, last)]
    return with_rows(found, question, with_wallet(COLUMNS, purses))


def with_rows(found: Sequence[tuple[Cell, ...]], question: Question, columns: Sequence[Column]) -> Table:
    """The table of some rows."""
    page = Page(
        name="cohorts",
        title=phrase("Points by the month they were earned"),
        basis=basis_booked(question),
        empty=phrase("No points were booked on these days."),
        notes=[
            phrase(
                "First earned, first used. Expected, at least and at most are estimated from how older points were used;"
                " four times of five the truth lies between."
            ),
        ],
    )
    return tabled(question, page, columns, found)


def rows(of: Points, last: str) -> Iterator[tuple[Cell, ...]]:
    """One row for each month that gave points, with what was known at the end of a month."""
    points: dict[str, Counter[str]] = {}
    for cohort, days in of.flows.items():
        mine = points.setdefault(cohort.month, Counter(dict.fromkeys(KINDS, 0)))
        for flow in days.values():
            mine.update(flow.points)
    known, _ = of.use.known(last)
    for month, by_kind in sorted(points.items()):
        given = by_kind[EARNED] + by_kind[OTHER] - by_kind[TAKEN_BACK]
        used, lapsed = by_kind[USED], by_kind[LAPSED]
        expected = known[month]
        shares = [round(each * WHOLE) for each in (expected.share, expected.low, expected.high)] if given > 0 else [None] * 3
        yield month, given, used, lapsed, given - used - lapsed, used * WHOLE // given if given > 0 else None, *shares
