"""Whether a program pays, month by month: what members paid and left, what it cost, and when setting it up is paid back.

What rewards of a month cost is what those that it gave are expected to cost, whenever they are used: else a young program, of
which nothing has been used yet, would look cheap.
"""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE
from loyalty_cli.paying.break_even import brought_by
from loyalty_cli.paying.break_even import Paying

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.costs import Cost
    from loyalty_cli.model.days import Day

# Over so many whole months the pace is taken at which setting up is paid back.
PACE = 3


class Month(NamedTuple):
    """A month's money in minor units: what members and others paid, rewards given, expected and used, other costs.

    `since` is what members paid since there is a program; `margin` what is left of a sale, in basis points.
    """

    month: str
    members: int
    others: int
    since: int
    given: int
    expected: int
    used: int
    running: int
    set_up: int
    margin: int | None

    @property
    def cost(self) -> int:
        """What the month costs: rewards as they are expected to be used, and what is paid each month."""
        return self.expected + self.running

    @property
    def left(self) -> int | None:
        """What members' purchases left before the program's cost."""
        return None if self.margin is None else rounded(self.members * self.margin, WHOLE, "half up")

    @property
    def remains(self) -> int | None:
        """What is left after it."""
        return None if self.left is None else self.left - self.cost

    @property
    def share(self) -> int | None:
        """The cost in basis points of what members paid."""
        return Paying(self.members, self.cost, None).share


class Reached(NamedTuple):
    """Where a program stands at the end of a month, from its first cost on, setting up included.

    `pays_at`: by how many basis points members must buy more because of it than they would without it (None: not known, or no
    uplift is enough). `brought`: what the supposed uplift left in this month; `balance` what it left so far less all cost.
    """

    month: str
    pays_at: int | None
    brought: int | None
    balance: int | None


def reached(months: Iterable[Month], uplift: int | None) -> Iterator[Reached]:
    """The same for each month in turn."""
    turnover, cost, balance = 0, 0, 0
    for each in months:
        turnover += each.since
        cost += each.cost + each.set_up
        brought = None if uplift is None or each.margin is None else brought_by(each.since, each.margin, uplift)
        balance += (brought or 0) - each.cost - each.set_up
        pays_at = Paying(turnover, cost, each.margin).break_even
        yield Reached(each.month, pays_at, brought, None if brought is None else balance)


def paid_back_in(course: Sequence[Reached], months: Sequence[Month]) -> str | None:
    """The month at whose end all costs were paid back for good; None where nothing was set up or it is not so yet."""
    if not any(each.set_up for each in months):
        return None
    month = None
    for each in course:
        if each.balance is None or each.balance < 0:
            month = None
        elif month is None:
            month = each.month
    return month


def months_missing(course: Sequence[Reached], months: Sequence[Month], last: Day) -> int | None:
    """In how many more months it is paid back at the pace of the last whole ones; None where it never will, or nothing is supposed."""
    whole = [
        (each.brought or 0) - month.cost
        for each, month in zip(course, months, strict=True)
        if each.brought is not None and span_of_month(month.month)[1] <= last
    ][-PACE:]
    balance = course[-1].balance if course else None
    if balance is None or balance >= 0 or sum(whole) <= 0:
        return None
    return rounded(-balance * len(whole), sum(whole), "up")


def paid_in(cost: Cost, month: str) -> bool:
    """Whether a running cost is paid in a month."""
    return month_of(cost.first) <= month and span_of_month(month)[0] <= cost.last


def paid_on(cost: Cost, month: str) -> Day:
    """The day of a month on which a running cost is paid in it: the first on which it is one."""
    return max(span_of_month(month)[0], cost.first)


def months_through(first: Day, last: Day) -> list[str]:
    """The months from the one of a day through that of another.

    >>> months_through(2461042, 2461101)  # 2026-01-01, 2026-03-01
    ['2026-01', '2026-02', '2026-03']
    """
    months, day = [], first
    while day <= last or month_of(day) == month_of(last):
        months.append(month_of(day))
        day = span_of_month(month_of(day))[1] + 1
    return months
