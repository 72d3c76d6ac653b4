"""The register of coupons: how many could be used at the beginning, came, were used, lapsed or were withdrawn, and are left."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.books.coupon_flows import as_sold
from loyalty_cli.books.coupon_flows import SALES
from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.bookkeeping import on_the_shelf
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import closing_as_closed
from loyalty_cli.reports.as_closed import restated_said
from loyalty_cli.reports.as_closed import table_as_closed
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.bookings import coupons_booked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.bookkeeping import Coupon
    from loyalty_cli.model.bookkeeping import CouponMove
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="coupon", heading="Coupon"),
    Column(name="opening", heading="Opening", kind="count", total=True),
    Column(name="issued", heading="Issued", kind="count", total=True),
    Column(name="used", heading="Used", kind="count", total=True),
    Column(name="lapsed", heading="Lapsed", kind="count", total=True),
    Column(name="withdrawn", heading="Withdrawn", kind="count", total=True),
    Column(name="voided", heading="Voided", kind="count", total=True),
    Column(name="restated", heading="Restated", kind="count", total=True),
    Column(name="closing", heading="Closing", kind="count", total=True),
    Column(name="left", heading="Open, worth", kind="money", total=True),
    Column(name="paid", heading="Paid with them", kind="money", total=True),
)
# Each number was given once, in order: a number that is not there was taken away behind the program's back.
MISSING = "SELECT (SELECT max(id) - count(*) FROM coupon), (SELECT max(id) - count(*) FROM bearer_coupon)"
RESTATED = [column.name for column in COLUMNS].index("restated")
LEAVES = ("used", "lapsed", "withdrawn", "voided")


@dataclass(slots=True)
class Kind:
    """The coupons of one name: how many at each end, what came and what became of them; what is open and was paid, in money."""

    moves: Counter[str] = field(default_factory=Counter)
    left: int = 0
    paid: int = 0


class Standing(NamedTuple):
    """A coupon at the end of a day: `open` or by what it has left, and the money it can still pay."""

    state: str
    left: int


def table(connection: Connection, question: Question) -> Table:
    """One row for each kind of coupon; opening + issued - used - lapsed - withdrawn - voided + restated = closing."""
    closed = month_as_closed(connection, question)
    rows = counted(connection, question) if closed is None else closed
    text = phrase("Days: {dates}; a coupon lapses the day after its last one.", dates=question.dates)
    page = Page(
        name="coupon-register",
        title=phrase("Register of coupons"),
        basis=text if closed is None else phrase("Days: {dates}, as the month was closed.", dates=question.dates),
        empty=phrase("No coupons were issued on these days. They are issued by: loyalty coupons issue"),
        notes=[*notes(connection), *restated_said(rows, RESTATED)],
    )
    return tabled(question, page, COLUMNS, rows)


def month_as_closed(connection: Connection, question: Question) -> Sequence[tuple[Cell, ...]] | None:
    """The rows of a closed month as its pack kept them; None of other days, and where an older release kept other columns."""
    if question.first is None or question.last is None or question.first != start_of_month(question.last):
        return None
    kept = table_as_closed(connection, "coupon-register", question.last)
    same = kept is not None and [column.name for column in kept.columns] == [column.name for column in COLUMNS]
    return kept.rows if kept is not None and same else None


def counted(connection: Connection, question: Question) -> list[tuple[Cell, ...]]:
    """The rows by what is known now."""
    kinds = kinds_of(connection, question.shop.books, question.span["first"], min(question.span["last"], question.today))
    if question.first is not None:
        open_as_closed(connection, kinds, question.first)
    return [
        (name, *(kind.moves[what] for what in ("opening", "issued", *LEAVES, "restated", "closing")), kind.left, kind.paid)
        for name, kind in sorted(kinds.items())
        if any(kind.moves.values()) or kind.paid
    ]


def kinds_of(connection: Connection, books: str, first: Day, last: Day) -> dict[str, Kind]:
    """What the days did to each kind of coupon: those of members and those made for whoever brings them."""
    shelf = on_the_shelf(bookkeeping_from(books))
    kinds: dict[str, Kind] = {}
    coupons, moves = coupons_booked(connection, None)
    for number, coupon in coupons.items():
        own: Sequence[CouponMove] = moves.get(number, ())
        since = as_sold(coupon, own) if number < 0 and coupon.name in shelf else (coupon, own)
        if since is not None and since[0].given <= last:
            enter(kinds.setdefault(coupon.name, Kind()), *since, first, last)
    return kinds


def open_as_closed(connection: Connection, kinds: dict[str, Kind], first: Day) -> None:
    """Days after a closed month open as it closed; what is counted otherwise today is restated."""
    found = closing_as_closed(connection, "coupon-register", "coupon", first - 1)
    if found is None:
        return
    for name in sorted({*kinds, *found}):
        moves = kinds.setdefault(name, Kind()).moves
        moves["restated"] = moves["opening"] - found[name]
        moves["opening"] = found[name]


def enter(kind: Kind, coupon: Coupon, moves: Sequence[CouponMove], first: Day, last: Day) -> None:
    """One coupon in the figures of its kind."""
    now = standing(coupon, moves, last)
    if moves:
        kind.paid += sum(move.paid for move in moves if first <= move.day <= last)
    before = standing(coupon, moves, first - 1).state if coupon.given < first else ""
    if before == "open":
        kind.moves["opening"] += 1
    elif not before:
        kind.moves["issued"] += 1
    elif before != now.state:
        # Used or withdrawn before these days, and given back on them.
        kind.moves[before] -= 1
    if now.state == "open":
        kind.moves["closing"] += 1
        kind.left += now.left
    elif before != now.state:
        kind.moves[now.state] += 1


def standing(coupon: Coupon, moves: Sequence[CouponMove], day: Day) -> Standing:
    """Where a coupon stands at the end of a day; it can be used through its last one."""
    booked = [move for move in moves if move.day <= day]
    if not booked:  # most of them
        return Standing("lapsed" if coupon.until < day else "open", coupon.worth * coupon.uses)
    paid, times = sum(move.paid for move in booked), sum(move.times for move in booked)
    left = coupon.worth - paid if coupon.keeps else coupon.worth * (coupon.uses - times)
    if left <= 0 if coupon.keeps else times >= coupon.uses:
        return Standing("used", 0)
    state = next((move.state for move in reversed(booked) if move.state and move.state not in SALES), "open")
    if state == "open" and coupon.until < day:
        state = "lapsed"
    return Standing(state, left)


def left_on(connection: Connection, day: Day) -> dict[int, int]:
    """The coupons of members that could be used at the end of a day, as the books have it: what one use of each could pay."""
    coupons, moves = coupons_booked(connection, None)
    found: dict[int, int] = {}
    for number, coupon in coupons.items():
        if coupon.given <= day and (now := standing(coupon, moves.get(number, ()), day)).state == "open":
            found[number] = now.left if coupon.keeps else coupon.worth
    return found


def notes(connection: Connection) -> list[Phrase]:
    """Numbers that are missing."""
    missing = sum(number or 0 for number in connection.execute(MISSING).fetchone())
    if not missing:
        return [phrase("Opening + issued - used - lapsed - withdrawn - voided + restated = closing. No number is missing.")]
    return [
        phrase(
            "{count} number of a coupon is missing: it was taken out of the database. Run: loyalty check --full",
            "{count} numbers of coupons are missing: they were taken out of the database. Run: loyalty check --full",
            count=missing,
        )
    ]
