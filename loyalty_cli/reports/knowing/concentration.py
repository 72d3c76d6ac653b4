"""How much of members' turnover the best tenth brings, and each tenth after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.inequality import gini
from loyalty_cli.knowing.inequality import tenths
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import decimal
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
# Of fewer there are no tenths.
LEAST = 10
COLUMNS = (
    Column(name="tenth", heading="Tenth", kind="count"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="share", heading="Share", kind="percent"),
    Column(name="so_far", heading="Share with those before", kind="percent"),
)


def table(connection: Connection, question: Question) -> Table:
    """Ten rows, the members who spent most first."""
    found = known(connection, question)
    spent = [each.spent for each in found.visits.values()] if found else []
    parts = tenths(spent) if len(spent) >= LEAST else []
    total, so_far = sum(money for _, money in parts), 0
    rows: list[tuple[Cell, ...]] = []
    for place, (members, money) in enumerate(parts, 1):
        so_far += money
        rows.append((place, members, money, share_of(money, total), share_of(so_far, total)))
    said = [
        phrase(
            "The best tenth, {members} of {all} members, brings {share} of what members spent; Gini's coefficient is {gini}.",
            members=members,
            all=len(spent),
            share=in_percent(share_of(money, total)),
            gini=decimal(gini(spent)),
        )
        for members, money in parts[:1]
    ]
    page = Page(
        name="concentration",
        title=phrase("How much the best members bring"),
        basis=through(found),
        empty=phrase("This needs {count} members who bought.", count=LEAST),
        notes=[*said, phrase("0 would be: all spend the same; 1: one spends all. Whoever returned more than they bought counts as 0.")],
    )
    return tabled(question, page, COLUMNS, rows)
