"""What is owed for coupons that are worth money, month by month and coupon by coupon, as the program's books say of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import restated_said
from loyalty_cli.reports.ledger.coupon_reckoning import KINDS
from loyalty_cli.reports.ledger.reckoning import of_one_month
from loyalty_cli.reports.ledger.reckoning import reckoned
from loyalty_cli.reports.ledger.reckoning import rolled
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.ledger.reckoning import Moved
    from loyalty_cli.reports.ledger.reckoning import Reckoning
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="coupon", heading="Coupon"),
    Column(name="treatment", heading="In the books", kind="word"),
    Column(name="opening", heading="Opening", kind="money"),
    Column(name="issued", heading="Issued", kind="money", total=True),
    Column(name="used", heading="Used", kind="money", total=True),
    Column(name="lapsed", heading="Lapsed", kind="money", total=True),
    Column(name="withdrawn", heading="Withdrawn", kind="money", total=True),
    Column(name="estimate", heading="New estimate", kind="money", total=True),
    Column(name="restated", heading="Restated", kind="money", total=True),
    Column(name="closing", heading="Closing", kind="money"),
    Column(name="vat", heading="VAT when sold", kind="money", total=True),
)
RESTATED = [column.name for column in COLUMNS].index("restated")


def table(connection: Connection, question: Question) -> Table:
    """Months in order, the coupons of each by name."""
    return shown(reckoned(connection, question), question)


def shown(reckoning: Reckoning, question: Question) -> Table:
    """The table of what was reckoned already."""
    found = list(rows(reckoning, question))
    page = Page(
        name="owed-for-coupons",
        title=phrase("What is owed for coupons, by the books"),
        basis=basis_booked(question),
        empty=phrase("Nothing is owed for coupons by the books: they are a discount when they are used, or books: coupons: says more."),
        notes=[
            phrase("Opening and all columns up to closing add up to closing; VAT when sold is owed besides."),
            phrase(
                "What a sale gave is owed from the day of the sale; the register of coupons counts it from the day its code was issued."
            ),
            phrase("discount: nothing is owed before it is used; sold: owed at its price without VAT that is due at once."),
            *restated_said(found, RESTATED),
        ],
    )
    return tabled(question, page, of_one_month(COLUMNS, found), found)


def rows(reckoning: Reckoning, question: Question) -> Iterator[tuple[Cell, ...]]:
    """Every coupon in every month in which something was owed or changed."""
    moved: Moved = {}
    for change, amount in reckoning.coupons.changes.items():
        moved.setdefault((question.begin_of(change.day), change.coupon), Counter())[change.kind] += amount
    vat: Counter[tuple[Day, str]] = Counter()
    for (day, name), amount in reckoning.coupons.vat.items():
        vat[question.begin_of(day), name] += amount
    for each in rolled(moved, question, Counter.total):
        treatment = reckoning.books_in(each.month).of_coupon(each.store).treatment
        amounts = (each.by_kind[kind] for kind in KINDS.values())
        yield each.month, each.store, treatment, each.opening, *amounts, each.closing, vat[each.start, each.store]
