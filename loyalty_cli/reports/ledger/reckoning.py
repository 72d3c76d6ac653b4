"""What is owed for points, reckoned from the first entry under what each month says: closed months by what they kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.as_closed import as_closed
from loyalty_cli.books.flows import COMING
from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import flows_of
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import Right
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.books.journal import vat_changes
from loyalty_cli.books.owed import Change
from loyalty_cli.books.owed import changes
from loyalty_cli.books.owed import ESTIMATE
from loyalty_cli.books.owed import Estimates
from loyalty_cli.books.owed import RESTATED
from loyalty_cli.books.rights import price_of
from loyalty_cli.books.rights import share_out
from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.days import Day
from loyalty_cli.model.days import month_of
from loyalty_cli.reports.as_closed import moved_as_closed
from loyalty_cli.reports.ledger.coupon_reckoning import CouponReckoning
from loyalty_cli.reports.ledger.coupon_reckoning import coupons_gathered
from loyalty_cli.reports.ledger.coupon_reckoning import coupons_reckoned
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.ledger.shares import Shares
from loyalty_cli.reports.ledger.use import Use
from loyalty_cli.reports.ledger.worths import worth_in
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.ledger.bookings import bookings
from loyalty_cli.store.ledger.bookings import books_of_closed_months
from loyalty_cli.store.ledger.bookings import sales_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.books.flows import Cohort
    from loyalty_cli.books.flows import Flows
    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.bookkeeping import Posted
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Column
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

# What moves the points that are owed, by the columns of `owed`.
KINDS = {
    "deferred": EARNED, "used": USED, "lapsed": LAPSED, "taken_back": TAKEN_BACK, "other": OTHER, "estimate": ESTIMATE,
    "restated": RESTATED,
}  # fmt: skip
# The same of the points themselves, by the columns of `points-by-store`.
COLUMNS_OF_POINTS = {"earned": EARNED, "used": USED, "lapsed": LAPSED, "taken_back": TAKEN_BACK, "other": OTHER}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The points, the shop's own first, then those of each wallet; what each day adds to what is owed; what months take for true."""

    kinds: Sequence[Points]
    changes: Counter[Change]
    coupons: CouponReckoning
    shares: Shares
    now: Bookkeeping

    @property
    def purses(self) -> list[Purse]:
        """Whose points they are."""
        return [each.purse for each in self.kinds]

    @property
    def books(self) -> Mapping[str, Bookkeeping]:
        """How points stood in the books of closed months."""
        return self.shares.books

    @property
    def booked(self) -> Mapping[Change, int]:
        """Everything that stands in the journal: what is owed for points and coupons, and the VAT of coupons sold."""
        return {**self.changes, **self.coupons.changes, **vat_changes(self.coupons.vat)}

    def books_in(self, month: str) -> Bookkeeping:
        """How points stand in the books of a month."""
        return self.books.get(month, self.now)

    def to_keep(self, month: str) -> Bookkeeping:
        """How points stand in the books of a month that is being closed, with what it takes for true of estimates."""
        return replace(self.books_in(month), estimated=self.shares.estimated.get(month, {}))


def unwatched(_: Purse, entries: Iterable[Posted]) -> Iterable[Posted]:
    """Nobody looks on."""
    return entries


def reckoned(
    connection: Connection, question: Question, watch: Callable[[Purse, Iterable[Posted]], Iterable[Posted]] = unwatched
) -> Reckoning:
    """Everything through the last day asked for; `watch` sees each entry on the way, for they are many and read once."""
    last = last_day(question)
    books = {month: bookkeeping_from(kept) for month, kept in books_of_closed_months(connection).items()}
    now, shares = bookkeeping_from(question.shop.books), Shares(books)
    gathered = coupons_gathered(connection, shares, now, last=last)
    given = gathered.came.rights if gathered else {}
    found = purses(connection, question)
    # Sales that gave more than the shop's own points, where a part of sales is deferred.
    deferred = any(each.policy == "deferral" for each in (now, *books.values()))
    more = {*given, *(sale for purse in found[1:] if deferred for sale in sales_of(connection, last, purse.assets))}
    kinds = [
        points_of(watch(purse, bookings(connection, last, purse.assets)), more, shares, now, (purse, worth_in(connection, purse)))
        for purse in found
    ]
    for sale in more:
        rights = [(each, gathered.estimates) for each in given.get(sale, ()) if gathered]
        rights += [(each.rights[sale], each.estimates) for each in kinds]
        share_out([(right, price_of(right, estimates, month_of(last))) for right, estimates in rights])
    owed: Counter[Change] = Counter()
    for each in kinds:
        owed.update(changes(each.flows, each.estimates, last=last))
    owed = as_closed(owed, moved_as_closed(connection, "owed", "store", KINDS), last=last, coupons=False)
    coupons = coupons_reckoned(connection, gathered, last=last)
    kinds = [each._replace(moved=points_moved(connection, each, last)) for each in kinds]
    return Reckoning(kinds, owed, coupons, shares, now)


