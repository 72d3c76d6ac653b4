"""Members by the month of their first purchase: how many came back, how soon, and what they spent since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.asked import in_percent
from loyalty_cli.reports.asked import share_of
from loyalty_cli.reports.knowing.known import known
from loyalty_cli.reports.knowing.known import nothing
from loyalty_cli.reports.knowing.known import through
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.visits import month_number
from loyalty_cli.reports.visits import month_of_number

if TYPE_CHECKING:
    from loyalty_cli.knowing.visits import Visits
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit"})
# Within so many days after the first purchase; a share of a month is known once they are over for all of it.
WITHIN = (30, 60, 90, 180)
COLUMNS = (
    Column(name="month", heading="First purchase", kind="month"),
    Column(name="members", heading="Members", kind="count", total=True),
    Column(name="came_back", heading="Came back", kind="count", total=True),
    Column(name="share", heading="Share", kind="percent"),
    *(Column(name=f"within_{days}", heading=f"In {days} days", kind="percent") for days in WITHIN),
    Column(name="spent", heading="Spent", kind="money", total=True),
    Column(name="a_member", heading="Spent by a member", kind="money"),
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order; whoever bought on a second day came back."""
    found = known(connection, question)
    months: dict[int, list[Visits]] = defaultdict(list)
    for each in found.visits.values() if found else ():
        months[month_number(each.days[0])].append(each)
    rows = [row(month, own, found.last if found else 0) for month, own in sorted(months.items())]
    members = sum(len(own) for own in months.values())
    back = sum(int(each[2] or 0) for each in rows)
    page = Page(
        name="joined",
        title=phrase("Members by the month of their first purchase"),
        basis=through(found),
        empty=nothing(),
        notes=[
            phrase(
                "{share} of the members ({members}) came back on another day.", share=in_percent(share_of(back, members)), members=members
            )
        ],
    )
    return tabled(question, page, COLUMNS, rows)


def row(month: int, own: list[Visits], last: int) -> tuple[Cell, ...]:
    """A month's members."""
    pauses = [each.days[1] - each.days[0] for each in own if len(each.days) > 1]
    latest = max(each.days[0] for each in own)
    spent = sum(each.spent for each in own)
    shares = [share_of(sum(1 for pause in pauses if pause <= days), len(own)) if latest + days <= last else None for days in WITHIN]
    return (
        *(month_of_number(month), len(own), len(pauses), share_of(len(pauses), len(own))),
        *(*shares, spent, rounded(spent, len(own), "half up")),
    )
