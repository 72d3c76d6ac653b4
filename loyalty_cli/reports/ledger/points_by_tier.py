"""Points tier by tier as booked: what each month came in with, what moved with members to another tier, what went out."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.books.flows import EARNED
from loyalty_cli.books.flows import LAPSED
from loyalty_cli.books.flows import OTHER
from loyalty_cli.books.flows import TAKEN_BACK
from loyalty_cli.books.flows import USED
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.money import rounded
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.ledger import points_by_store
from loyalty_cli.reports.ledger.reckoning import of_one_month
from loyalty_cli.reports.ledger.reckoning import rolled
from loyalty_cli.reports.ledger.roll_forward import last_day
from loyalty_cli.reports.ledger.worths import worth_in
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.reports.wallets import marked
from loyalty_cli.reports.wallets import purses
from loyalty_cli.reports.wallets import with_wallet
from loyalty_cli.store.ledger.bookings import bookings
from loyalty_cli.store.ledger.bookings import tiers_by_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.bookkeeping import Posted
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.reckoning import Moved
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})
MOVED = "moved"

MONTH, _, *ROLLED, CLOSING, WORTH = points_by_store.COLUMNS
COLUMNS = (
    *(MONTH, Column(name="tier", heading="Tier"), *ROLLED),
    *(Column(name="moved", heading="Moved", kind="points", total=True), CLOSING, WORTH),
)


def table(connection: Connection, question: Question) -> Table:
    """Months in order, the tiers of each by name."""
    moved: dict[str, Moved] = {}
    for purse in purses(connection, question):
        for _ in watched(bookings(connection, last_day(question), purse.assets), moved.setdefault(purse.name, {}), connection, question):
            pass
    return shown(moved, connection, question)


def shown(moved: Mapping[str, Moved], connection: Connection, question: Question) -> Table:
    """The table of what moved of each wallet, as whoever read the bookings has noted it."""
    page = Page(
        name="points-by-tier",
        title=phrase("Points by tier"),
        basis=basis_booked(question),
        empty=phrase("No points were booked on these days."),
        notes=[
            phrase(
                "Points count in the tier that was booked at the end of their day; what a member brought along to another "
                "tier stands under moved, which sums to nothing."
            ),
            phrase("Opening + earned - used - lapsed - taken back + other + moved = closing."),
        ],
    )
    kinds = purses(connection, question)
    found = [(*row, *marked(kinds, purse)) for purse in kinds for row in rows(moved[purse.name], worth_in(connection, purse), question)]
    return tabled(question, page, of_one_month(with_wallet(COLUMNS, kinds), found), found)


def watched(entries: Iterable[Posted], moved: Moved, connection: Connection, question: Question) -> Iterator[Posted]:
    """The entries as they are, while what they move from tier to tier is noted: they are many, and read once for all tables."""
    base = question.shop.base_tier
    tiers = tiers_by_day(connection, last_day(question), base=base)
    for member, own in groupby(entries, key=itemgetter(0)):
        mine = list(own)
        note_moves(moved, mine, tiers.get(member, {}), base, begin_of=question.begin_of)
        yield from mine


def rows(moved: Moved, worth: Callable[[str], int], question: Question) -> Iterator[tuple[Cell, ...]]:
    """Every tier in every month in which it had points."""
    for each in rolled(moved, question, Counter.total):
        points = each.by_kind
        went = (-points[kind] for kind in (USED, LAPSED, TAKEN_BACK))
        yield (
            each.month, each.store, each.opening, points[EARNED], *went, points[OTHER], points[MOVED],
            each.closing, rounded(each.closing * worth(each.month), 1000, "half up"),
        )  # fmt: skip


def note_moves(
    found: Moved, entries: Iterable[Posted], changed: Mapping[Day, str], base: str, *, begin_of: Callable[[Day], Day] = start_of_month
) -> None:
    """Note what a member's entries, in order, add to tiers by month; `changed` has the days that ended in another tier.

    >>> from loyalty_cli.model.bookkeeping import Posted
    >>> found = {}
    >>> note_moves(found, [Posted(7, 2461042, 50, "earned", (1, 1), None, "", 0)], {2461073: "gold"}, "guest")
    >>> found[2461073, "guest"]
    Counter({'moved': -50})
    """
    tier, balance, at = base, 0, 0
    there: Counter[str] = Counter()
    ahead = sorted(changed, reverse=True)
    for posted in entries:
        if posted.day != at:
            while ahead and ahead[-1] <= posted.day:
                tier = moved_to(found, begin_of(ahead[-1]), (tier, changed[ahead.pop()]), balance)
            at, there = posted.day, found.setdefault((begin_of(posted.day), tier), Counter())
        there[posted.kind] += posted.quantity
        balance += posted.quantity
    while ahead:
        tier = moved_to(found, begin_of(ahead[-1]), (tier, changed[ahead.pop()]), balance)


def moved_to(found: Moved, month: Day, tiers: tuple[str, str], balance: int) -> str:
    """Note that a member's points went along to another tier in a month; that tier."""
    before, after = tiers
    if after != before and balance:
        found.setdefault((month, before), Counter())[MOVED] -= balance
        found.setdefault((month, after), Counter())[MOVED] += balance
    return after
