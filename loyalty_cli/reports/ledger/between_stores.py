"""Points earned in one store and used in another, month by month as booked: what one store owes the other in money.

Points go out in the order in which they were booked, so a month that is closed stays as it was settled, whatever comes later.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger.worths import worth_in
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="earned_in", heading="Earned in"),
    Column(name="used_in", heading="Used in"),
    Column(name="points", heading="Points", kind="points", total=True),
    Column(name="owes", heading="The first owes the second", kind="money", total=True),
)

# Who never used points owes nothing between stores. The ledger knows who did, also of a member whose uses are another one's by now.
SELECT = """
SELECT e.member_id, e.booked_on, e.quantity, e.cause_kind, e.cause_id, coalesce(bought.name, used.name, '')
  FROM ledger e JOIN asset a ON a.id = e.asset_id AND a.name = :points
       LEFT JOIN receipt r ON e.cause_kind = 1 AND r.id = e.cause_id LEFT JOIN store bought ON bought.id = r.store_id
       LEFT JOIN redemption d ON e.cause_kind = 2 AND d.id = e.cause_id LEFT JOIN store used ON used.id = d.store_id
 WHERE e.member_id IN (SELECT member_id FROM ledger WHERE cause_kind = 2)
 ORDER BY e.member_id, e.booked_on, e.id
"""
RECEIPT, REDEMPTION = 1, 2


class Settled(NamedTuple):
    """Points that left the purse of one store for a use in another; below zero where a use was taken back."""

    day: Day
    earned_in: str
    used_in: str
    points: int


class Lots:
    """One member's points by the store they were earned in, the oldest first; uses that nothing covered yet are owed."""

    def __init__(self) -> None:
        self.lots: list[list[str | int]] = []
        self.owed: list[tuple[str, int]] = []
        self.uses: dict[int, list[tuple[str, str, int]]] = {}

    def credit(self, store: str, points: int, day: Day) -> Iterator[Settled]:
        """Points come in; what was used before they came is paid first."""
        while points and self.owed:
            used_in, missing = self.owed.pop(0)
            paid = min(points, missing)
            points -= paid
            if paid < missing:
                self.owed.insert(0, (used_in, missing - paid))
            yield Settled(day, store, used_in, paid)
        if points:
            self.lots.append([store, points])

    def take(self, points: int, own: str = "") -> Iterator[tuple[str | None, int]]:
        """Points go out: those of one store first where they are taken back there, else the oldest; None is what is missing."""
        for lot in [*(lot for lot in self.lots if own and lot[0] == own), *self.lots]:
            taken = min(points, int(lot[1]))
            if taken:
                lot[1] = int(lot[1]) - taken
                points -= taken
                yield str(lot[0]), taken
        self.lots = [lot for lot in self.lots if lot[1]]
        if points:
            yield None, points

    def use(self, cause: int, store: str, points: int, day: Day) -> Iterator[Settled]:
        """A use in a store; what nothing covers waits for later points."""
        for earned_in, taken in self.take(points):
            if earned_in is not None:
                self.uses.setdefault(cause, []).append((earned_in, store, taken))
                yield Settled(day, earned_in, store, taken)
            else:
                self.owed.append((store, taken))

    def give_back(self, cause: int, points: int, day: Day) -> Iterator[Settled]:
        """A use is taken back: its points are again where they came from."""
        uses = self.uses.get(cause, [])
        while points and uses:
            earned_in, used_in, taken = uses.pop()
            back = min(points, taken)
            points -= back
            if back < taken:
                uses.append((earned_in, used_in, taken - back))
            self.lots.insert(0, [earned_in, back])
            yield Settled(day, earned_in, used_in, -back)


def settlements(connection: Connection, purse: Purse) -> Iterator[Settled]:
    """All of those of the shop's own points or of a wallet, member by member."""
    lots, who = Lots(), None
    for member, day, quantity, kind, cause, store in rows_of(connection, SELECT, {"points": purse.assets["points"]}):
        if member != who:
            lots, who = Lots(), member
        points, booked, number, place = int(quantity or 0), int(day or 0), int(cause or 0), str(store or "")
        if kind == REDEMPTION and points < 0:
            yield from lots.use(number, place, -points, booked)
        elif kind == REDEMPTION:
            yield from lots.give_back(number, points, booked)
        elif points > 0:
            yield from lots.credit(place, points, booked)
        else:
            list(lots.take(-points, place if kind == RECEIPT else ""))


def table(connection: Connection, question: Question) -> Table:
    """The months in order, and in each what one store owes another."""
    page = Page(
        name="between-stores",
        title=phrase("Between stores"),
        basis=basis_booked(question),
        empty=phrase("No points were earned in one store and used in another."),
        notes=[
            phrase("Points go out in the order in which they came in; each is worth what a point paid when the month was closed."),
        ],
    )
    found = purses(connection, question)
    rows = [(*row, *marked(found, purse)) for purse in found for row in owing(connection, purse)]
    return tabled(question, page, with_wallet(COLUMNS, found), rows)


def owing(connection: Connection, purse: Purse) -> Iterator[tuple[Cell, ...]]:
    """What one store owes another for the points of a purse, month by month."""
    worth, span = worth_in(connection, purse), purse.question.span
    points: Counter[tuple[str, str, str]] = Counter()
    for settled in settlements(connection, purse):
        if span["first"] <= settled.day <= span["last"] and settled.earned_in and settled.used_in and settled.earned_in != settled.used_in:
            points[month_of(settled.day), settled.earned_in, settled.used_in] += settled.points
    for place, count in sorted(points.items()):
        if count:
            yield *place, count, count * worth(place[0]) // 1000