class Points(NamedTuple):
    """The points of one kind: what became of them, and of those of each sale that gave more, and what months take for true of them.

    `moved` is what each day adds to them in a store.
    """

    purse: Purse
    flows: Flows
    use: Use
    rights: Mapping[int, Right]
    estimates: Estimates
    moved: Mapping[Change, int] = MappingProxyType({})


def points_of(
    entries: Iterable[Posted], more: Iterable[int], shares: Shares, now: Bookkeeping, of: tuple[Purse, Callable[[str], int]]
) -> Points:
    """The points of some entries; those of a wallet are used in a way of their own."""
    rights = {sale: Right() for sale in more}
    flows = flows_of(entries, rights)
    use, books, (purse, worth) = Use(flows), shares.books, of

    @cache
    def share(month: str, cohort: Cohort) -> int:
        known_as = cohort._replace(coupon=f"wallet:{purse.name}") if purse.name else cohort
        return shares.of(use, books.get(month, now).expected_use, month, known_as)

    return Points(purse, flows, use, rights, Estimates(lambda month, _: books.get(month, now).policy, share, worth))


def points_moved(connection: Connection, points: Points, last: Day) -> Counter[Change]:
    """What each day adds to the points of a store, by kind; closed months as they were closed, and what differs is restated."""
    found: Counter[Change] = Counter()
    for cohort, days in points.flows.items():
        for day, flow in days.items():
            for kind, quantity in flow.points.items():
                found[Change(day, cohort.store, cohort.by_sale, kind)] += signed(kind, quantity)
    closed = {
        month: kept._replace(moved=Counter({(store, kind): signed(kind, quantity) for (store, kind), quantity in kept.moved.items()}))
        for month, kept in moved_as_closed(connection, "points-by-store", "store", COLUMNS_OF_POINTS, wallet=points.purse.name).items()
    }
    return as_closed(found, closed, last=last, coupons=False)


def signed(kind: str, points: int) -> int:
    """Points of a kind as they change a balance: what goes is less."""
    return points if kind in COMING else -points


Moved = dict[tuple[Day, str], Counter[str]]
"""What a month, by its first day that counts, changed in a store, by kind."""


class Rolled(NamedTuple):
    """A store's (or a tier's) month from a day on: what it came in with, what it changed by kind, what it went out with."""

    start: Day
    store: str
    opening: int
    by_kind: Counter[str]
    closing: int

    @property
    def month(self) -> str:
        """The month as `2026-11`."""
        return month_of(self.start)


def of_one_month(columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> Sequence[Column]:
    """The columns; within one month what stores open and close with has a sum, too."""
    if len({row[0] for row in rows}) != 1:
        return columns
    return [replace(column, total=True) if column.name in {"opening", "closing"} else column for column in columns]


def rolled(moved: Moved, question: Question, change: Callable[[Counter[str]], int]) -> Iterator[Rolled]:
    """Months in order, the stores of each by name, those in which something was there or moved; a store opens as it closed."""
    if not moved:
        return
    opening: Counter[str] = Counter()
    stores = sorted({store for _, store in moved})
    for start in question.months_through(min(start for start, _ in moved), last_day(question)):
        for store in stores:
            by_kind = moved.get((start, store), Counter())
            closing = opening[store] + change(by_kind)
            wanted = start >= question.span["first"] and (not question.stores or store in question.stores)
            if wanted and (opening[store] or closing or any(by_kind.values())):
                yield Rolled(start, store, opening[store], by_kind, closing)
            opening[store] = closing
