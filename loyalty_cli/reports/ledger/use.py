"""How a shop's points (or coupons) were used, by the month that gave them, as it was known at the end of any month."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from loyalty_cli.books.calendar_of_use import History
from loyalty_cli.books.expected_use import expected
from loyalty_cli.books.expected_use import pattern
from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.model.bookkeeping import in_force
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.model.money import WHOLE

if TYPE_CHECKING:
    from loyalty_cli.books.expected_use import Expected
    from loyalty_cli.books.flows import Flows
    from loyalty_cli.model.bookkeeping import Dated

# Beyond any number of points a shop gives in a month: its share of use is that of the pattern alone.
MANY = 10**12


class Use:
    """The shop's own history of use, month by month of earning, as it was known at the end of any month."""

    def __init__(self, flows: Flows) -> None:
        self.given: dict[str, Counter[str]] = {}
        self.used: dict[str, Counter[str]] = {}
        self.lapsed: dict[str, Counter[str]] = {}
        for cohort, days in flows.items():
            for each in (self.given, self.used, self.lapsed):
                each.setdefault(cohort.month, Counter())
            for day, flow in days.items():
                month, points = month_of(day), flow.points
                self.given[cohort.month][month] += points[EARNED] + points[OTHER] - points[TAKEN_BACK]
                self.used[cohort.month][month] += points[USED]
                self.lapsed[cohort.month][month] += points[LAPSED]
        self.known = cache(self.at_end_of)

    def at_end_of(self, last: str) -> tuple[dict[str, Expected], Expected]:
        """The expected use of each month's points, and that of points just given, as known at the end of a month."""
        histories = {month: self.history(month, last) for month in self.given if month <= last}
        learned = pattern(list(histories.values()))
        return {month: expected(each, learned) for month, each in histories.items()}, expected(History(MANY, (), MANY), learned)

    def history(self, cohort: str, last: str) -> History:
        """What became of one month's points through another."""
        used = [self.used[cohort][month] for month in months_between(cohort, last)]
        given = sum(points for month, points in self.given[cohort].items() if month <= last)
        lapsed = sum(points for month, points in self.lapsed[cohort].items() if month <= last)
        return History(given, used, given - sum(used) - lapsed)

    def share(self, said: Dated, month: str, earned_in: str) -> int:
        """The share of a month's points that another month takes for used in the end: stated, else as known before it began."""
        first = span_of_month(month)[0]
        if said:
            stated = in_force(said, first)
            return WHOLE if stated is None else stated
        before, new = self.known(month_of(first - 1))
        return round(before.get(earned_in, new).share * WHOLE)


def months_between(first: str, last: str) -> list[str]:
    """The months from one to another."""
    months, day = [], span_of_month(first)[0]
    while month_of(day) <= last:
        months.append(month_of(day))
        day = span_of_month(month_of(day))[1] + 1
    return months
