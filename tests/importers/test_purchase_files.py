"""Exports as batches of receipts: returns, prices, totals, and two readers that read the same."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.importers.layouts.layout import Layout
from loyalty_cli.importers.receipts.purchases import PurchaseFile
from loyalty_cli.importers.receipts.whole import MOST_LINES
from loyalty_cli.importers.terms import Terms
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.reading.forms.encodings import survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.purchase_batch import PurchaseBatch

TERMS = Terms(timezone="America/New_York", digits=2)
BASE = {"receipt": "nr", "date": "date"}


def source_of(folder: Path, text: str, *, quoted: bool = False, **layout: object) -> PurchaseFile:
    path = folder / "a.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return PurchaseFile(path, Layout.model_validate(layout), TERMS, store="North", survey=None if quoted else survey(path))


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


def test_what_is_wrong_with_one_row_is_said_in_the_order_in_which_it_is_read(tmp_path: Path) -> None:
    text = "nr,date,card,original,amount\n,2026-03-02 10:00:00,1.2E+11,\ufffd,1.00\n"
    columns = {**BASE, "card": "card", "original_receipt": "original", "amount": "amount"}
    (row,) = one(source_of(tmp_path, text, columns=columns).batches()).set_aside
    assert [said.partition(":")[0] for said in str(row.reason).split("; ")] == ["card", "original_receipt", "receipt"]


def test_times_in_utc_fall_on_the_shops_own_day(tmp_path: Path) -> None:
    text = "nr,date,amount\n1,2018-01-01 04:01:00,1.00\n"
    batch = one(source_of(tmp_path, text, timezone="UTC", columns={**BASE, "amount": "amount"}).batches())
    # New York is five hours behind in winter: 2017-12-31 23:01, Julian day 2458119.
    assert (batch.days, batch.clocks) == ([2458119], [82860])


def test_times_may_come_without_seconds_where_no_layout_says_how_they_are_written(tmp_path: Path) -> None:
    text = "nr,date,time,amount\n1,2026-03-02,10:05,1.00\n2,2026-03-02,10:05:06,1.00\n3,2026-03-02,10:5,1.00\n"
    batches = list(source_of(tmp_path, text, columns={**BASE, "time": "time", "amount": "amount"}).batches())
    # 10 x 3600 + 5 x 60 = 36300
    assert [clock for batch in batches for clock in batch.clocks] == [36300, 36306]
    assert [str(row.reason) for batch in batches for row in batch.set_aside] == ["time: '10:5' is not H:mm:ss / H:mm"]


def test_the_part_paid_with_points_is_kept_by_line_and_receipt(tmp_path: Path) -> None:
    text = "nr,date,amount,points\n1,2026-03-02 10:00:00,3.00,1.00\n1,2026-03-02 10:00:00,6.00,\n"
    batch = one(source_of(tmp_path, text, columns={**BASE, "amount": "amount", "paid_by_loyalty": "points"}).batches())
    assert (batch.loyalty, batch.line_loyalty, batch.totals) == ([100], [100, 0], [900])


def test_a_receipt_of_too_many_rows_says_that_the_key_does_not_fit(tmp_path: Path) -> None:
    row, next_row = "1,2026-03-02 10:00:00,1.00\n", "2,2026-03-02 10:00:00,1.00\n"
    many = row * MOST_LINES
    # One row too many, at the end of the file, before another receipt, and with another receipt between.
    for text in (row + many, row + many + next_row, row + next_row + many):
        for quoted, scattered in ((True, False), (False, False), (True, True)):
            if text.startswith(row + next_row) and not scattered:
                continue
            source = source_of(tmp_path, "nr,date,amount\n" + text, quoted=quoted, columns={**BASE, "amount": "amount"})
            with pytest.raises(ExportRefused, match="the receipt in line 2 has more than 4096 rows"):
                list(source.batches(scattered=scattered))
    fits = source_of(tmp_path, f"nr,date,amount\n{many}{next_row}", columns={**BASE, "amount": "amount"})
    assert sum(len(batch.amounts) for batch in fits.batches()) == MOST_LINES + 1


LONG = "nr,date,product,amount\n" + "".join(
    f"{number // 3},2026-03-02 10:00:00,P{number % 700},{number % 90}.{number % 100:02}\n" for number in range(9000)
)
ARTICLES = {**BASE, "product": "product", "amount": "amount"}


def read_of(source: PurchaseFile) -> tuple[list[object], list[object], int]:
    """Receipts with their lines, rows set aside, and how many rows were read, in the order of the file."""
    receipts: list[object] = []
    aside: list[object] = []
    read = 0
    for batch in source.batches():
        read += batch.read
        aside += [(row.line, row.cells, str(row.reason), row.receipt, row.key) for row in batch.set_aside]
        for place, number in enumerate(batch.numbers):
            rows = range(batch.starts[place], batch.starts[place + 1])
            lines = [(batch.catalogue[batch.articles[row]], batch.quantities[row], batch.amounts[row]) for row in rows]
            head = (batch.file_lines[place], number, batch.card_of(place), batch.at[place], batch.totals[place])
            receipts.append((*head, batch.returned[place], lines))
    return sorted(receipts, key=repr), sorted(aside, key=repr), read


HEADS = [
    "1,2026-03-02 10:00:00,29",
    "1,2026-03-02 10:00:00,",
    "1,2026-03-02 10:05:00,29",
    "2,2026-03-02 10:10:00,29",
    "2,2026-13-02 10:10:00,29",
    ",2026-03-02 10:10:00,29",
    "3,2026-03-03 9:00:00,29E+5",
    "4,2026-03-03 09:00:00,31",
]
TAILS = ["P1,1,5.00", "P1,2,7.50", "P2,-1,-5.00", "P2,1,-1.00", "P3,1,a", "P3,1", "P4,1,2.00,", "\u00c3\u00b3\u00c5\u00ba,1,1.00"]

BLANK = [("", ""), (" ", ""), (",", ",,,,")]


@settings(max_examples=150)
@given(st.lists(st.one_of(st.tuples(st.sampled_from(HEADS), st.sampled_from(TAILS)), st.sampled_from(BLANK)), max_size=14))
def test_the_quick_reader_reads_the_same_as_the_exact_one(rows: list[tuple[str, str]]) -> None:
    names = {**ARTICLES, "card": "card", "quantity": "quantity"}
    text = "nr,date,card,product,quantity,amount\n" + "".join(f"{','.join(filter(None, row))}\n" for row in rows)
    with TemporaryDirectory() as folder:
        quick, exact = (
            read_of(source_of(Path(folder), text, quoted=quoted, columns=names, time_form="H:mm:ss")) for quoted in (False, True)
        )
    assert quick == exact


QUOTED = ['"P 1",1,5.00', '"P ""1"", 2",1,5.00', 'P 5",1,2.00', 'P1,"1",6.00', '"P\n1",1,7.00', '"P1,1,8.00', '"P"1,1,9.00']
QUOTED_HEADS = ['"1",2026-03-02 10:00:00,29', '1,2026-03-02 10:00:00,"29"', '"1,2",2026-03-02 10:00:00,29', '"1\n,2026-03-02 10:00:00,29']


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from([*HEADS[:4], HEADS[7]]), st.sampled_from([*TAILS[:4], *QUOTED[:4], *QUOTED])), max_size=10),
    st.lists(st.sampled_from(QUOTED_HEADS), max_size=1),
    st.sampled_from([1, 60, 1 << 16]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_quotes_are_read_the_same_wherever_they_stand(rows: list[tuple[str, str]], heads: list[str], letters: int, end: str) -> None:
    layout: dict[str, Any] = {"columns": {**ARTICLES, "card": "card", "quantity": "quantity"}, "time_form": "H:mm:ss"}
    rows[5:5] = [(head, TAILS[0]) for head in heads]
    text = "".join(f"{','.join(row)}{end}" for row in [("nr,date,card,product,quantity,amount",), *rows])
    found = []
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("loyalty_cli.reading.csv.files.LETTERS_AT_A_TIME", letters)
        for quoted in (False, True):
            try:
                found.append(read_of(source_of(Path(folder), text, quoted=quoted, **layout)))
            except ExportRefused as refusal:
                found.append(([str(refusal)], [], 0))
    assert found[0] == found[1]


ODD_ROWS = [
    ("Total", ",,,,12.50"),
    ("1,2026-03-02 10:00:00,29", "total of it,,5.00"),
    (",,,TOTAL 2,", ",7.00"),
    ("Total 1,2026-03-03 09:00:00,31", "P1,1,5.00"),
    ("4,2026-03-03 09:00:00,31", "P1"),
]


@settings(max_examples=300)
@given(
    st.lists(
        st.one_of(st.tuples(st.sampled_from(HEADS), st.sampled_from(TAILS)), st.sampled_from([*BLANK, *ODD_ROWS, *ODD_ROWS])),
        max_size=14,
    ),
    st.sampled_from([1, 60, 1 << 16]),
    st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=2),
)
def test_sums_among_the_rows_and_ends_of_lines_of_all_kinds_are_read_the_same(
    rows: list[tuple[str, str]], letters: int, ends: list[str]
) -> None:
    layout: dict[str, Any] = {"columns": {**ARTICLES, "card": "card", "quantity": "quantity"}, "time_form": "H:mm:ss"}
    layout |= {"total_rows": ["total", "total *"], "uneven_rows": "yes"}
    lines = ["nr,date,card,product,quantity,amount", *(",".join(filter(None, row)) for row in rows)]
    text = "".join(line + ends[place % len(ends)] for place, line in enumerate(lines))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("loyalty_cli.reading.csv.files.LETTERS_AT_A_TIME", letters)
        quick, exact = (read_of(source_of(Path(folder), text, quoted=quoted, **layout)) for quoted in (False, True))
    assert quick == exact


def test_rows_that_never_repeat_are_read_column_by_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loyalty_cli.importers.receipts.quick.MOST_TAILS", 500)
    quick = [batch for batch in source_of(tmp_path, LONG, columns=ARTICLES).batches() if batch.numbers]
    exact = [batch for batch in source_of(tmp_path, LONG, quoted=True, columns=ARTICLES).batches() if batch.numbers]
    for name in ("numbers", "totals", "file_lines", "amounts", "articles"):
        of_quick, of_exact = (list(chain.from_iterable(getattr(batch, name) for batch in each)) for each in (quick, exact))
        assert of_quick == of_exact


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    "written", ["2026-01-05", "2026-01-05 10:20", "2026-01-05 10:20:30", "2026-01-05T10:20:30", "2026-01-05T10:20:30Z"]
)
def test_a_file_in_our_own_words_needs_no_time_beside_its_days(tmp_path: Path, written: str, *, quoted: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"receipt,date,card,product,category,quantity,amount\nR1,{written},2900001,P,c,1,100.00\n", encoding="utf-8")
    file = PurchaseFile(path, None, TERMS, store="North", survey=None if quoted else survey(path))
    batch = one(file.batches())
    # Julian day 2461046 is 5 January 2026.
    assert (list(batch.numbers), list(batch.days), list(batch.totals)) == (["R1"], [2461046], [10000])


def test_days_among_moments_are_told_with_one_of_each(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    moments = "R2,2026-01-06 10:20:30,2900001,P,c,1,5.00\nR3,2026-01-07 10:20:30,2900001,P,c,1,5.00\n"
    path.write_text(f"receipt,date,card,product,category,quantity,amount\nR1,2026-01-05,2900001,P,c,1,100.00\n{moments}", encoding="utf-8")
    with pytest.raises(ExportRefused, match="2026-01-06 10:20:30 in line 3 and 2026-01-05 in line 2"):
        one(PurchaseFile(path, None, TERMS, store="North", survey=survey(path)).batches())


def test_a_row_that_only_heads_a_group_is_said_of_those_below_and_is_none_itself(tmp_path: Path) -> None:
    rows = ("2026-03-02,,,,", ",1,,,", ",,TEA,1,2.00", ",,MILK,1,3.00", ",2,TEA,1,2.00", "2026-03-03,,,,", ",1,TEA,2,4.00")
    text = "\n".join(["date,nr,product,quantity,amount", *rows, ""])
    columns = {"receipt": "nr", "date": "date", "product": "product", "quantity": "quantity", "amount": "amount"}
    source = source_of(tmp_path, text, columns=columns, fill_down="grouped", receipt_key=["date", "receipt"], date_form="YYYY-MM-DD")
    batches = list(source.batches())
    # 2.00 + 3.00; 2.00; on the next day 4.00. Two rows head days, one a receipt: 3 of 7 are left out.
    assert [total for batch in batches for total in batch.totals] == [500, 200, 400]
    assert len({day for batch in batches for day in batch.days}) == 2
    assert ([batch.set_aside for batch in batches if batch.set_aside], sum(batch.ignored for batch in batches)) == ([], 3)
