"""What is owed for points in money, month by month and store by store, under the policy of the program's books."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import restated_said
from loyalty_cli.reports.ledger.reckoning import KINDS
from loyalty_cli.reports.ledger.reckoning import of_one_month
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.ledger.reckoning import rolled
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.reckoning import Moved
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit", "stores"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="store", heading="Store"),
    Column(name="opening", heading="Opening", kind="money"),
    Column(name="deferred", heading="Points earned", kind="money", total=True),
    Column(name="used", heading="Points used", kind="money", total=True),
    Column(name="lapsed", heading="Points lapsed", kind="money", total=True),
    Column(name="taken_back", heading="Taken back", kind="money", total=True),
    Column(name="other", heading="Other", kind="money", total=True),
    Column(name="estimate", heading="New estimate", kind="money", total=True),
    Column(name="restated", heading="Restated", kind="money", total=True),
    Column(name="closing", heading="Closing", kind="money"),
)
RESTATED = [column.name for column in COLUMNS].index("restated")


def table(connection: Connection, question: Question) -> Table:
    """Months in order, the stores of each by name; a store opens with what it closed with before."""
    return shown(reckoned(connection, question), question)


def shown(reckoning: Reckoning, question: Question) -> Table:
    """The table of what was reckoned already."""
    found = rows(reckoning, question)
    page = Page(
        name="owed",
        title=phrase("What is owed for points, by the books"),
        basis=basis_booked(question),
        empty=phrase("Nothing is owed for points by the books on these days."),
        notes=[*notes(reckoning), *restated_said(found, RESTATED)],
    )
    return tabled(question, page, of_one_month(COLUMNS, found), found)


def rows(reckoning: Reckoning, question: Question) -> list[tuple[Cell, ...]]:
    """Every store in every month in which something was owed or changed."""
    moved: Moved = {}
    for change, amount in reckoning.changes.items():
        moved.setdefault((question.begin_of(change.day), change.store), Counter())[change.kind] += amount
    return [
        (each.month, each.store, each.opening, *(each.by_kind[kind] for kind in KINDS.values()), each.closing)
        for each in rolled(moved, question, Counter.total)
    ]


def notes(reckoning: Reckoning) -> list[Phrase]:
    """The policy, and where the expected use comes from."""
    now = reckoning.now
    said = [POLICIES[now.policy]]
    if now.policy == "memo":
        return said
    if not now.expected_use:
        said.append(phrase("How many points will be used is estimated from the shop's own history at the end of the month before."))
    elif now.stated_by:
        said.append(phrase("How many points will be used is stated by {name} in program.yaml.", name=now.stated_by))
    else:
        said.append(phrase("How many points will be used is stated in program.yaml."))
    said.append(phrase("Opening and all columns after it add up to closing; points without a store were given without a sale."))
    if len(reckoning.kinds) > 1:
        said.append(phrase("Points of wallets are in it, those of each wallet at what they pay."))
    return said


POLICIES = {
    "memo": phrase("The program books nothing for points (books: policy: memo); write deferral or provision for amounts."),
    "deferral": phrase("Deferral: a part of each sale is revenue when its points are used or lapse (IFRS 15, ASC 606)."),
    "provision": phrase("Provision: points that are expected to be used, at what a point is worth."),
}
