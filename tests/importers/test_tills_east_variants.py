"""Other ways in which eastern tills write the same: names, dates, signs, order of columns, quotes."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from loyalty_cli.importers.all_importers import till
from loyalty_cli.importers.recognised import claims
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.reading.forms.encodings import survey
from tests.importers.eastern_samples import counts
from tests.importers.eastern_samples import imported
from tests.importers.eastern_samples import LINES
from tests.importers.eastern_samples import MEMBERS
from tests.importers.eastern_samples import RECEIPTS
from tests.importers.eastern_samples import SAMPLE
from tests.importers.eastern_samples import SAMPLES
from tests.importers.eastern_samples import set_aside
from tests.importers.eastern_samples import shop_of
from tests.importers.eastern_samples import text_of
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import taken_in

WITH_HEADER = [name for name in SAMPLE if name != "frontol"]
LAYOUT = """\
date_form: YYYY-MM-DD
head_rows: {what: [head]}
total_differs: spread
columns: {receipt: no, date: day, card: code, product: code, amount: sum, total: sum}
"""


def test_a_line_taken_back_within_a_return_is_in_no_manual_and_set_aside(tmp_path: Path) -> None:
    row = "1700;02.03.2026;16:00:30;{kind};1;110;3;9873;;40;1;40;1;46;40;40;0;\r\n"
    shop, figures = imported(tmp_path, "frontol", text_of("frontol") + row.format(kind=11) + row.format(kind=12))
    assert set_aside(figures)[44] == "kind: '1 12' is not one of: 0 1, 0 11, 1 1, 1 11, 0 2, 0 12"
    assert asked(shop, MEMBERS) == [("2900001", 351), ("2900002", 6000)]


def test_a_1c_report_may_name_returns_in_a_column(tmp_path: Path) -> None:
    text = "Дата;Номер чека;Карта;Вид операции;Товар;Количество;Сумма\n02.03.2026 9:05:10;1;2900001;Продажа;Чай;2;20,00\n"
    shop, _ = imported(tmp_path, "one_c", text + "02.03.2026 19:05:10;2;2900001;Возврат;Чай;1;10,00\n")
    assert asked(shop, RECEIPTS) == [("2026-03-02|1", "2900001", 2000), ("2026-03-02|2", "2900001", -1000)]
    assert asked(shop, "SELECT quantity FROM line ORDER BY id") == [(2000,), (-1000,)]


def test_a_1c_report_may_repeat_the_sum_of_the_cheque_or_have_no_goods(tmp_path: Path) -> None:
    text = "Дата чека;Номер чека;Карта;Товар;Сумма чека\n02.03.2026;1;2900001;Чай;30,00\n02.03.2026;1;2900001;Мёд;30,00\n"
    shop, figures = imported(tmp_path / "goods", "one_c", text)
    assert counts(figures) == (2, 1, 2, "30.00", 0, 0)
    assert asked(shop, MEMBERS) == [("2900001", 3000)]
    text = "Продажи за день\n\nДата;№ чека;Карта;Сумма\n02.03.2026;1;2900001;20 000,00\n02.03.2026;2;;35 000,00\nИТОГО;55 000,00;;\n"
    shop, figures = imported(tmp_path / "cheques", "one_c", text)
    assert counts(figures) == (3, 2, 2, "55000.00", 1, 0)


@pytest.mark.parametrize(
    "below",
    ["ИТОГО;;;;3;340,00", "Итого по чекам;;;;3;340,00", ";;;Итого:;3;340,00", "Всего чеков: 2;;;;3;340,00", "Итого (руб.);;;;3;340,00"],
)
def test_goods_called_like_a_sum_are_no_row_of_totals_of_a_1c_report(tmp_path: Path, below: str) -> None:
    rows = ("1;A1;Итого паста;2;140,00", "1;A2;Хлеб;1;100,00", "2;;Всего хорошего (открытка);1;30,00", "2;;Чай;1;70,00")
    text = "".join(f"02.03.2026;{row}\n" for row in rows)
    shop, figures = imported(tmp_path, "one_c", f"Дата;Номер чека;Артикул;Номенклатура;Количество;Сумма\n{text}{below}\n")
    # 140.00 + 100.00 and 30.00 + 70.00
    assert counts(figures) == (5, 2, 4, "340.00", 1, 0)
    assert asked(shop, "SELECT total FROM receipt ORDER BY number") == [(24000,), (10000,)]


@pytest.mark.parametrize("below", ["Итого оплачено", "Итого шт.", "Итого тг", "Всего за период", "Итого – 3", "Итого с НДС"])
def test_a_sum_below_each_cheque_of_a_1c_report_is_not_sold_once_more(tmp_path: Path, below: str) -> None:
    cheques = (("1", "Итого с собой", "140,00"), ("2", "Итого штрудель", "100,00"))
    text = "".join(f"02.03.2026;{n};{goods};1;{paid}\n02.03.2026;{n};{below};1;{paid}\n" for n, goods, paid in cheques)
    _, figures = imported(tmp_path, "one_c", f"Дата;Номер чека;Номенклатура;Количество;Сумма\n{text}")
    # 140.00 + 100.00
    assert counts(figures) == (4, 2, 2, "240.00", 2, 0)


def test_dishes_below_one_that_is_called_like_a_sum_belong_to_its_cheque(tmp_path: Path) -> None:
    text = (
        "Учетный день,Номер чека,Номер карты клиента,Блюдо,Количество блюд,Сумма со скидкой\n"
        "01.03.2026,100,2900001,Суп,1,60\n,101,2900002,Итого паста,2,140\n,,,Чай,1,100\n,101 Всего,,,3,240\nИтого,,,,4,300\n"
    )
    shop, figures = imported(tmp_path, "iiko_olap", text)
    assert counts(figures) == (5, 2, 3, "300.00", 2, 0)
    # 60.00, and 140.00 + 100.00
    assert asked(shop, "SELECT total FROM receipt ORDER BY number") == [(6000,), (24000,)]


@pytest.mark.parametrize("word", ["Total", "Grand total", "Razem:"])
def test_a_word_for_sums_alone_is_no_dish_though_it_stands_beside_the_cheques_number(tmp_path: Path, word: str) -> None:
    text = "Учетный день,Номер чека,Блюдо,Количество блюд,Сумма со скидкой\n01.03.2026,100,Суп,1,60\n,100,{},1,60\n"
    _, figures = imported(tmp_path, "iiko_olap", text.format(word))
    # The soup once; the sum is set aside.
    assert counts(figures) == (2, 1, 1, "60.00", 0, 1)


def test_an_owner_may_name_rows_that_speak_of_a_whole_receipt(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "one_c")
    (shop.folder / "layouts").mkdir()
    (shop.folder / "layouts" / "mixed.yaml").write_text(LAYOUT, encoding="utf-8")
    path = shop.folder / "mixed.csv"
    path.write_text(
        "what,no,day,code,sum\nsale,1,2026-03-02,TEA,10.00\nsale,1,2026-03-02,MUG,20.00\nhead,1,2026-03-02,2900001,27.00\n"
        "sale,2,2026-03-02,TEA,10.00\nhead,3,2026-03-02,2900001,5.00\n",
        encoding="utf-8",
    )
    figures = taken_in(shop, str(path), store="Market", layout="mixed")
    # receipt 1 was 30.00 of which 27.00 were paid; receipt 2 has no such row, and 3 nothing else
    assert counts(figures) == (5, 2, 3, "37.00", 2, 0)
    assert asked(shop, RECEIPTS) == [("1", "2900001", 2700), ("2", "", 1000)]
    assert [line[3] for line in asked(shop, LINES.format(number="1"))] == [900, 1800]


def test_frontol_without_closing_rows_or_with_unsigned_returns_says_the_same(tmp_path: Path) -> None:
    rows = text_of("frontol").split("\r\n")
    text = "\n".join(row.replace(";-", ";") if row.count(";") > 9 else row for row in rows if ";55;" not in row)
    shop, _ = imported(tmp_path, "frontol", text.replace("#", "@", 1))
    assert asked(shop, MEMBERS) == [("2900001", 351), ("2900002", 6000)]


def test_iiko_olap_may_write_the_month_first(tmp_path: Path) -> None:
    text = text_of("iiko_olap")
    for day in (1, 2, 3):
        text = text.replace(f"\n0{day}.03.2026", f"\n3/{day}/2026")
    shop, _ = imported(tmp_path, "iiko_olap", text)
    assert asked(shop, MEMBERS) == [("2900001", 27050), ("2900002", 161150)]
    assert asked(shop, RECEIPTS)[0][0] == "2026-03-01|101"


def test_an_export_for_1c_of_a_cloud_till_is_one_too(tmp_path: Path) -> None:
    text = (
        "Код1с;Артикул;Номенкулатура;Количество;Цена;Сумма;Дата;Время;Номер заказа;Клиент;Название кассы;ID кассы;Номер чека;Штрихкод\n"
        "000-1;A-1;Лейка;1;500,00;450,00;02.03.2026;09:05;77;Иванов Иван;Касса 1;11;5;4600000000017\n"
        "000-2;A-2;Семена;3;25,00;75,00;02.03.2026;09:05;77;Иванов Иван;Касса 1;11;5;4600000000024\n"
        "000-2;A-2;Семена;1;25,00;25,00;02.03.2026;10:05;78;;Касса 2;12;5;4600000000024\n"
        ";;ИТОГО;5;;550,00;;\n"
    )
    shop, figures = imported(tmp_path, "one_c", text)
    assert counts(figures) == (4, 2, 3, "550.00", 1, 0)
    assert asked(shop, RECEIPTS) == [("2026-03-02|11|5", "", 52500), ("2026-03-02|12|5", "", 2500)]


@pytest.mark.parametrize("written", ["2010-12-{day:02} {time}:00", "{day:02}/12/2010 {time}"])
def test_invoice_lines_come_with_other_names_and_dates(tmp_path: Path, written: str) -> None:
    shop, _ = imported(tmp_path / "first", "uci_invoices")
    text = text_of("uci_invoices").replace("InvoiceNo", "Invoice").replace("UnitPrice", "Price")
    rows = list(csv.reader(io.StringIO(text.replace("CustomerID", "Customer ID"))))
    for row in rows[1:]:
        date, time = row[4].split()
        row[4] = written.format(day=int(date.split("/")[1]), time=time.zfill(5))
    other, _ = imported(tmp_path / "other", "uci_invoices", as_text(rows, ","))
    assert asked(other, RECEIPTS) == asked(shop, RECEIPTS)


def test_invoice_dates_that_fit_two_forms_are_asked_about(tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="01/12/2010 08:26 in line 2 may be"):
        imported(
            tmp_path,
            "uci_invoices",
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n1,A,MUG,1,01/12/2010 08:26,2.55,90017,France\n",
        )


def as_text(rows: list[list[str]], delimiter: str, *, quoting: Any = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("name", WITH_HEADER)
def test_every_cell_quoted_columns_reordered_and_a_byte_order_mark_change_nothing(tmp_path: Path, name: str) -> None:
    of = SAMPLE[name]
    shop, first = imported(tmp_path / "first", name)
    lines = text_of(name).splitlines(keepends=True)
    table = list(csv.reader(lines[of.above :], delimiter=of.delimiter))
    width = max(map(len, table))
    turned = [(row + [""] * (width - len(row)))[-1:] + (row + [""] * (width - len(row)))[:-1] for row in table]
    text = "".join(lines[: of.above]) + as_text(turned, of.delimiter, quoting=csv.QUOTE_ALL)
    other = shop_of(tmp_path / "other", name)
    path = other.folder / "other.csv"
    path.write_bytes(text.encode("utf-8-sig"))
    second = taken_in(other, str(path), store="Market")
    assert counts(second) == counts(first)
    assert set_aside(second) == set_aside(first)
    assert asked(other, RECEIPTS) == asked(shop, RECEIPTS)


@pytest.mark.parametrize("name", SAMPLE)
def test_one_till_claims_each_sample(name: str) -> None:
    path = SAMPLES / f"{name}.csv"
    assert [claim.till.name for claim in claims(path, survey(path))] == [till(name).name]


@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_imported_twice_adds_nothing(tmp_path: Path, name: str) -> None:
    shop, figures = imported(tmp_path, name)
    path = shop.folder / "again.csv"
    path.write_bytes((SAMPLES / f"{name}.csv").read_bytes() + (b"\r\n" if SAMPLE[name].encoding == "cp1251" else b"\n"))
    again = taken_in(shop, str(path), store="Market")
    assert (again["imported"], again["known"], again["conflicts"]) == (0, figures["imported"], 0)


def test_iiko_olap_may_group_cheques_by_card(tmp_path: Path) -> None:
    header = 'Учетный день,Номер карты клиента,Номер чека,Блюдо,Количество блюд,"Сумма со скидкой, р."\n'
    shop, figures = imported(
        tmp_path,
        "iiko_olap",
        header + "01.03.2026,2900001,101,Борщ,1,250\n,,101 Всего,,1,250\n,,105,Чай,1,120\n,,,Плов,1,400\n,,105 Всего,,2,520\n"
        ",2900001 Всего,,,3,770\n,,102,Кофе,1,90\n,,102 Всего,,1,90\n, Всего,,,1,90\n01.03.2026 Всего,,,,4,860\n",
    )
    assert counts(figures) == (10, 3, 4, "860.00", 6, 0)
    # The second cheque is of the same card; the third comes after the card's own total
    assert asked(shop, RECEIPTS) == [
        ("2026-03-01|101", "2900001", 25000),
        ("2026-03-01|102", "", 9000),
        ("2026-03-01|105", "2900001", 52000),
    ]


@pytest.mark.parametrize(
    ("name", "bad", "good", "members"),
    [
        ("iiko_olap", "2,90E+06", "2900002", [("2900001", 27050), ("2900002", 286150)]),  # 1,611.50 + 1,250.00
        ("one_c", "10.000,00", "10 000,00", [("2900001", 2880000), ("2900002", 259990)]),  # 18,750.00 + 10,050.00
        ("emag_orders", "7.22E+08", "0733111222", [("+40722111222", 48994), ("+40733111222", 7998)]),  # 49.99 + 29.99
        (
            "vendigo_orders",
            "o mie",
            "1 255,00",
            [("+40722111222", 137000), ("+40733111222", 134500)],
        ),  # 90.00 + 1,255.00
    ],
)
def test_rows_set_aside_can_be_mended(tmp_path: Path, name: str, bad: str, good: str, members: list[tuple[str, int]]) -> None:
    shop, figures = imported(tmp_path, name)
    mended = Path(figures["set_aside_file"])
    mended.write_bytes(mended.read_bytes().replace(bad.encode(), good.encode()))
    taken_in(shop, str(mended))
    assert asked(shop, MEMBERS) == members


@pytest.mark.parametrize("name", SAMPLE)
def test_inspecting_a_sample_names_its_till(tmp_path: Path, name: str) -> None:
    data: Any = inspect_file(shop_of(tmp_path, name), str(SAMPLES / f"{name}.csv"), kind="", write=None).data
    assert [found["name"] for found in data["tills"]] == [till(name).name]
    assert f"like: {till(name).name}\n" in data["draft"]
