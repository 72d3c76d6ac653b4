"""Rows that were set aside come back from a spreadsheet that writes numbers as its country does."""

from __future__ import annotations

import csv
from datetime import date
from datetime import datetime
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.operations.imports.balances import import_balances
from loyalty_cli.operations.imports.members import import_members
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import report_taken_in
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.operations.open_shop import Shop

GOOD = "2026-03-02,10:00:00,North,1,2900001,MILK,1,3.50"
BAD = ("2026-03-02,10:05:00,North,2,2900002,MILK,1.5,3.50", "2026-03-02,10:05:00,North,2,2900002,BREAD,1,4;20")


def saved(path: Path, *, mark: str, encoding: str, top: str = "") -> str:
    """A rejects file as a spreadsheet of a country with decimal commas saves it, with the amount put right."""
    text = path.read_text(encoding="utf-8-sig").replace("4;20", "4.20").replace(",", mark)
    for number in ("3.50", "4.20", "1.5"):
        text = text.replace(f"{mark}{number}{mark}", f"{mark}{number.replace('.', ',')}{mark}")
    target = path.parent / "saved.csv"
    target.write_bytes((top + text).replace("\n", "\r\n").encode(encoding))
    return str(target)


def first_try(shop: Shop) -> Path:
    return Path(taken_in(shop, export(shop, "a.csv", GOOD, *BAD))["set_aside_file"])


@pytest.mark.parametrize(
    ("mark", "encoding", "top"),
    [(";", "utf-8-sig", ""), (";", "cp1250", ""), (";", "utf-8", "sep=;\n"), ("\t", "utf-16", "")],
)
def test_decimal_commas_are_read_where_the_mark_between_cells_is_another(tmp_path: Path, mark: str, encoding: str, top: str) -> None:
    shop = shop_in(tmp_path)
    figures = taken_in(shop, saved(first_try(shop), mark=mark, encoding=encoding, top=top))
    # 3.50 + 4.20 = 7.70
    assert (figures["imported"], figures["set_aside"], figures["total"]) == (1, 0, "7.70")
    assert asked(shop, "SELECT quantity FROM line ORDER BY id") == [(1000,), (1500,), (1000,)]


