"""Exports as batches of receipts: returns, prices, totals, and the second process that reads ahead."""

from __future__ import annotations

import sys
from dataclasses import fields
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.ahead import ReadAhead
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.receipts.whole import MOST_LINES
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.reading.forms.encodings import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.model.purchase_batch import PurchaseBatch

TERMS = Terms(timezone="America/New_York", digits=2)
BASE = {"receipt": "nr", "date": "date"}


def source_of(folder: Path, text: str, *, quoted: bool = False, **settings: object) -> PurchaseFile:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8")
    return PurchaseFile(path, Layout.model_validate(settings), TERMS, store="North", survey=None if quoted else survey(path))


def one(batches: Iterator[PurchaseBatch]) -> PurchaseBatch:
    found = [batch for batch in batches if batch.numbers or batch.set_aside]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    ("settings", "header", "row"),
    [
        (
            {"return_labels": ["Refund"]},
            "nr,date,kind,quantity,amount",
            "1,2026-03-02 10:00:00,Refund,1,7.00",
        ),
        (
            {"return_labels": ["Refund"]},
            "nr,date,kind,quantity,amount",
            "1,2026-03-02 10:00:00,Refund,-1,-7.00",
        ),
        ({}, "nr,date,quantity,amount", "1,2026-03-02 10:00:00,-1,-7.00"),
        ({}, "nr,date,quantity,amount", "1,2026-03-02 10:00:00,-1,7.00"),
        ({"returns": "negative amount"}, "nr,date,quantity,amount", "1,2026-03-02 10:00:00,1,-7.00"),
        ({}, "nr,date,amount", "1,2026-03-02 10:00:00,-7.00"),
    ],
)
def test_returns_come_out_alike_however_tills_write_them(
    tmp_path: Path, settings: dict[str, object], header: str, row: str, *, quoted: bool
) -> None:
    columns = {**BASE, **{word: word for word in header.split(",")[2:]}}
    batch = one(source_of(tmp_path, f"{header}\n{row}\n", quoted=quoted, columns=columns, **settings).batches())
    assert (batch.quantities, batch.amounts, batch.totals, batch.returned) == ([-1000], [-700], [-700], [700])


def test_a_sale_may_have_a_line_below_zero_that_is_no_return(tmp_path: Path) -> None:
    text = "nr,date,quantity,amount\n1,2026-03-02 10:00:00,1,10.00\n1,2026-03-02 10:00:00,1,-2.00\n"
    batch = one(source_of(tmp_path, text, columns={**BASE, "quantity": "quantity", "amount": "amount"}).batches())
    assert (batch.totals, batch.returned) == ([800], [0])


def test_price_times_quantity_less_discount_is_the_amount(tmp_path: Path) -> None:
    text = "nr,date,quantity,price,discount\n1,2026-03-02 10:00:00,0.750,13.99,0.49\n"
    columns = {**BASE, "quantity": "quantity", "price": "price", "discount": "discount"}
    # 0.750 x 13.99 = 10.4925, half up 10.49, less 0.49 = 10.00
    assert one(source_of(tmp_path, text, columns=columns).batches()).amounts == [1000]


def test_rows_that_do_not_add_up_to_the_tills_total_are_set_aside(tmp_path: Path) -> None:
    text = "nr,date,amount,total\n1,2026-03-02 10:00:00,3.00,10.00\n1,2026-03-02 10:00:00,6.00,10.00\n2,2026-03-02 11:00:00,1.00,1.00\n"
    first, second = source_of(tmp_path, text, columns={**BASE, "amount": "amount", "total": "total"}).batches()
    assert (first.numbers, [row.line for row in first.set_aside]) == ([], [2, 3])
    assert (second.numbers, second.set_aside) == (["2"], [])


