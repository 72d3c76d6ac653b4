"""What members spend by category: how many buy it, and its share of what they spend."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import kinds
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.members.households import accounts_on

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
SELECT member_id, article_id, line.amount
  FROM receipt NOT INDEXED CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
 WHERE gone = 0 AND member_id IS NOT NULL AND day BETWEEN :first AND :last
"""


class Category:
    """What members spent on a category, and who they are; counted line by line, so it changes."""

    __slots__ = ("buyers", "spent")

    def __init__(self) -> None:
        self.spent = 0
        self.buyers: set[int] = set()


def table(connection: Connection, question: Question) -> Table:
    """One row for each category, the one with the greatest share first."""
    found = {name: own for name, own in categories(connection, question).items() if own.buyers}
    members = len(set().union(*(each.buyers for each in found.values())))
    total = sum(each.spent for each in found.values())
    rows: list[tuple[Cell, ...]] = [
        (
            *(name, len(own.buyers), share_of(len(own.buyers), members), own.spent),
            share_of(own.spent, total),
            rounded(own.spent, len(own.buyers), "half up"),
        )
        for name, own in sorted(found.items(), key=lambda each: (-each[1].spent, each[0]))
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


def categories(connection: Connection, question: Question) -> dict[str, Category]:
    """Every category, those that nobody bought on these days, too."""
    found: defaultdict[str, Category] = defaultdict(Category)
    of_article = {article: found[kind] for article, kind in kinds(connection).items()}
    accounts = accounts_on(connection, last_day(question))
    for member, article, amount in connection.execute(SELECT, question.span):
        category = of_article[article]
        category.spent += amount
        category.buyers.add(accounts.get(member, member))
    return found
