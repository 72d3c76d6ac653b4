"""Which category each member will probably buy next that they have not bought yet, and how much likelier than by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.together import next_of
from loyalty_cli.knowing.together import rules
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.knowing.known import bought_by_members
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import decimal
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.question import basis_happened
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import erased_by

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})
COLUMNS = (
    CARD,
    NAME,
    Column(name="next", heading="Next"),
    Column(name="because", heading="Buys already"),
    Column(name="members", heading="Members who buy both", kind="count"),
    Column(name="confidence", heading="Of those who buy that", kind="percent"),
    Column(name="lift", heading="Times likelier", kind="number"),
)
# Pairs that fewer members than this have, or than one in a hundred, are chance.
LEAST = 5
RARE = 100
KINDS = 500


def table(connection: Connection, question: Question) -> Table:
    """One row for each member to whom something can be said, the likeliest first."""
    bought = bought_by_members(connection, question)
    found = next_of(bought, rules(bought.values(), least=max(LEAST, -(-len(bought) // RARE)), most=KINDS))
    people = named(connection)
    gone = erased_by(connection, question.today if question.as_of is None else question.as_of)
    order = sorted(found.keys() - gone, key=lambda member: (-found[member].confidence, -found[member].lift, people[member]))
    rows: list[tuple[Cell, ...]] = [
        (*people[member], rule.then, rule.first, rule.both, round(rule.confidence * WHOLE), decimal(rule.lift))
        for member, rule in ((member, found[member]) for member in order)
    ]
    said = [
        phrase(
            "Of members who buy {first}, {share} buy {then}, too: {lift} times as many as of all members.",
            first=str(row[3]),
            then=str(row[2]),
            share=in_percent(int(row[5] or 0)),
            lift=str(row[6]),
        )
        for row in rows[:1]
    ]
    page = Page(
        name="next-category",
        title=phrase("What members will buy next"),
        basis=basis_happened(question),
        empty=phrase("Nothing can be foreseen: no two categories are bought by the same {count} members.", count=LEAST),
        notes=[
            *said,
            phrase(
                "Of what a member has not bought: what most of the members buy who buy something the member buys, where these buy it "
                "more often than all do. Left out: what fewer than {count} members or one in a hundred buy both of.",
                count=LEAST,
            ),
        ],
    )
    return tabled(question, page, COLUMNS, rows)
