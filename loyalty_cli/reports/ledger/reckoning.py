"""What is owed for points, reckoned from the first entry under what each month says: closed months by what they kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.expected_use import expected
from loyalty_cli.books.expected_use import History
from loyalty_cli.books.expected_use import pattern
from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import flows_of
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import Estimates
from loyalty_cli.books.owed import WHOLE
from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.bookkeeping import in_force
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.store.ledger.bookings import bookings
from loyalty_cli.store.ledger.bookings import books_of_closed_months

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.books.expected_use import Expected
    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.books.flows import Flows
    from loyalty_cli.books.owed import Change
    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

# Beyond any number of points a shop gives in a month: its share of use is that of the pattern alone.
MANY = 10**12


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Points by cohort and day, what each day adds to what is owed, and what was taken for true in a month."""

    flows: Flows
    changes: Counter[Change]
    estimates: Estimates
    books: Mapping[str, Bookkeeping]
    now: Bookkeeping
    use: Use

    def books_in(self, month: str) -> Bookkeeping:
        """How points stand in the books of a month."""
        return self.books.get(month, self.now)


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


def reckoned(connection: Connection, question: Question) -> Reckoning:
    """Everything through the last day asked for."""
    last = last_day(question)
    flows = flows_of(bookings(connection, last))
    closed = books_of_closed_months(connection)
    books = {month: bookkeeping_from(kept) for month, (kept, _) in closed.items()}
    now, use = bookkeeping_from(question.shop.books), Use(flows)

    @cache
    def share(month: str, cohort: Cohort) -> int:
        said = books.get(month, now).expected_use
        if said:
            stated = in_force(said, span_of_month(month)[0])
            return WHOLE if stated is None else stated
        before, new = use.known(month_of(span_of_month(month)[0] - 1))
        return round(before.get(cohort.month, new).share * WHOLE)

    estimates = Estimates(lambda month: books.get(month, now).policy, share, worths(connection, question))
    return Reckoning(flows, changes(flows, estimates, last=last), estimates, books, now, use)


def worths(connection: Connection, question: Question) -> Callable[[str], int]:
    """What a point is worth in a month (money x 1000): as its month closed with it, else today's."""
    closed = books_of_closed_months(connection)

    def worth(month: str) -> int:
        return closed[month][1] if month in closed else question.shop.point_worth

    return worth


Moved = dict[tuple[str, str], Counter[str]]
"""What a month changed in a store, by kind."""


class Rolled(NamedTuple):
    """A store's (or a tier's) month: what it came in with, what it changed by kind, what it went out with."""

    month: str
    store: str
    opening: int
    by_kind: Counter[str]
    closing: int


def rolled(moved: Moved, question: Question, change: Callable[[Counter[str]], int]) -> Iterator[Rolled]:
    """Months in order, the stores of each by name, those in which something was there or moved; a store opens as it closed."""
    if not moved:
        return
    opening: Counter[str] = Counter()
    first = month_of(question.first) if question.first is not None else ""
    stores = sorted({store for _, store in moved})
    for month in months_between(min(month for month, _ in moved), month_of(last_day(question))):
        for store in stores:
            by_kind = moved.get((month, store), Counter())
            closing = opening[store] + change(by_kind)
            wanted = month >= first and (not question.stores or store in question.stores)
            if wanted and (opening[store] or closing or any(by_kind.values())):
                yield Rolled(month, store, opening[store], by_kind, closing)
            opening[store] = closing


def months_between(first: str, last: str) -> list[str]:
    """The months from one to another."""
    months, day = [], span_of_month(first)[0]
    while month_of(day) <= last:
        months.append(month_of(day))
        day = span_of_month(month_of(day))[1] + 1
    return months


