"""Open points by the month in which they lapse."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.replay.in_snapshot import lots_of
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "limit", "standings"})

COLUMNS = (
    Column(name="lapse_in", heading="Lapse in", kind="month"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
)
STATES = "SELECT state, points FROM standing WHERE points > 0 OR pending > 0"


def table(connection: Connection, question: Question) -> Table:
    """The months in order; points that never lapse come last, without a month."""
    points: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for state, usable in connection.execute(STATES):
        mine: Counter[str] = Counter()
        for day, left in lots_of(state) or ():
            mine[month_of(day) if day < NEVER else ""] += left
        mine[""] += max(0, usable - mine.total())
        points += mine
        members.update(month for month, left in mine.items() if left)
    day = question.day if question.day is not None else question.today
    worth = question.shop.point_worth
    rows: list[tuple[Cell, ...]] = [
        (month or None, members[month], left, rounded(left * worth, 1000, "half up"))
        for month, left in sorted(points.items(), key=lambda each: (not each[0], each[0]))
    ]
    page = Page(
        name="ageing",
        title=phrase("Open points by the month they lapse in"),
        basis=phrase("At the end of {day}.", day=OnDay(day)),
        empty=phrase("Nobody has points."),
        notes=[phrase("Points without a month never lapse. Points that can not be used yet lapse in the month shown, too.")],
    )
    return tabled(question, page, COLUMNS, rows)
