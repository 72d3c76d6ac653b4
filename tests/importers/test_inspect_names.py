"""Columns whose names say more than one thing, or less: inspect asks no more than it must and counts what was paid."""

from __future__ import annotations

from datetime import date
from typing import Any
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.imports.purchases import import_purchases
from tests.importers.test_inspect_counts_right import drafted
from tests.importers.test_inspect_counts_right import PROGRAM
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "name",
    [
        *("Сумма с учётом НДС", "Сумма с учетом НДС", "Сумма с налогом"),
        *("Valoare TVA inclusă", "Valoare (TVA inclusa)", "Kwota z podatkiem VAT"),
    ],
)
def test_an_amount_that_says_it_has_the_tax_in_it_needs_no_question(tmp_path: Path, name: str) -> None:
    _, found = drafted(tmp_path, f"Nr bon;Data;Card;Denumire;{name}\n1;2026-03-02;2900001;Ceai;10,00\n2;2026-03-03;;Unt;20,00\n")
    assert (found["kind"], found["questions"]) == ("purchases", [])
    assert (found["settings"]["columns.amount"], found["trial"]["total_minor"]) == (name, 3000)


@pytest.mark.parametrize("name", ["№ чека", "Квиток"])
def test_blanks_below_a_number_are_filled_whatever_its_column_is_called(tmp_path: Path, name: str) -> None:
    rows = "ЧК-101;02.03.2026;Хлеб;10,00\n;;Чай;5,00\nЧК-102;03.03.2026;Чай;5,00\n;;Сыр;7,00\n"
    _, found = drafted(tmp_path, f"{name};Дата;Товар;Сумма\n{rows}")
    assert (found["questions"], found["settings"]["fill_down"]) == ([], "within receipt")
    # 10.00 + 5.00 + 5.00 + 7.00
    assert (found["trial"]["receipts"], found["trial"]["set_aside"], found["trial"]["total_minor"]) == (2, 0, 2700)


@pytest.mark.parametrize("order", [("SKU", "Product"), ("Product", "SKU")])
def test_a_product_beside_its_code_is_its_name(tmp_path: Path, order: tuple[str, str]) -> None:
    goods = [{"SKU": "10001", "Product": "Tea"}, {"SKU": "10002", "Product": "Rye bread"}]
    rows = "".join(f"A{n};2026-03-02;{each[order[0]]};{each[order[1]]};10.00\n" for n, each in enumerate(goods))
    _, found = drafted(tmp_path, f"Receipt;Date;{order[0]};{order[1]};Amount\n{rows}")
    assert found["questions"] == []
    assert (found["settings"]["columns.product"], found["settings"]["columns.product_name"]) == ("SKU", "Product")


@pytest.mark.parametrize(
    ("amounts", "answer"),
    [
        # A tenth off 10.00, 20.00 and 5.00: the goods cost less where they have a discount.
        (("10.00", "9.00", "20.00", "18.00", "5.00", "9.00"), None),
        # The same prices with a discount and without.
        (("10.00", "10.00", "20.00", "20.00", "5.00", "10.00"), "before discount"),
    ],
)
@pytest.mark.parametrize("percent", [False, True])
def test_amounts_of_the_same_goods_say_whether_discounts_are_off(
    tmp_path: Path, amounts: tuple[str, ...], answer: str | None, *, percent: bool
) -> None:
    offs = ("0", "10", "0", "10", "0", "10") if percent else ("0.00", "1.00", "0.00", "2.00", "0.00", "1.00")
    goods = ("Tea", "Tea", "Jam", "Jam", "Bun", "Bun")
    rows = "".join(
        f"{n};2026-03-02;{name};{2 if n == 5 else 1};{amount};{off}\n"
        for n, (name, amount, off) in enumerate(zip(goods, amounts, offs, strict=True))
    )
    _, found = drafted(tmp_path, f"Receipt;Date;Item;Qty;Amount;Discount{' %' if percent else ''}\n{rows}")
    assert found["questions"] == []
    assert found["settings"].get("amounts_are") == answer
    # 10 + 9 + 20 + 18 + 5 + 9, whether these are the amounts or what is left of them.
    assert found["trial"]["total_minor"] == 7100


