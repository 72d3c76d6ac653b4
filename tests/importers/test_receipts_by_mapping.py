"""What layouts of an owner say of whole receipts: blanks below the first row, totals, sums paid back in other money."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import ExportRefused
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

TOTALS = "SELECT number, total FROM receipt WHERE gone = 0 ORDER BY number"


def mapped(shop: Shop, layout: str, header: str, *rows: str) -> dict[str, Any]:
    folder = shop.folder / "layouts"
    folder.mkdir(exist_ok=True)
    (folder / "own.yaml").write_text(layout if "date_form" in layout else f"date_form: YYYY-MM-DD\n{layout}", encoding="utf-8")
    return taken_in(shop, export(shop, "own.csv", *rows, header=header), layout="own")


def test_a_label_on_the_first_row_of_a_receipt_holds_for_the_rows_below(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    layout = (
        "fill_down: within receipt\nreturns: by label\nsale_labels: [sale]\nreturn_labels: [refund]\n"
        "ignore: {kind: [gift]}\ncolumns: {receipt: no, date: day, kind: what, product: item, amount: paid}\n"
    )
    rows = ("1,2026-01-02,sale,TEA,5.00", ",,,MUG,1.00", "2,2026-01-03,refund,TEA,5.00", ",,,MUG,1.00")
    gift = ("3,2026-01-03,gift,CARD,50.00", ",,,CARD,50.00")
    figures = mapped(shop, layout, "no,day,what,item,paid", *rows, *gift)
    assert (figures["imported"], figures["lines"], figures["ignored"], figures["set_aside"]) == (2, 4, 2, 0)
    # 5.00 + 1.00, and the same back
    assert asked(shop, TOTALS) == [("1", 600), ("2", -600)]


@pytest.mark.parametrize("differs", ["spread", "set aside"])
def test_a_total_that_differs_within_a_receipt_is_not_trusted(tmp_path: Path, differs: str) -> None:
    shop = shop_in(tmp_path)
    layout = f"total_differs: {differs}\ncolumns: {{receipt: no, date: day, amount: paid, total: all}}\n"
    rows = ("1,2026-01-02,6.00,10.00", "1,2026-01-02,4.00,11.00", "2,2026-01-02,6.00,10.00", "2,2026-01-02,4.00,")
    figures = mapped(shop, layout, "no,day,paid,all", *rows)
    assert asked(shop, TOTALS) == [("2", 1000)]
    assert [(row["line"], row["reason"]) for row in figures["set_aside_rows"]] == [
        (2, "another row of this receipt is set aside: line 3"),
        (3, "total: it is not the total of this receipt's first row"),
    ]


def test_a_total_that_is_not_the_sum_is_told_in_money(tmp_path: Path) -> None:
    layout = "columns: {receipt: no, date: day, amount: paid, total: all}\n"
    figures = mapped(shop_in(tmp_path), layout, "no,day,paid,all", "1,2026-01-02,6.00,7.00", "2,2026-01-02,6.00,6.00")
    assert figures["set_aside_rows"][0]["reason"] == "total: the till says 7.00, the rows add up to 6.00"


def test_what_was_paid_back_is_turned_into_the_programs_money_too(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    layout = "rates: {EUR: 4.25}\ncolumns: {receipt: no, date: day, amount: paid, refunded: back, currency: money}\n"
    mapped(shop, layout, "no,day,paid,back,money", "1,2026-01-02,10.00,4.00,EUR", "2,2026-01-02,10.00,4.00,PLN")
    # 10.00 x 4.25 and 4.00 x 4.25
    assert asked(shop, TOTALS) == [("1", 4250), ("1 refunded", -1700), ("2", 1000), ("2 refunded", -400)]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_a_file_without_a_table_is_said_to_be_empty(tmp_path: Path, text: str) -> None:
    shop = shop_in(tmp_path)
    path = shop.folder / "empty.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExportRefused, match="has no table"):
        taken_in(shop, str(path))


def test_dates_turned_round_are_counted_once(tmp_path: Path) -> None:
    layout = "date_form: YYYY-DD-MM\ncolumns: {receipt: no, date: day, amount: paid}\n"
    # Read as year, day, month the 28 days of March are right up to the 12th; 28 - 12 days are turned round.
    rows = [f"{day},2026-03-{day:02},1.00" for day in range(1, 29)]
    with pytest.raises(ExportRefused, match="has dates with day and month turned round \\(16\\)"):
        mapped(shop_in(tmp_path), layout, "no,day,paid", *rows)


@pytest.mark.parametrize("card", ["#N/A", "#REF!", "null", "NaN", "N/A", "undefined"])
def test_what_a_program_writes_for_nothing_is_no_members_card(tmp_path: Path, card: str) -> None:
    shop = shop_in(tmp_path)
    layout = "columns: {receipt: no, date: day, card: who, amount: paid}\n"
    figures = mapped(shop, layout, "no,day,who,paid", f"1,2026-01-02,{card},6.00", '2,2026-01-02,"=""0012""",6.00')
    assert [row["line"] for row in figures["set_aside_rows"]] == [2]
    # ="0012" is how a card keeps its noughts in a spreadsheet
    assert asked(shop, "SELECT number FROM card") == [("0012",)]


@pytest.mark.parametrize(
    ("settings", "row", "reason"),
    [
        ("date_form: YYYY-MM-DD HH:mm:ss", "1,3/1/2026 10:00,5.00", "date: '3/1/2026 10:00' is not YYYY-MM-DD HH:mm:ss"),
        ("date_form: YYYY-MM-DD HH:mm:ss", "1,2026-03-01 25:00:00,5.00", "date: '2026-03-01 25:00:00' is not YYYY-MM-DD HH:mm:ss"),
        ("date_form: D.M.YYYY H:mm", "1,2026-03-01,5.00", "date: '2026-03-01' is not D.M.YYYY H:mm"),
        (
            "date_form: MM/DD/YYYY HH:mm",
            "1,13/02/2026 10:00,5.00",
            "date: '13/02/2026 10:00' is not MM/DD/YYYY HH:mm; day and month may be turned round",
        ),
        # A hard blank between thousands is shown as the blank it is.
        ("date_form: YYYY-MM-DD", "1,2026-03-01,1\u00a0000.00", "amount: '1\u00a0000.00' is not a number of the layout's form"),
        ("date_form: YYYY-MM-DD", "1,2026-03-01,C:\\5", "amount: 'C:\\5' is not a number of the layout's form"),
    ],
)
def test_a_reason_names_the_cell_as_it_stands_in_the_file(tmp_path: Path, settings: str, row: str, reason: str) -> None:
    layout = f"{settings}\ncolumns: {{receipt: no, date: day, amount: paid}}\n"
    good = {"YYYY-MM-DD HH:mm:ss": "2026-03-01 10:00:00", "D.M.YYYY H:mm": "1.3.2026 9:00", "MM/DD/YYYY HH:mm": "03/14/2026 10:00"}
    other = f"2,{good.get(settings.removeprefix('date_form: '), '2026-03-01')},5.00"
    figures = mapped(shop_in(tmp_path), layout, "no,day,paid", row, other)
    assert [told["reason"] for told in figures["set_aside_rows"]] == [reason]
