"""What was taken off prices, by store and reason: the till's own discounts, points, and each coupon."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.days import month_of
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import closed_and_late
from loyalty_cli.reports.as_closed import LATE_MEANS
from loyalty_cli.reports.as_closed import LATE_OF
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.on_receipts import PAID_LINES
from loyalty_cli.store.coupons.on_receipts import TAKEN_OFF
from loyalty_cli.store.coupons.on_receipts import used_on_receipts

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "stores", "limit"})
TILL, POINTS, COUPON = "discount of the till", "points", "coupon"

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="store", heading="Store"),
    Column(name="reason", heading="Reason", kind="word"),
    Column(name="coupon", heading="Coupon"),
    Column(name="amount", heading="Amount", kind="money", total=True),
    LATE_OF,
)


def table(connection: Connection, question: Question) -> Table:
    """The months in order, the stores of each by name."""
    page = Page(
        name="discount-reasons",
        title=phrase("Discounts by store and reason"),
        basis=basis_booked(question),
        empty=phrase("Nothing was taken off a price on these days."),
        notes=[
            phrase("What a receipt says was paid with points or coupons, and is no coupon known here, stands as points."),
            LATE_MEANS,
        ],
    )
    found = closed_and_late(connection, question, "discount-reasons", COLUMNS, lambda asked: rows(connection, asked))
    return tabled(question, page, COLUMNS, found)


def rows(connection: Connection, question: Question) -> list[tuple[Cell, ...]]:
    """One row for a month, store and reason with an amount; together what the discounts by VAT rate come to."""
    values = {**question.span, "stores": question.stores_as_json}
    found: Counter[tuple[str, str, str, str]] = Counter()
    for day, store, discount, loyalty in connection.execute(TAKEN_OFF, values):
        found[month_of(day), store, TILL, ""] += discount
        found[month_of(day), store, POINTS, ""] += loyalty
    coupons = used_on_receipts(connection, values)
    paid: dict[int, tuple[str, str, int]] = {}
    for receipt, day, store, _, part in connection.execute(PAID_LINES, values) if coupons else ():
        paid[receipt] = (month_of(day), store, part + (paid[receipt][2] if receipt in paid else 0))
    for receipt, (month, store, most) in paid.items():
        left = most
        for name, amount in sorted(coupons.get(receipt, Counter()).items()):
            taken = min(amount, left)
            left -= taken
            found[month, store, COUPON, name] += taken
            found[month, store, POINTS, ""] -= taken
    return [(*place, amount) for place, amount in sorted(found.items()) if amount]
