"""Open points by the month in which they lapse."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.replay.in_snapshot import lots_in
from loyalty_cli.replay.in_snapshot import POINTS
from loyalty_cli.reports.as_closed import rows_as_closed
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import without_wallets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"as-of", "kept", "limit", "standings"})

COLUMNS = (
    Column(name="lapse_in", heading="Lapse in", kind="month"),
    Column(name="members", heading="Members", kind="count"),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="worth", heading="Worth", kind="money", total=True),
)
STATES = f"SELECT {POINTS}, points FROM standing WHERE points > 0 OR pending > 0"


def table(connection: Connection, question: Question) -> Table:
    """The months in order; points that never lapse come last, without a month."""
    return with_notes(connection, question, without_wallets(connection))


def with_notes(connection: Connection, question: Question, more: Sequence[Phrase]) -> Table:
    """The same with what else is to be said of it."""
    day = question.day if question.day is not None else question.today
    closed = rows_as_closed(connection, "ageing", day)
    page = Page(
        name="ageing",
        title=phrase("Open points by the month they lapse in"),
        basis=basis(question, day, closed=closed is not None),
        empty=phrase("Nobody has points."),
        notes=[
            phrase("Points without a month never lapse. Points that can not be used yet lapse in the month shown, too."),
            *more,
        ],
    )
    return tabled(question, page, COLUMNS, by_standing(connection, question.shop.point_worth) if closed is None else closed)


def basis(question: Question, day: Day, *, closed: bool) -> Phrase:
    """How the points of a day are known: as a month was closed with them, or by what is known now."""
    if closed:
        return phrase("At the end of {day}, as the month was closed.", day=OnDay(day))
    if question.standing_on is not None and day < question.today:
        return phrase("At the end of {day}, by what is known now.", day=OnDay(day))
    return phrase("At the end of {day}.", day=OnDay(day))


def by_standing(connection: Connection, worth: int) -> list[tuple[Cell, ...]]:
    """The rows by everybody's standing; `worth` is that of a thousand points, in minor units."""
    points: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for held, usable in connection.execute(STATES):
        mine: defaultdict[str, int] = defaultdict(int)
        for day, left in lots_in(held) or ():
            mine[month_of(day) if day < NEVER else ""] += left
        mine[""] += max(0, usable - sum(mine.values()))
        for month, left in mine.items():
            points[month] += left
            members[month] += left != 0
    return [
        (month or None, members[month], left, rounded(left * worth, 1000, "half up"))
        for month, left in sorted(points.items(), key=lambda each: (not each[0], each[0]))
        if left > 0
    ]