def test_times_in_utc_fall_on_the_shops_own_day(tmp_path: Path) -> None:
    text = "nr,date,amount\n1,2018-01-01 04:01:00,1.00\n"
    batch = one(source_of(tmp_path, text, timezone="UTC", columns={**BASE, "amount": "amount"}).batches())
    # New York is five hours behind in winter: 2017-12-31 23:01, Julian day 2458119.
    assert (batch.days, batch.clocks) == ([2458119], [82860])


def test_the_part_paid_with_points_is_kept_by_line_and_receipt(tmp_path: Path) -> None:
    text = "nr,date,amount,points\n1,2026-03-02 10:00:00,3.00,1.00\n1,2026-03-02 10:00:00,6.00,\n"
    batch = one(source_of(tmp_path, text, columns={**BASE, "amount": "amount", "paid_by_loyalty": "points"}).batches())
    assert (batch.loyalty, batch.line_loyalty, batch.totals) == ([100], [100, 0], [900])


def test_a_receipt_of_too_many_rows_says_that_the_key_does_not_fit(tmp_path: Path) -> None:
    text = "nr,date,amount\n" + "1,2026-03-02 10:00:00,1.00\n" * (MOST_LINES + 2)
    for quoted in (True, False):
        source = source_of(tmp_path, text, quoted=quoted, columns={**BASE, "amount": "amount"})
        with pytest.raises(ExportRefused, match="the receipt in line 2 has more than 4096 rows"):
            list(source.batches())


LONG = "nr,date,product,amount\n" + "".join(
    f"{number // 3},2026-03-02 10:00:00,P{number % 700},{number % 90}.{number % 100:02}\n" for number in range(9000)
)
ARTICLES = {**BASE, "product": "product", "amount": "amount"}


def columns_of(batch: PurchaseBatch) -> dict[str, object]:
    columns = {field.name: getattr(batch, field.name) for field in fields(batch)}
    return {name: column if isinstance(column, int) else list(column) for name, column in columns.items()}


@pytest.mark.skipif(sys.platform != "linux", reason="a process is only forked on Linux")
def test_a_second_process_reads_the_same(tmp_path: Path) -> None:
    text = LONG.replace("P55,", "P55,x", 3)
    ahead = ReadAhead(source_of(tmp_path, text, columns=ARTICLES))
    mine, theirs = list(source_of(tmp_path, text, columns=ARTICLES).batches()), list(ahead.batches())
    assert [columns_of(batch) for batch in theirs] == [columns_of(batch) for batch in mine]
    assert ahead.header == ["nr", "date", "product", "amount"]
    assert ahead.last_line == 9001


@pytest.mark.skipif(sys.platform != "linux", reason="a process is only forked on Linux")
def test_a_refusal_in_the_second_process_is_the_same_refusal_here(tmp_path: Path) -> None:
    ahead = ReadAhead(source_of(tmp_path, "nummer\n1\n", columns=ARTICLES))
    with pytest.raises(ExportRefused, match="Expected: the columns nr, date, product, amount") as refusal:
        list(ahead.batches())
    assert refusal.value.exit_code == ExitCode.LAYOUT_DOES_NOT_FIT
    assert refusal.value.hint is not None


@pytest.mark.skipif(sys.platform != "linux", reason="a process is only forked on Linux")
def test_stopping_early_leaves_no_process_behind(tmp_path: Path) -> None:
    batches = ReadAhead(source_of(tmp_path, LONG, columns=ARTICLES)).batches()
    next(batches)
    batches.close()


def test_rows_that_never_repeat_are_read_column_by_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loyalty_cli.importers.receipts.quick.MOST_REMEMBERED", 500)
    quick = [batch for batch in source_of(tmp_path, LONG, columns=ARTICLES).batches() if batch.numbers]
    exact = [batch for batch in source_of(tmp_path, LONG, quoted=True, columns=ARTICLES).batches() if batch.numbers]
    for name in ("numbers", "totals", "file_lines", "amounts", "articles"):
        of_quick, of_exact = (
            list(chain.from_iterable(getattr(batch, name) for batch in each)) for each in (quick, exact)
        )
        assert of_quick == of_exact
