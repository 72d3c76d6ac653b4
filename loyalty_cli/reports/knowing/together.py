"""What is bought together with what, and how much likelier than by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.together import rules
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.knowing.known import baskets
from loyalty_cli.reports.knowing.known import decimal
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})
COLUMNS = (
    Column(name="bought", heading="Who buys"),
    Column(name="then", heading="buys, too"),
    Column(name="receipts", heading="Receipts", kind="count"),
    Column(name="support", heading="Of all receipts", kind="percent"),
    Column(name="confidence", heading="Of these receipts", kind="percent"),
    Column(name="lift", heading="Times likelier", kind="number"),
)
COUNT = "SELECT count(*) FROM receipt WHERE gone = 0 AND day BETWEEN :first AND :last AND total + returned > 0"
# Rarer pairs than one in a thousand receipts, or than five, are chance.
RARE = 1000
LEAST = 5
KINDS = 500


def table(connection: Connection, question: Question) -> Table:
    """One row for each pair and direction, the strongest first."""
    (receipts,) = connection.execute(COUNT, question.span).fetchone()
    found = rules((kinds for _, kinds in baskets(connection, question)), least=max(LEAST, -(-receipts // RARE)), most=KINDS)
    rows = [
        (rule.first, rule.then, rule.both, round(rule.support * WHOLE), round(rule.confidence * WHOLE), decimal(rule.lift))
        for rule in found
    ]
    said = [
        phrase(
            "Who buys {first} takes {then}, too, in {share} of the receipts: {lift} times as often as all do.",
            first=rule.first,
            then=rule.then,
            share=in_percent(round(rule.confidence * WHOLE)),
            lift=decimal(rule.lift),
        )
        for rule in found[:1]
    ]
    page = Page(
        name="together",
        title=phrase("What is bought together"),
        basis=basis_happened(question),
        empty=phrase("Nothing is bought together in at least {count} receipts.", count=LEAST),
        notes=[
            *said,
            phrase(
                "By category, else by name; the {count} that are bought most often. Pairs of fewer than one in a thousand receipts, "
                "or than five, are left out.",
                count=KINDS,
            ),
        ],
    )
    return tabled(question, page, COLUMNS, rows)