@pytest.mark.parametrize(
    "text",
    [
        "Nr karty;Klient;Telefon;Data;Suma\n29001;Anna Nowak;600100200;12.03.2025;120,00\n29002;Jan Kot;600100201;13.03.2025;80,50\n",
        "Карта;ФИО;E-mail;Дата;Сумма\n290001;Анна Новак;a@x.ru;12.03.2025;120,00\n290002;Ян Коваль;b@x.ru;13.03.2025;80,50\n",
    ],
)
def test_a_list_that_tells_once_how_to_reach_each_card_is_one_of_members(tmp_path: Path, text: str) -> None:
    _, found = drafted(tmp_path, text)
    assert (found["kind"], found["questions"], found["trial"]["lines"]) == ("members", [], 2)


def test_cards_are_never_taken_for_numbers_of_receipts_unasked(tmp_path: Path) -> None:
    rows = "290001;Anna;12.03.2025;120,00\n290002;Jan;13.03.2025;80,50\n"
    _, found = drafted(tmp_path, f"Karta;Klient;Data;Kwota\n{rows}")
    assert [question["setting"] for question in found["questions"]] == ["columns.receipt"]
    assert found["settings"]["receipt_key"] == ("date", "receipt")


@pytest.mark.parametrize(
    "below",
    [
        "\nForma płatności;Kwota\ngotówka;10,00\nkarta;6,00\n",
        ";;;;\nPłatność;Kwota;;;\ngotówka;10,00;;;\nkarta;6,00;;;\n",
        ";;;Forma płatności;Kwota\n;;;gotówka;10,00\n;;;karta;6,00\n",
    ],
)
def test_a_second_table_below_is_told_and_counts_nothing(tmp_path: Path, below: str) -> None:
    rows = "1;02.03.2026;29001;Chleb;10,00\n2;02.03.2026;;Ser;5,00\n3;03.03.2026;;Ser;1,00\n"
    _, found = drafted(tmp_path, f"Paragon;Data;Karta;Towar;Kwota\n{rows}{below}")
    assert found["questions"] == []
    assert [each["what"].partition(":")[0] for each in found["damage"]] == ["Another table begins here"]
    # 10.00 + 5.00 + 1.00
    assert (found["trial"]["total_minor"], found["trial"]["set_aside"]) == (1600, 3)


GROUPED = (
    "Data;Nr paragonu;Towar;Ilość;Wartość\n02.03.2026;;;;\n;1;Chleb;1;10,00\n;1;Ser;1;8,00\n{}\n;2;Ser;1;8,00\n"
    "03.03.2026;;;;\n;3;Ser;2;16,00\n"
)


@pytest.mark.parametrize(("row", "asked"), [(";1;;;-1,80", ["returns"]), (";;Rabat;;-1,80", [])])
def test_a_discount_on_a_row_of_its_own_is_one_of_its_receipt_in_groups_too(tmp_path: Path, row: str, asked: list[str]) -> None:
    _, found = drafted(tmp_path, GROUPED.format(row))
    assert [question["setting"] for question in found["questions"]] == asked
    assert found["settings"]["date_form"] == "DD.MM.YYYY"
    if not asked:
        # 10.00 + 8.00 - 1.80 + 8.00 + 16.00
        assert (found["trial"]["total_minor"], found["trial"]["set_aside"]) == (4020, 0)


@pytest.mark.parametrize("sign", ["", " zł"])
def test_numbers_of_a_known_till_written_otherwise_are_seen_wherever_they_stand_on_a_receipt(tmp_path: Path, sign: str) -> None:
    # The number with a point between thousands stands on the fifth row of its receipt.
    rows = "".join(f"ЧК-1;02.03.2026;Чай;1;{amount}{sign}\n" for amount in ("5,00", "5,00", "5,00", "5,00", "1.200,00"))
    rows += "".join(f"ЧК-{number};03.03.2026;Чай;1;5,00{sign}\n" for number in range(2, 10))
    _, found = drafted(tmp_path, f"Номер чека;Дата;Номенклатура;Количество;Сумма\n{rows}")
    # 4 * 5.00 + 1,200.00 + 8 * 5.00
    assert (found["questions"], found["trial"]["total_minor"], found["trial"]["set_aside"]) == ([], 126_000, 0)


