"""How often each member usually comes, and who is late against their own rhythm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.knowing.rhythm import PAUSES
from loyalty_cli.knowing.rhythm import rhythm
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.knowing.known import CARD
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import NAME
from loyalty_cli.reports.knowing.known import named
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.by_hand import erased_by

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
COLUMNS = (
    CARD,
    NAME,
    Column(name="last_visit", heading="Last visit", kind="day"),
    Column(name="usual", heading="Comes every … days", kind="count"),
    Column(name="long", heading="9 in 10 within", kind="count"),
    Column(name="away", heading="Away for", kind="count"),
    Column(name="late", heading="Days late", kind="count"),
    Column(name="spent", heading="Spent", kind="money"),
)


def table(connection: Connection, question: Question) -> Table:
    """One row for each member with a rhythm, whoever is late first, of these who spent most."""
    found = known(connection, question)
    people = named(connection) if found else {}
    gone = erased_by(connection, question.today if question.as_of is None else question.as_of)
    visits = {member: each for member, each in found.visits.items() if member not in gone} if found else {}
    rhythms = {member: own for member, each in visits.items() if found and (own := rhythm(each.days, found.last))}
    order = sorted(rhythms, key=lambda member: (not rhythms[member].late, -visits[member].spent, member))
    rows = [(*people[member], visits[member].days[-1], *rhythms[member], rhythms[member].late, visits[member].spent) for member in order]
    late = sum(1 for each in rhythms.values() if each.late)
    page = Page(
        name="rhythm",
        title=phrase("How often members come"),
        basis=through(found),
        empty=phrase("This needs a member who came on {days} days.", days=PAUSES + 1),
        notes=[
            phrase("Members away for longer than nine in ten of their own pauses: {late} of {members}.", late=late, members=len(rows)),
            phrase("Usual is the median of the days between visits; several receipts of a day are one visit."),
        ],
    )
    return tabled(question, page, COLUMNS, rows)
