"""What members spend by category: how many buy it, and its share of what they spend."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import kinds
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})
COLUMNS = (
    Column(name="category", heading="Category"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="reach", heading="Of all members", kind="percent"),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="share", heading="Share of wallet", kind="percent"),
    Column(name="a_member", heading="Spent by a member", kind="money"),
)
SELECT = """
SELECT member_id, article_id, line.amount FROM line CROSS JOIN receipt ON receipt.id = line.id >> 12
 WHERE gone = 0 AND member_id IS NOT NULL AND day BETWEEN :first AND :last
"""


def table(connection: Connection, question: Question) -> Table:
    """One row for each category, the one with the greatest share first."""
    known = kinds(connection)
    spent: dict[str, int] = defaultdict(int)
    buyers: dict[str, set[int]] = defaultdict(set)
    for member, article, amount in connection.execute(SELECT, question.span):
        kind = known.get(article, "")
        spent[kind] += amount
        buyers[kind].add(member)
    members = len(set().union(*buyers.values()))
    total = sum(spent.values())
    order = sorted(spent, key=lambda kind: (-spent[kind], kind))
    rows: list[tuple[Cell, ...]] = [
        (
            *(kind, len(buyers[kind]), share_of(len(buyers[kind]), members), spent[kind]),
            share_of(spent[kind], total),
            round(spent[kind] / len(buyers[kind])),
        )
        for kind in order
    ]
    said = [
        phrase("Most is spent on {category}: {share} of what members spend.", category=str(row[0]), share=in_percent(int(row[4] or 0)))
        for row in rows[:1]
    ]
    page = Page(
        name="categories",
        title=phrase("What members spend on"),
        basis=basis_happened(question),
        empty=phrase("There are no receipts of members with lines on these days."),
        notes=[*said, phrase("Of receipts with lines; by category, else by name.")],
    )
    return tabled(question, page, COLUMNS, rows)