def test_why_rows_are_set_aside_is_told_by_the_rows_that_are_at_fault(tmp_path: Path) -> None:
    rows = "".join(f"1;02.03.2026;Tea;{quantity or ''};{quantity},00\n" for quantity in (1, 2, 3, 4, 0))
    _, found = drafted(tmp_path, f"Nr;Data;Towar;Ilość;Kwota\n{rows}" + "".join(f"{n};03.03.2026;Tea;1;5,00\n" for n in range(2, 9)))
    assert (found["trial"]["set_aside"], [each["line"] for each in found["trial"]["reasons"]]) == (5, [6])


PAGED = """\
Data;Nr paragonu;Towar;Ilość;Wartość
02.03.2026;;;;
;1;Chleb;1;10,00
;;Ser;1;8,00
Strona 1 z 2;;;;
;;Masło;1;7,00
;2;Ser;1;8,00
;;;;
03.03.2026;;;;
;3;Ser;2;16,00
Strona 2 z 2;;;;
"""


def test_pages_and_blank_rows_within_groups_end_nothing(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, PAGED)
    assert (found["questions"], found["settings"]["total_rows"]) == ([], ("Strona [0-9]*",))
    # 10.00 + 8.00 + 7.00, 8.00 and 16.00
    assert (found["trial"]["total_minor"], found["trial"]["set_aside"]) == (4900, 0)
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market")
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("1", 2500), ("2", 800), ("3", 1600)]


def test_a_quantity_may_have_its_unit_behind_it(tmp_path: Path) -> None:
    rows = "1;02.03.2026;Chleb;2 szt.;10,00\n1;02.03.2026;Ser;0,345 kg;8,00\n2;03.03.2026;Ser;-1 SZT;-8,00\n2;03.03.2026;Sok;3x;6,00\n"
    shop, found = drafted(tmp_path, f"Nr paragonu;Data;Towar;Ilość;Wartość\n{rows}")
    assert (found["questions"], found["trial"]["set_aside"], found["trial"]["total_minor"]) == ([], 0, 1600)
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market")
    assert sorted(asked(shop, "SELECT quantity FROM line")) == [(-1000,), (345,), (2000,), (3000,)]


TWO_ROWS = ("Nr;Data;Karta;Towar;Ilość;Wartość;Wartość\nparagonu;sprzedaży;klienta;;;netto;brutto\n", "7")
OVER = ("Paragon;Paragon;Klient;Towar;Towar;Kwota;Kwota\nNumer;Data;Karta;Nazwa;Ilość;netto;brutto\n", "7")


@pytest.mark.parametrize(("top", "header"), [("", TWO_ROWS), ("", OVER), ("Raport sprzedaży\n\n", TWO_ROWS)])
def test_a_header_may_take_two_lines(tmp_path: Path, top: str, header: tuple[str, str]) -> None:
    rows = "12;02.03.2026;29001;Chleb;2;9,52;10,00\n12;02.03.2026;29001;Ser;1;7,62;8,00\n13;03.03.2026;;Chleb;3;14,29;15,00\n"
    shop, found = drafted(tmp_path, f"{top}{header[0]}{rows}")
    assert (found["questions"], found["settings"]["columns.amount"], found["settings"]["columns.date"]) == ([], header[1], "2")
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market")
    # 10.00 + 8.00 and 15.00
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("12", 1800), ("13", 1500)]


