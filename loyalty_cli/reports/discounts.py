"""Discounts that tills gave, by store and VAT rate: what they took off, and what points and coupons paid."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import bookkeeping_from
from loyalty_cli.model.bookkeeping import in_force
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import shared
from loyalty_cli.model.money import WHOLE
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.reports.as_closed import closed_and_late
from loyalty_cli.reports.as_closed import LATE_MEANS
from loyalty_cli.reports.as_closed import LATE_OF
from loyalty_cli.reports.question import basis_booked
from loyalty_cli.reports.question import Page
from loyalty_cli.reports.question import tabled
from loyalty_cli.store.coupons.on_receipts import PAID_LINES
from loyalty_cli.store.coupons.on_receipts import used_on_receipts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.bookkeeping import Bookkeeping
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.reports.question import Question
    from loyalty_cli.store.reading import Connection

TAKES = frozenset({"dates", "as-of", "stores", "limit"})

COLUMNS = (
    Column(name="month", heading="Month", kind="month"),
    Column(name="store", heading="Store"),
    Column(name="vat", heading="VAT"),
    Column(name="rate", heading="Rate", kind="percent"),
    Column(name="before", heading="Before discount", kind="money", total=True),
    Column(name="discount", heading="Discount", kind="money", total=True),
    Column(name="paid_by_loyalty", heading="Points and coupons", kind="money", total=True),
    Column(name="paid", heading="Paid", kind="money", total=True),
    Column(name="taxed", heading="With VAT", kind="money", total=True),
    Column(name="net", heading="Without VAT", kind="money", total=True),
    Column(name="tax", heading="VAT in it", kind="money", total=True),
    LATE_OF,
)
# A line's number holds that of its receipt above its lowest twelve bits. The amount is what the goods cost after the
# till's discount, of which points and coupons paid a part. CROSS JOIN keeps SQLite from beginning with all articles.
SELECT = """
SELECT receipt.day, store.name, article.vat, sum(line.amount), sum(line.discount), sum(line.loyalty)
  FROM receipt CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
       CROSS JOIN store ON store.id = receipt.store_id
       CROSS JOIN article ON article.id = line.article_id
 WHERE receipt.gone = 0 AND receipt.day BETWEEN :first AND :last
   AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


def table(connection: Connection, question: Question) -> Table:
    """The months in order, the stores of each by name, the marks of VAT as the till wrote them."""
    books = bookkeeping_from(question.shop.books)
    page = Page(
        name="discounts",
        title=phrase("Discounts by store and VAT rate"),
        basis=basis_booked(question),
        empty=phrase("There are no purchases on these days."),
        notes=[
            phrase("Before discount - discount = paid with money, points and coupons."),
            PAY_AS[books.points_pay_as],
            phrase("Rates come from the till's mark, or from books: vat: in program.yaml; without a rate VAT is not worked out."),
            LATE_MEANS,
        ],
    )
    found = closed_and_late(connection, question, "discounts", COLUMNS, lambda asked: rows(connection, asked, books))
    return tabled(question, page, COLUMNS, found)


PAY_AS = {
    "discount": phrase("Points and coupons count as a discount; a multi-purpose voucher that was sold pays as money does."),
    "payment": phrase(
        "What points pay, and a multi-purpose voucher that was sold, has VAT in it as money has; coupons count as a discount."
    ),
}


def rows(connection: Connection, question: Question, books: Bookkeeping) -> Iterator[tuple[Cell, ...]]:
    """One row for a month, store and mark; days on which a rate changes make two."""
    sums: dict[tuple[Day, str, str, int | None], list[int]] = {}
    values = {**question.span, "stores": question.stores_as_json}
    as_payment = payments(connection, books, values)
    for day, store, vat, amount, discount, loyalty in connection.execute(SELECT, values):
        key = start_of_month(day), store, vat, rate_of(vat, day, books)
        into = sums.setdefault(key, [0, 0, 0, 0])
        for place, figure in enumerate((amount, discount, loyalty, as_payment[day, store, vat])):
            into[place] += figure
    for (month, store, vat, rate), (amount, discount, loyalty, payment) in sorted(sums.items(), key=str):
        paid = amount - loyalty
        taxed = paid + payment
        net = rounded(taxed * WHOLE, WHOLE + rate, "half up") if rate is not None else None
        tax = taxed - net if net is not None else None
        yield month_of(month), store, vat, rate, amount + discount, discount, loyalty, paid, taxed, net, tax


def payments(connection: Connection, books: Bookkeeping, values: Mapping[str, object]) -> Counter[tuple[Day, str, str]]:
    """What points and vouchers paid as money does, by day, store and mark: of each receipt by its own uses.

    A receipt that says more than its uses here was paid with the till's own points; coupons of other shops are not known.
    """
    found: Counter[tuple[Day, str, str]] = Counter()
    sold = {name for name, how in books.coupons.items() if how.treatment == "sold" and not how.vat}
    if books.points_pay_as == "discount" and not sold:
        return found
    coupons = used_on_receipts(connection, values)
    by_receipt: dict[int, list[tuple[Day, str, str, int]]] = {}
    for receipt, *line in connection.execute(PAID_LINES, values):
        by_receipt.setdefault(receipt, []).append((line[0], line[1], line[2], line[3]))
    for receipt, lines in by_receipt.items():
        own = coupons.get(receipt, Counter())
        parts = [part for *_, part in lines]
        points = max(0, sum(parts) - own.total()) if books.points_pay_as == "payment" else 0
        payment = min(sum(parts), points + sum(own[name] for name in sold))
        for (day, store, vat, _), part in zip(lines, shared(payment, parts), strict=True):
            found[day, store, vat] += part
    return found


def rate_of(vat: str, day: Day, books: Bookkeeping) -> int | None:
    """The rate of a till's mark in basis points: by the program, else if the mark is a number."""
    if vat in books.vat:
        return in_force(books.vat[vat], day)
    text = vat.strip().removesuffix("%").strip().replace(",", ".")
    whole, _, part = text.partition(".")
    if whole.isascii() and whole.isdigit() and len(whole) < 3 and (part or "0").isascii() and (part or "0").isdigit():
        return int(whole) * 100 + int(f"{part:0<2}"[:2])
    return None