def test_so_are_those_of_a_layout_of_the_owner(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    header = "date,time,store,receipt,card,product,quantity,amount"
    (tmp_path / "layouts").mkdir()
    columns = ", ".join(f"{word}: {word}" for word in header.split(","))
    (tmp_path / "layouts" / "mine.yaml").write_text(f"date_form: YYYY-MM-DD\ncolumns: {{{columns}}}\n", encoding="utf-8")
    first = taken_in(shop, export(shop, "a.csv", GOOD, *BAD), layout="mine")
    figures = taken_in(shop, saved(Path(first["set_aside_file"]), mark=";", encoding="utf-8-sig"))
    assert (figures["imported"], figures["set_aside"], figures["total"]) == (1, 0, "7.70")


def test_a_comma_between_commas_stays_a_mistake_and_thousands_are_not_taken_for_decimals(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = first_try(shop)
    again = path.with_name("again.csv")
    again.write_text(path.read_text(encoding="utf-8").replace("4;20", '"4,20"'), encoding="utf-8")
    assert taken_in(shop, str(again))["set_aside"] == 2
    # One thousand two hundred, or 1.20: nobody can tell.
    path.write_text(path.read_text(encoding="utf-8").replace("4;20", "1.200"), encoding="utf-8")
    assert taken_in(shop, saved(path, mark=";", encoding="utf-8"))["set_aside"] == 2


def test_a_list_goes_the_same_way(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    import_members(shop, [export(shop, "m.csv", "2900001,Anna", header="card,name")])
    found = import_balances(shop, [export(shop, "b.csv", "2900001,2026-01-01,12O.50", header="card,date,spent")], by="Ola").data
    path = Path(str(found["files"][0]["set_aside_file"]))  # type: ignore[index]
    text = path.read_text(encoding="utf-8").replace("12O.50", "120.50").replace(",", ";").replace("120.50", "120,50")
    path.with_name("saved.csv").write_text(text, encoding="utf-8-sig")
    assert import_balances(shop, [str(path.with_name("saved.csv"))], by="Ola").data["files"][0]["set_aside"] == 0  # type: ignore[index]


def as_workbook(path: Path, cells: Mapping[str, object], *, mark: str = ",") -> str:
    """A rejects file as a spreadsheet saves it as a workbook, with some cells as what the spreadsheet took them for."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=mark))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cells.get(cell, cell) for cell in row])
    book.save(path.with_name("saved.xlsx"))
    return str(path.with_name("saved.xlsx"))


def test_a_workbook_brings_rows_back_with_the_store_that_their_import_was_told(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    rows = (row.replace(",North", "") for row in (GOOD, *BAD))
    path = export(shop, "a.csv", *rows, header="date,time,receipt,card,product,quantity,amount")
    first = taken_in(shop, path, store="North")
    cells = {"2026-03-02": date(2026, 3, 2), "10:05:00": time(10, 5), "2900002": 2900002, "3.50": 3.5, "4;20": 4.2, "1.5": 1.5, "4": 4}
    figures = taken_in(shop, as_workbook(Path(first["set_aside_file"]), cells))
    # 3.50 + 4.20 = 7.70
    assert (figures["imported"], figures["set_aside"], figures["total"], figures["store"]) == (1, 0, "7.70", "North")
    assert asked(shop, "SELECT mended_by FROM set_aside") == [(2,), (2,)]


def test_so_does_one_in_the_layout_of_the_owner(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    path = Path(report_taken_in(shop)["set_aside_file"])
    path.write_text(path.read_bytes().decode("cp1250"), encoding="utf-8")
    cells = {"02.03.2026 10:05": datetime(2026, 3, 2, 10, 5), "9.9O": 9.9}
    figures = taken_in(shop, as_workbook(path, cells, mark=";"))
    assert (figures["imported"], figures["set_aside"], figures["store"]) == (1, 0, "North")
    # 12.50 + 9.90 = 22.40
    assert asked(shop, "SELECT sum(total), max(clock) FROM receipt") == [(2240, 36300)]


def test_a_workbook_of_a_till_keeps_the_form_of_its_dates(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    head = "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n"
    rows = "1;A;0;PL;J. K;10,00 zł;Card;Delivered;04/25/2026 10:11:12\n2;B;0;PL;J. K;5,OO zł;Card;Delivered;04/03/2026 10:12:12\n"
    (tmp_path / "orders.csv").write_text(head + rows, encoding="utf-8")
    first = taken_in(shop, str(tmp_path / "orders.csv"), store="North")
    figures = taken_in(shop, as_workbook(Path(first["set_aside_file"]), {"5,OO zł": "5,00 zł"}, mark=";"))
    assert (figures["imported"], figures["set_aside"], figures["store"]) == (1, 0, "North")
    # The 3rd of April as in the first file, which had a 25th in its second place: 2461134 is 3 April 2026.
    assert asked(shop, "SELECT day FROM receipt WHERE number = '2'") == [(2461134,)]


def test_a_workbook_of_a_list_goes_the_same_way(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    import_members(shop, [export(shop, "m.csv", "2900001,Anna", header="card,name")])
    found = import_balances(shop, [export(shop, "b.csv", "2900001,2026-01-01,12O.50", header="card,date,spent")], by="Ola").data
    path = Path(str(found["files"][0]["set_aside_file"]))  # type: ignore[index]
    saved_as = as_workbook(path, {"12O.50": 120.5, "2026-01-01": date(2026, 1, 1), "2900001": 2900001})
    assert import_balances(shop, [saved_as], by="Ola").data["files"][0]["set_aside"] == 0  # type: ignore[index]
    assert asked(shop, "SELECT count(*) FROM set_aside WHERE mended_by IS NULL") == [(0,)]