@pytest.mark.parametrize(
    ("header", "row", "column", "named"),
    [
        ("Receipt number,Date,Name,Quantity,VAT (%),VAT (PLN),Price (PLN)", "{n},2026-03-0{n},Tea,1,23,1.87,10.00", "vat", "VAT (%)"),
        ("Receipt,Date,Item,Description,Qty,Amount", "{n},2026-03-0{n},SKU1{n},Green tea,1,10.00", "product", "Item"),
        ("Receipt,Date,Item,Qty,Subtotal,Tax,Total", "{n},2026-03-0{n},Tea,1,8.13,1.87,10.00", "amount", "Total"),
        ("id zamówienia,data,produkt,wartość brutto,koszt dostawy", "{n},2026-03-0{n},Herbata,10.00,9.99", "amount", "wartość brutto"),
        ("Номер чека,Открыт,Закрыт,К оплате", "{n},0{n}.03.2026 10:05:11,0{n}.03.2026 10:25:11,10.00", "date", "Открыт"),
        ("Numar,Data,Produs,Valoare totala,Status", "{n},0{n}.03.2026,Ceai,10.00,Incasata", "amount", "Valoare totala"),
    ],
)
def test_columns_whose_names_are_alike_are_told_apart(tmp_path: Path, header: str, row: str, column: str, named: str) -> None:
    rows = "".join(f"{row.format(n=n)}\n" for n in range(1, 4))
    _, found = drafted(tmp_path, f"{header}\n{rows}", currency="PLN")
    assert (found["kind"], found["questions"], found["settings"][f"columns.{column}"]) == ("purchases", [], named)
    assert found["trial"]["total_minor"] == 3000


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Card client;Prenume;Nume;Telefon;Data înscrierii;Total cumpărături", "{n};Ana;Pop;07221000{n};0{n}.12.2024;100,00"),
        ("Kod klienta;Imię;Nazwisko;Suma zakupów;Liczba wizyt;Data wydania karty", "{n};Anna;Lis;100,00;{n};0{n}.12.2024"),
        ("Kod klienta;Nazwa;Obrót;Data urodzenia;Saldo punktów;Data dołączenia", "{n};Anna Lis;100,00;0{n}.12.1974;1{n};0{n}.12.2024"),
        ("Cod client;Prenume;Nume;Telefon mobil;Data nașterii;Puncte;Oraș", "{n};Ana;Pop;07221000{n};0{n}.12.1974;1{n};Iași"),
    ],
)
def test_what_members_spent_and_how_often_they_came_makes_no_list_of_purchases(tmp_path: Path, header: str, row: str) -> None:
    rows = "".join(f"{row.format(n=n)}\n" for n in range(1, 9))
    _, found = drafted(tmp_path, f"{header}\n{rows}")
    assert (found["kind"], found["questions"], found["trial"]["lines"]) == ("members", [], 8)


@pytest.mark.parametrize("back", ["(4,20)", "4,20-", "\u22124,20"])
def test_amounts_that_are_text_in_a_workbook_are_read_beside_those_that_are_numbers(tmp_path: Path, back: str) -> None:
    book = Workbook()
    sold = [[1, date(2026, 3, 2), "Chleb", 10.5], [2, date(2026, 3, 3), "Ser", back], [3, date(2026, 3, 4), "Ser", 4.2]]
    for row in (["Nr", "Data", "Towar", "Kwota"], *sold):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    found: Any = inspect_file(shop, str(tmp_path / "a.xlsx"), write=tmp_path / "layouts" / "mine.yaml").data
    assert (found["questions"], found["trial"]["set_aside"]) == ([], 0)
    import_purchases(shop, [str(tmp_path / "a.xlsx")], layout="mine", store="Market")
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("1", 1050), ("2", -420), ("3", 420)]


def test_sales_whose_days_nobody_can_read_are_no_list_of_goods(tmp_path: Path) -> None:
    rows = "1,46082.4166666667,T1,Tea,1,10.00\n2,46083.5,T2,Jam,1,20.00\n"
    _, found = drafted(tmp_path, f"Receipt,Date,SKU,Item,Qty,Amount\n{rows}")
    assert (found["kind"], [question["setting"] for question in found["questions"]]) == ("purchases", ["columns.date"])
    assert found["damage"][0]["what"].startswith("46082.4166666667 in Date is a day")


