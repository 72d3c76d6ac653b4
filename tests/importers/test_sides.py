"""Discounts on rows of their own, returns and exchanges: every row belongs to a side, and no money comes or goes."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.terms import Terms
from loyalty_cli.importers.tills.odoo_pos import TILL as ODOO

TERMS = Terms(timezone="Europe/Warsaw", digits=2, currency="PLN")
HEADER = "receipt,date,product_name,quantity,amount"


class Read(NamedTuple):
    """What a file came to: of each receipt its total and what came back, of each line its quantity and amount."""

    receipts: list[tuple[int, int]]
    lines: list[tuple[int, int]]


def read(header: str, *rows: str, layout: Layout | None = None) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text("".join(f"{row}\n" for row in (header, *rows)), encoding="utf-8")
        batches = list(PurchaseFile(path, layout, TERMS, store="S").batches())
    receipts = [pair for batch in batches for pair in zip(batch.totals, batch.returned, strict=True)]
    lines = [pair for batch in batches for pair in zip(batch.quantities, batch.amounts, strict=True)]
    return Read(receipts, [(quantity // 1000, amount) for quantity, amount in lines])


@pytest.mark.parametrize(
    ("rows", "receipt", "lines"),
    [
        # A sale: 100.00 - 10.00 = 90.00, and nothing came back.
        (["Mug,1,100.00", "10% on your order,1,-10.00"], (9000, 0), [(1, 10000), (1, -1000)]),
        # Some tills ring a discount up as minus one piece.
        (["Mug,1,100.00", "Rabat,-1,-10.00"], (9000, 0), [(1, 10000), (1, -1000)]),
        # The return of that: -100.00 + 10.00 = -90.00; both rows came back.
        (["Mug,-1,-100.00", "10% on your order,-1,10.00"], (-9000, 9000), [(-1, -10000), (-1, 1000)]),
        (["Mug,-1,-100.00", "Скидка,1,10.00"], (-9000, 9000), [(-1, -10000), (-1, 1000)]),
        # Below zero as a whole: a return, whatever the quantities say.
        (["Mug,1,-100.00", "Bonus,1,10.00"], (-9000, 9000), [(-1, -10000), (-1, 1000)]),
        # Written without signs: 100.00 - 10.00 came back.
        (["Mug,-1,100.00", "Discount,-1,-10.00"], (-9000, 9000), [(-1, -10000), (-1, 1000)]),
        # An exchange: a coat of 50.00 came back, a mug of 100.00 less 10.00 was sold: 90.00 - 50.00 = 40.00.
        (["Mug,1,100.00", "Coat,-1,-50.00", "Reducere,1,-10.00"], (4000, 5000), [(1, 10000), (-1, -5000), (1, -1000)]),
        # The coat had been bought with 5.00 off: -50.00 + 5.00 came back, 100.00 was sold.
        (["Mug,1,100.00", "Coat,-1,-50.00", "Zniżka,-1,5.00"], (5500, 4500), [(1, 10000), (-1, -5000), (-1, 500)]),
        # A dearer thing came back than was sold: 20.00 - 50.00 = -30.00.
        (["Mug,1,20.00", "Coat,-1,-50.00"], (-3000, 5000), [(1, 2000), (-1, -5000)]),
    ],
)
@pytest.mark.parametrize("quoted", [False, True])
def test_a_discount_row_belongs_to_its_receipt(
    rows: list[str], receipt: tuple[int, int], lines: list[tuple[int, int]], quoted: bool
) -> None:
    # Read at once, and row by row, as a file with quotes is.
    mark = '"1"' if quoted else "1"
    found = read(HEADER, *(f"{mark},2026-03-01 10:00:00,{row}" for row in rows))
    assert (found.receipts, found.lines) == ([receipt], lines)


def test_without_quantities_a_receipt_is_a_sale_or_a_return_as_a_whole() -> None:
    rows = ("1,2026-03-01 10:00:00,100.00", "1,2026-03-01 10:00:00,-10.00", "2,2026-03-02 10:00:00,-100.00", "2,2026-03-02 10:00:00,10.00")
    assert read("receipt,date,amount", *rows).receipts == [(9000, 0), (-9000, 9000)]


def test_a_refund_of_an_order_with_a_discount_takes_back_what_was_paid() -> None:
    header = "Order Ref,Date,Customer/Barcode,Total,Order Lines/Product,Order Lines/Quantity,Order Lines/Subtotal"
    layout = ODOO.layout(header.split(","), encoding="utf-8", delimiter=",")
    rows = ("1,2026-03-01 10:00:00,420,90.0,Mug,1.0,100.0", ",,,,10% on your order,1.0,-10.0")
    back = ("2,2026-03-02 10:00:00,420,-90.0,Mug,-1.0,-100.0", ",,,,10% on your order,-1.0,10.0")
    found = read(header, *rows, *back, layout=layout)
    assert found.receipts == [(9000, 0), (-9000, 9000)]
    # Totals that differ lie on the goods; the discount stays: 100.00 - 10.00 - 4.00
    dearer = (rows[0].replace("90.0", "86.0"), rows[1])
    assert read(header, *dearer, layout=layout).lines == [(1, 9600), (1, -1000)]


def test_a_total_below_zero_takes_all_rows_back() -> None:
    layout = Layout.model_validate(
        {"columns": {"receipt": "receipt", "date": "date", "quantity": "quantity", "amount": "amount", "total": "total"}}
    )
    rows = ("1,2026-03-01 10:00:00,1,60.00,-90.00", "1,2026-03-01 10:00:00,1,30.00,-90.00")
    assert read("receipt,date,quantity,amount,total", *rows, layout=layout).receipts == [(-9000, 9000)]


@st.composite
def receipts(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    """The rows of a sale, a return or an exchange: name, quantity, amount as its till writes them."""
    goods = st.integers(100, 99_999)
    piece = st.sampled_from([1, 2, 5])
    manner = draw(st.sampled_from(["sale", "return", "exchange"]))
    rows = []
    if manner != "return":
        sold = draw(st.lists(goods, min_size=1, max_size=4))
        rows += [("Tea", draw(piece), amount) for amount in sold]
        rows += [(draw(st.sampled_from(["Rabat", "Bon"])), 1, -draw(st.integers(0, sum(sold))))] * draw(st.integers(0, 1))
    if manner != "sale":
        back = draw(st.lists(goods, min_size=1, max_size=3))
        rows += [("Mug", -draw(piece), -amount) for amount in back]
        rows += [("Discount", draw(st.sampled_from([1, -1])), draw(st.integers(0, sum(back))))] * draw(st.integers(0, 1))
    return draw(st.permutations(rows))


@given(st.lists(st.tuples(receipts(), st.sampled_from(["", "", "", "x"])), min_size=1, max_size=12), st.booleans())
@settings(max_examples=120)
def test_what_is_booked_and_set_aside_is_the_money_of_the_file(written: list[tuple[list[tuple[str, int, int]], str]], quoted: bool) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    for number, (rows, fault) in enumerate(written, 1):
        for name, quantity, amount in rows:
            writer.writerow([number, f"2026-03-01 10:00:00{fault}", name, quantity, f"{amount / 100:.2f}"])
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_text(out.getvalue(), encoding="utf-8")
        batches = list(PurchaseFile(path, None, TERMS, store="S").batches())
    aside = sum(round(float(row.cells[-1]) * 100) for batch in batches for row in batch.set_aside)
    assert sum(map(sum, (batch.totals for batch in batches))) + aside == sum(row[2] for rows, _ in written for row in rows)
    for batch in batches:
        for receipt, (first, last) in enumerate(zip(batch.starts, batch.starts[1:], strict=False)):
            back = [batch.amounts[row] for row in range(first, last) if batch.quantities[row] < 0]
            sold = [batch.amounts[row] for row in range(first, last) if batch.quantities[row] >= 0]
            assert batch.totals[receipt] == sum(back) + sum(sold)
            assert batch.returned[receipt] == -sum(back) >= 0
            assert batch.totals[receipt] >= 0 or batch.returned[receipt] > 0


@pytest.mark.parametrize(
    ("row", "totals"),
    [
        # 10.00 + 8.00 - 1.80
        ("1,2026-03-02,Rabat,,-1.80", [1620, 500]),
        ("1,2026-03-02,,,-1.80", [1620, 500]),
        ("1,2026-03-02,-10% na ser,,-1.80", [1620, 500]),
        ("1,2026-03-02,\u221210 %,,-1.80", [1620, 500]),
        ("1,2026-03-02,10% off cheese,,-1.80", [1620, 500]),
        # Goods of which nobody says how many, and a discount above zero, are set aside with their receipt.
        ("1,2026-03-02,Tea,,-1.80", [500]),
        ("1,2026-03-02,Rabat,,1.80", [500]),
        ("1,2026-03-02,Rabat,x,-1.80", [500]),
    ],
)
def test_a_discount_on_a_row_of_its_own_needs_no_quantity(row: str, totals: list[int]) -> None:
    found = read(HEADER, "1,2026-03-02,Bread,1,10.00", "1,2026-03-02,Cheese,1,8.00", row, "2,2026-03-03,Tea,1,5.00")
    assert [total for total, _ in found.receipts] == totals
    # A discount is no piece of goods.
    assert sum(quantity for quantity, _ in found.lines) == {2: 3, 1: 1}[len(totals)]
