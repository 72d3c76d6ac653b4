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
from loyalty_cli.replay.in_snapshot import lots_of
from loyalty_cli.replay.in_snapshot import POINTS
from loyalty_cli.reports.as_closed import table_as_closed
from loyalty_cli.reports.ledger.worths import worths_in_months
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.ledger.standings import wallet_states

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
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
    found = purses(connection, question)
    return of_purses(connection, question, found, worths_in_months(connection, found))


def of_purses(connection: Connection, question: Question, found: Sequence[Purse], worths: Mapping[str, Callable[[str], int]]) -> Table:
    """The same of some wallets that are worth so much in a month; a closed month's last day is as it was closed."""
    day = question.day if question.day is not None else question.today
    closed = table_as_closed(connection, "ageing", day)
    page = Page(
        name="ageing",
        title=phrase("Open points by the month they lapse in"),
        basis=basis(question, day, closed=closed is not None),
        empty=phrase("Nobody has points."),
        notes=[phrase("Points without a month never lapse. Points that can not be used yet lapse in the month shown, too.")],
    )
    if closed is not None:
        return tabled(question, page, closed.columns, closed.rows)
    rows: list[tuple[Cell, ...]] = []
    for purse in found:
        # Of another day everybody stands by the program of that day.
        stood = question.standing_on is not None
        worth = purse.question.shop.point_worth if stood else worths[purse.assets["points"]](month_of(day))
        rows += [(*row, *marked(found, purse)) for row in by_standing(connection, purse, worth)]
    return tabled(question, page, with_wallet(COLUMNS, found), rows)


def basis(question: Question, day: Day, *, closed: bool) -> Phrase:
    """How the points of a day are known: as a month was closed with them, or by what is known now."""
    if closed:
        return phrase("At the end of {day}, as the month was closed.", day=OnDay(day))
    if question.standing_on is not None and day < question.today:
        return phrase("At the end of {day}, by what is known now.", day=OnDay(day))
    return phrase("At the end of {day}.", day=OnDay(day))


def held(connection: Connection, purse: Purse) -> Iterator[tuple[list[tuple[Day, int]], int]]:
    """Each member's points of a purse by their last day, and how many can be used."""
    if purse.name:
        for state in wallet_states(connection):
            yield lots_of(state, purse.name) or [], 0
    else:
        for points, usable in connection.execute(STATES):
            yield lots_in(points) or [], usable


def by_standing(connection: Connection, purse: Purse, worth: int) -> list[tuple[Cell, ...]]:
    """The rows by everybody's standing; `worth` is that of a thousand points, in minor units."""
    points: Counter[str] = Counter()
    members: Counter[str] = Counter()
    for lots, usable in held(connection, purse):
        mine: defaultdict[str, int] = defaultdict(int)
        for day, left in lots:
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