def test_receipts_headed_by_rows_of_their_own_are_told(tmp_path: Path) -> None:
    goods = "1;Chleb;2;5,00;10,00\n2;Ser;1;8,00;8,00\n"
    rows = "".join(f"Paragon nr {n} z dnia 02.03.2026 1{n}:05;;;;\n{goods}" for n in range(1, 4))
    _, found = drafted(tmp_path, f"Lp;Towar;Ilość;Cena;Wartość\n{rows}")
    told = [(each["line"], each["what"].partition(" names")[0]) for each in found["damage"]]
    assert told == [(2, "Paragon nr 1 z dnia 02.03.2026 11:05")]
    rows = "1;02.03.2026;Ser;8,00\n2;02.03.2026;Ser;8,00\nWydruk z dnia 02.03.2026;;;\n"
    _, fine = drafted(tmp_path / "b", f"Nr;Data;Towar;Kwota\n{rows}")
    assert fine["damage"] == []


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (
            "Invoice,Date,Card,Amount,Points earned,Points redeemed,Points value",
            "1,2026-03-25,1,40.00,40,0,0.00\n2,2026-03-26,2,20.00,15,50,5.00\n",
        ),
        ("Invoice,Date,Card,Grand Total,Loyalty Points,Loyalty Amount", "1,2026-03-25,1,40.00,0,0.00\n2,2026-03-26,2,20.00,50,5.00\n"),
        ("Invoice,Date,Card,Loyalty Amount,Points redeemed,Amount", "1,2026-03-25,9001,0.00,0,40.00\n2,2026-03-26,9002,5.00,50,20.00\n"),
    ],
)
def test_what_points_paid_is_money_and_neither_how_many_they_were_nor_the_sum_of_the_sale(tmp_path: Path, header: str, rows: str) -> None:
    shop, found = drafted(tmp_path, f"{header}\n{rows}")
    money = "Points value" if "Points value" in header else "Loyalty Amount"
    assert (found["questions"], found["settings"]["columns.paid_by_loyalty"]) == ([], money)
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    # 20.00 of which 50 points paid 5.00
    assert asked(shop, "SELECT total, loyalty FROM receipt WHERE number = '2'") == [(2000, 500)]


@pytest.mark.parametrize("name", ["Points redeemed", "Points used", "Loyalty points"])
def test_how_many_points_were_used_is_no_money_without_a_question(tmp_path: Path, name: str) -> None:
    _, found = drafted(tmp_path, f"Invoice,Date,Card,Item,Amount,{name}\n1,2026-03-25,9001,Tea,40.00,0\n2,2026-03-26,9002,Tea,20.00,50\n")
    assert [question["choices"] for question in found["questions"]] in ([[f"paid_by_loyalty: {name}"]], [[[f"paid_by_loyalty: {name}"]]])
    assert f"# paid_by_loyalty: {name}" in found["draft"]


def test_words_that_stand_together_are_told_apart_by_their_capitals(tmp_path: Path) -> None:
    header = "OrderId,CreatedOn,CustomerEmail,ProductName,Quantity,LineTotal,RefundedAmount"
    shop, found = drafted(
        tmp_path, f"{header}\n1,2026-03-05 10:00:00,a@x.pl,Tea,2,20.00,0.00\n2,2026-03-13 10:00:00,b@x.pl,Cup,1,30.00,12.00\n"
    )
    words = ("receipt", "date", "product_name", "quantity", "amount", "refunded")
    assert {word: found["settings"].get(f"columns.{word}") for word in words} == {
        "receipt": "OrderId",
        "date": "CreatedOn",
        "product_name": "ProductName",
        "quantity": "Quantity",
        "amount": "LineTotal",
        "refunded": "RefundedAmount",
    }
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    # 20.00 + 30.00 - 12.00 that were paid back
    assert asked(shop, "SELECT sum(total) FROM receipt") == [(3800,)]
