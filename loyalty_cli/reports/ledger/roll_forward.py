"""Points of the whole shop month by month as booked: the opening, what came and went, the closing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.money import rounded
from loyalty_cli.reports.ledger.points_kinds import points_by_kind
from loyalty_cli.reports.ledger.worths import worth_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

SELECT = f"""
{points_by_kind("booked_on", day="booked_on", inside="1")}
SELECT key, kind, quantity FROM entry
"""

# The asset comes first, for most shops have none that waits, and no entry is looked at then.
FIRST_WAITING = """
SELECT min(booked_on) FROM asset CROSS JOIN ledger ON ledger.asset_id = asset.id
 WHERE asset.name = :pending AND booked_on <= :last
"""


class Booked(NamedTuple):
    """So many points of a kind (`earned`, `pending`, …), as booked on a day; what leaves the balance is below zero."""

    day: Day
    kind: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month's points. Redeemed, lapsed and taken back are positive numbers that leave the balance.

    `worth` is what a point is worth in it, `opening_worth` what the balance before it was worth.
    """

    month: str
    opening: int
    opening_worth: int = 0
    worth: int = 0
    earned: int = 0
    redeemed: int = 0
    lapsed: int = 0
    taken_back: int = 0
    other: int = 0
    pending: int = 0

    @property
    def change(self) -> int:
        """What the month added to the balance."""
        return self.earned - self.redeemed - self.lapsed - self.taken_back + self.other

    @property
    def closing(self) -> int:
        """The balance at the month's end; the next month opens with it."""
        return self.opening + self.change

    @property
    def closing_worth(self) -> int:
        """The closing balance in money."""
        return self.money(self.closing)

    def money(self, points: int) -> int:
        """Points in money at this month's price."""
        return rounded(points * self.worth, 1000, "half up")


def booked(connection: Connection, purse: Purse) -> list[Booked]:
    """What was booked each day of the points of one purse."""
    return list(map(Booked._make, connection.execute(SELECT, {"last": last_day(purse.question), **purse.assets})))


def usable_booked(connection: Connection, purse: Purse) -> list[Booked]:
    """The same of points that can be used, in half the time: of those that wait, which come and go, no more than the first day."""
    usable = booked(connection, purse._replace(assets={**purse.assets, "pending": ""}))
    days = connection.execute(FIRST_WAITING, {"last": last_day(purse.question), **purse.assets})
    return [*(Booked(day, "pending", 0) for (day,) in days if day is not None), *usable]


def months(connection: Connection, purse: Purse) -> list[Month]:
    """Every month of the points of one purse, from the first entry or the first day asked for to the last, those without entries too.

    A month of which only the end is asked for opens with what there was before.
    """
    return list(rolled(booked(connection, purse), purse.question, worth_in(connection, purse)))


def last_day(question: Question) -> Day:
    """The last day to count: the one asked for, else today."""
    return min(question.span["last"], question.today)


def rolled(found: Sequence[Booked], question: Question, worth: Callable[[str], int]) -> Iterator[Month]:
    """The months asked for, each opening with the closing before it, in money too; pending points add up the same way."""
    if not found:
        return
    points: Counter[tuple[Day, str]] = Counter()
    for each in found:
        points[question.begin_of(each.day), each.kind] += each.points
    opening = opening_worth = pending = 0
    for start in question.months_through(min(each.day for each in found), last_day(question)):
        name = month_of(start)
        pending += points[start, "pending"]
        month = Month(
            month=name,
            opening=opening,
            opening_worth=opening_worth,
            worth=worth(name),
            earned=points[start, "earned"],
            redeemed=-points[start, "redeemed"],
            lapsed=-points[start, "lapsed"],
            taken_back=-points[start, "taken back"],
            other=points[start, "other"],
            pending=pending,
        )
        if start >= question.span["first"]:
            yield month
        opening, opening_worth = month.closing, month.closing_worth
