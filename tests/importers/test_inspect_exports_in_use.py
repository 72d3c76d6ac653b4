"""Exports as tills in use write them: inspect sees what each column is, or asks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_of
from loyalty_cli.operations.imports.purchases import import_purchases
from tests.importers.test_inspect_counts_right import drafted
from tests.operations.imports.till_shop import asked

if TYPE_CHECKING:
    from pathlib import Path

SOLD = "Receipt,Date,Item,Qty,{price}\n1,2026-03-02,Burger,1,15.00\n1,2026-03-02,Cola,2,{two}\n2,2026-03-13,Cola,1,3.00\n"


@pytest.mark.parametrize(
    ("two", "column", "total"),
    [
        # Two cost twice as much as one: 15.00 + 6.00 + 3.00.
        ("6.00", "columns.amount", 2400),
        # Each of two costs as much as one: 15.00 + 2 x 3.00 + 3.00.
        ("3.00", "columns.price", 2400),
    ],
)
def test_a_price_that_grows_with_the_quantity_is_what_the_row_cost(tmp_path: Path, two: str, column: str, total: int) -> None:
    _, found = drafted(tmp_path, SOLD.format(price="Item price", two=two))
    assert (found["questions"], found["settings"][column], found["trial"]["total_minor"]) == ([], "Item price", total)


def test_a_net_price_beside_prices_of_whole_rows_and_their_discount_is_what_was_paid(tmp_path: Path) -> None:
    rows = "1,2026-03-02,Burger,1,15.00,1.50,13.50\n1,2026-03-02,Cola,2,6.00,0.00,6.00\n2,2026-03-13,Cola,1,3.00,0.00,3.00\n"
    _, found = drafted(tmp_path, f"Check Id,Date,Menu Item,Qty,Gross Price,Discount,Net Price\n{rows}")
    # 13.50 + 6.00 + 3.00
    assert (found["questions"], found["settings"]["columns.amount"], found["trial"]["total_minor"]) == ([], "Net Price", 2250)


def test_numbers_written_like_dates_that_no_calendar_has_are_numbers(tmp_path: Path) -> None:
    rows = "750-67-8428,2026-03-02,Tea,2,20.00\n226-31-3081,2026-03-13,Jam,1,5.50\n631-41-3108,2026-03-13,Jam,1,5.50\n"
    _, found = drafted(tmp_path, f"Invoice ID,Date,Item,Quantity,Amount\n{rows}")
    assert (found["questions"], found["settings"]["columns.receipt"], found["trial"]["total_minor"]) == ([], "Invoice ID", 3100)


def test_a_tax_in_money_is_no_rate_of_tax(tmp_path: Path) -> None:
    rows = "1,01/03/2026,Lapte,2,13.51,1.49,15.00\n1,01/03/2026,Paine,1,3.60,0.40,4.00\n2,13/03/2026,Lapte,1,6.76,0.74,7.50\n"
    _, found = drafted(tmp_path, f"Nr factura,Data,Produs,Cantitate,Valoare fara TVA,TVA,Total\n{rows}")
    assert (found["questions"], "columns.vat" in found["settings"], found["trial"]["total_minor"]) == ([], False, 2650)


def test_what_was_paid_back_for_an_order_is_no_amount_of_it_and_zones_are_known_by_their_letters(tmp_path: Path) -> None:
    rows = "A1,01-Mar-2026 10:05 AM CET,12.00,12.00,0.00\nA2,30-Mar-2026 12:45 AM CEST,2.50,2.50,0.00\n"
    _, found = drafted(tmp_path, f"Order ID,Order Date,Order Total,Payments Total,Refunds Total\n{rows}")
    settings = found["settings"]
    assert (found["questions"], settings["date_form"], settings["columns.refunded"]) == ([], "D-MMM-YYYY hh:mm A Z", "Refunds Total")
    assert found["trial"]["total_minor"] == 1450


def test_labels_of_sales_and_returns_as_smart_tills_write_them_are_known(tmp_path: Path) -> None:
    rows = "101;2026-03-01;SELL;Молоко;2;160,00\n102;2026-03-13;PAYBACK;Хлеб;1;45,00\n"
    _, found = drafted(tmp_path, f"Номер документа;Дата;Тип операции;Наименование;Количество;Сумма\n{rows}")
    assert (found["questions"], found["settings"]["return_labels"], found["trial"]["total_minor"]) == ([], ("PAYBACK",), 11500)


def test_a_telephone_is_no_money_whatever_its_column_is_called(tmp_path: Path) -> None:
    rows = "1,2026-03-02,Tea,10.00,+48 600 100 200\n2,2026-03-13,Jam,5.00,\n"
    _, found = drafted(tmp_path, f"Receipt,Date,Item,Amount,Loyalty Phone\n{rows}")
    assert "paid_by_loyalty" not in str(found["questions"])
    assert found["trial"]["total_minor"] == 1500


@pytest.mark.parametrize(
    ("card", "asked", "said"),
    [
        # Cards filled up with noughts are no telephones; with a country behind the noughts it may be one.
        ("0000290001", [], None),
        ("0012345678", [], None),
        ("0048600100200", ["card_is"], None),
        ("+48600100200", [], "phone"),
        ("0048 600-100-200", [], "phone"),
    ],
)
def test_cards_that_begin_with_noughts_are_no_telephones(tmp_path: Path, card: str, asked: list[str], said: str | None) -> None:
    rows = f"1,2026-03-02,{card},10.00\n2,2026-03-13,,5.00\n"
    _, found = drafted(tmp_path, f"Receipt,Date,Card no,Amount\n{rows}")
    assert [question["setting"] for question in found["questions"]] == asked
    assert found["settings"].get("card_is") == said


@pytest.mark.parametrize(
    ("name", "texts", "form"),
    [
        ("sale_time", ("100512", "93005"), "Hmmss"),
        ("Ora", ("1005", "915"), "Hmm"),
        # No clock shows these, and nothing says that these are times.
        ("Godzina", ("100560", "93005"), None),
        ("Kasa", ("100512", "93005"), None),
    ],
)
def test_times_without_marks_are_times_where_their_column_says_so(
    tmp_path: Path, name: str, texts: tuple[str, str], form: str | None
) -> None:
    rows = f"1,2026-03-02,{texts[0]},Tea,10.00\n2,2026-03-13,{texts[1]},Tea,5.00\n"
    _, found = drafted(tmp_path, f"Receipt,Date,{name},Item,Amount\n{rows}")
    assert (found["settings"].get("time_form"), found["trial"]["total_minor"]) == (form, 1500)


@pytest.mark.parametrize(
    ("dates", "form"),
    [
        (("poniedziałek, 2 marca 2026", "piątek, 13 marca 2026"), "ddd, D MMM YYYY"),
        (("Monday, March 2, 2026", "Friday, March 13, 2026"), "ddd, MMM D, YYYY"),
        (("понедельник, 2 марта 2026 г. 9:05", "пятница, 13 марта 2026 г. 10:05"), "ddd, D MMM YYYY г. H:mm"),
        (("Luni, 2 martie 2026", "Vineri, 13 martie 2026"), "ddd, D MMM YYYY"),
        (("pn. 02.03.2026", "pt. 13.03.2026"), "ddd. DD.MM.YYYY"),
        (("Mon, 02 Mar 2026 10:05:00 GMT", "Fri, 13 Mar 2026 10:05:00 GMT"), "ddd, D MMM YYYY HH:mm:ss Z"),
    ],
)
def test_a_weekday_before_a_date_says_nothing_more(tmp_path: Path, dates: tuple[str, str], form: str) -> None:
    shop, found = drafted(tmp_path, f"Receipt;Date;Item;Amount\n1;{dates[0]};Tea;10.00\n2;{dates[1]};Tea;5.00\n")
    assert found["settings"].get("date_form") == form
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    bought = asked(shop, "SELECT day, total FROM receipt ORDER BY day")
    assert bought == [(day_of(date(2026, 3, 2)), 1000), (day_of(date(2026, 3, 13)), 500)]


PAYMENTS = "1;2026-03-01;100,00;Gotówka;40,00\n1;2026-03-01;100,00;Karta;60,00\n2;2026-03-13;50,00;Gotówka;50,00\n"


def test_payments_of_a_receipt_are_its_parts_and_its_total_counts_once(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, f"Nr;Data;Brutto;Forma płatności;Kwota płatności\n{PAYMENTS}")
    settings = found["settings"]
    # 40.00 + 60.00 + 50.00
    assert (found["questions"], settings["columns.total"], found["trial"]["total_minor"]) == ([], "Brutto", 15000)


def test_a_total_that_stands_beside_each_payment_is_asked_about(tmp_path: Path) -> None:
    rows = "".join(line.rpartition(";")[0] + "\n" for line in PAYMENTS.splitlines())
    _, found = drafted(tmp_path, f"Nr;Data;Brutto;Forma płatności\n{rows}")
    assert [question["choices"] for question in found["questions"]] == [[["total: Brutto"], ["amount: Brutto"]]]


EITHER = [[["total: Amount"], ["amount: Amount"]]]


@pytest.mark.parametrize(
    ("column", "said", "amounts", "asked", "total"),
    [
        # Rows that are alike, or that cost the same whatever they are, are no payments of one total: 7 x 10.00.
        ("Card", ("9001", "9001", "9001"), ("10.00", "10.00", "10.00"), [], 7000),
        ("Payment", ("cash", "cash", "cash"), ("10.00", "20.00", "30.00"), [], 13000),
        ("Age", ("adult", "child", "senior"), ("10.00", "10.00", "10.00"), [], 7000),
        # Two seats of a price, or one total on the rows of two tickets? And everything for 10.00, or three totals of 10.00?
        ("Seat", ("1", "2", "3"), ("10.00", "20.00", "30.00"), EITHER, None),
        # Halves, or totals beside how each part was paid?
        ("Payment method", ("cash", "card", "voucher"), ("10.00", "20.00", "30.00"), EITHER, None),
        ("Item", ("Soap", "Mug", "Tea"), ("10.00", "10.00", "10.00"), EITHER, None),
        # Each total once, as each row sells something else.
        ("Item", ("Soap", "Mug", "Tea"), ("10.00", "20.00", "30.00"), [], 6000),
    ],
)
def test_an_amount_on_all_rows_is_a_total_only_where_the_rows_and_the_amounts_differ(
    tmp_path: Path, column: str, said: tuple[str, ...], amounts: tuple[str, ...], asked: list[object], total: int | None
) -> None:
    rows = "".join(f"{n},2026-03-1{n},{text},{amounts[n]}\n" for n in range(3) for text in (said[:2] if n else said))
    _, found = drafted(tmp_path, f"Receipt,Date,{column},Amount\n{rows}")
    assert [question["choices"] for question in found["questions"]] == asked
    assert total is None or found["trial"]["total_minor"] == total


@pytest.mark.parametrize("columns", ["Net amount,Total collected", "Total collected,Net amount"])
def test_net_amounts_that_add_up_to_what_was_collected_are_what_was_paid(tmp_path: Path, columns: str) -> None:
    rows = [("1,2026-03-01,Tea,2", "9.00", "14.00"), ("1,2026-03-01,Jam,1", "5.00", "14.00"), ("2,2026-03-13,Tea,1", "5.00", "5.00")]
    order = (1, 2) if columns.startswith("Net") else (2, 1)
    text = "".join(",".join((row[0], *(row[place] for place in order))) + "\n" for row in rows)
    _, found = drafted(tmp_path, f"Receipt,Date,Item,Qty,{columns}\n{text}")
    assert (found["questions"], found["settings"]["columns.amount"], found["trial"]["total_minor"]) == ([], "Net amount", 1900)


def test_a_discount_between_the_price_and_what_was_paid_is_off_where_nothing_is_counted(tmp_path: Path) -> None:
    rows = "1,2026-03-01,Tea,10.00,1.00,9.00\n1,2026-03-01,Jam,5.00,0.00,5.00\n2,2026-03-13,Tea,10.00,0.00,10.00\n"
    _, found = drafted(tmp_path, f"Receipt,Date,Item,Unit price,Promo,Total price\n{rows}")
    assert (found["questions"], found["settings"]["columns.amount"], found["trial"]["total_minor"]) == ([], "Total price", 2400)


def test_what_is_to_pay_on_all_rows_of_goods_is_their_total(tmp_path: Path) -> None:
    rows = "".join(f"{n};1{n}.03.2026;{item};2{n},00\n" for n in range(1, 4) for item in ("Chleb", "Ser"))
    _, found = drafted(tmp_path, f"Paragon;Data;Towar;Do zapłaty\n{rows}")
    # 21.00 + 22.00 + 23.00
    assert (found["questions"], found["trial"]["total_minor"]) == ([], 6600)


@pytest.mark.parametrize(("total", "asked"), [("Total", []), ("", ["columns.amount"])])
def test_payments_of_half_the_total_each_are_its_parts_or_asked_about(tmp_path: Path, total: str, asked: list[str]) -> None:
    said = [("40.00,", "20.00"), ("60.00,", "30.00"), ("50.00,", "25.00")]
    rows = "".join(f"{n},2026-03-1{n},{said[n][0] if total else ''}{by},{said[n][1]}\n" for n in range(3) for by in ("cash", "card"))
    _, found = drafted(tmp_path, f"Receipt,Date,{total}{',' if total else ''}Payment method,Payment amount\n{rows}")
    assert [question["setting"] for question in found["questions"]] == asked
    # 40.00 + 60.00 + 50.00
    assert asked or found["trial"]["total_minor"] == 15000


@pytest.mark.parametrize(("off", "asked"), [("promo", []), ("saved", ["columns.amount"])])
def test_a_net_amount_that_is_less_on_some_rows_alone_is_after_the_discount(tmp_path: Path, off: str, asked: list[str]) -> None:
    rows = "1,2026-03-01,Tea,2,20.00,2.00,18.00\n1,2026-03-01,Jam,1,5.00,0.00,5.00\n2,2026-03-13,Tea,1,10.00,1.00,9.00\n"
    _, found = drafted(tmp_path, f"receipt,date,item,units,gross,{off},net\n{rows}")
    assert [question["setting"] for question in found["questions"]] == asked
    # 18.00 + 5.00 + 9.00
    assert asked or (found["settings"]["columns.amount"], found["trial"]["total_minor"]) == ("net", 3200)


REGISTERED = """\
Дата;Чек;Операция;Товар;Количество;Сумма
01.03.2026 10:05;5;Регистрация;Хлеб;1;45,00
01.03.2026 10:05;5;Регистрация;Молоко;2;160,00
01.03.2026 10:05;5;{gone};Хлеб;{one};{back}
13.03.2026 11:05;6;Возврат;Молоко;1;80,00
"""


@pytest.mark.parametrize("gone", ["Сторно", "Отмена", "Аннулирование"])
def test_a_row_that_takes_back_another_of_its_receipt_is_no_row_to_leave_out(tmp_path: Path, gone: str) -> None:
    shop, found = drafted(tmp_path, REGISTERED.format(gone=gone, one="1", back="-45,00"), currency="RUB")
    assert found["questions"] == []
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    # 45.00 + 160.00 - 45.00, and 80.00 back
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("5", 16000), ("6", -8000)]


def test_a_part_of_a_row_may_be_taken_back(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, REGISTERED.replace("Хлеб;1;45,00", "Хлеб;3;135,00").format(gone="Сторно", one="-1", back="-45,00"))
    assert found["questions"] == []
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    # 135.00 + 160.00 - 45.00, and 80.00 back
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("5", 25000), ("6", -8000)]


def test_a_whole_receipt_called_off_by_a_word_that_takes_back_rows_elsewhere_is_asked_about(tmp_path: Path) -> None:
    text = REGISTERED.format(gone="Отмена", one="-1", back="-45,00") + "14.03.2026 11:05;7;Отмена;Сыр;1;300,00\n"
    _, found = drafted(tmp_path, text, currency="RUB")
    assert [question["setting"] for question in found["questions"]] == ["ignore"]


def test_rows_of_kinds_that_stand_as_sold_and_as_called_off_without_a_sign_are_asked_about(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, REGISTERED.format(gone="Отмена", one="1", back="45,00"), currency="RUB")
    assert [question["setting"] for question in found["questions"]] == ["ignore"]


TOTALS_OF_ROWS = "1,2026-03-01,Burger,1,{one}16.95\n1,2026-03-01,Cola,2,{two}6.50\n2,2026-03-13,Cola,1,{three}3.55\n"


@pytest.mark.parametrize(
    ("columns", "more", "asked", "total"),
    [
        # 16.95 + 6.50 + 3.55
        ("Order total", ("", "", ""), [], 2700),
        ("Item total,Order total", ("14.50,", "6.00,", "3.00,"), [[["amount: Item total"], ["amount: Order total"]]], None),
    ],
)
def test_a_total_that_differs_on_the_rows_of_a_receipt_is_an_amount(
    tmp_path: Path, columns: str, more: tuple[str, str, str], asked: list[object], total: int | None
) -> None:
    one, two, three = more
    _, found = drafted(tmp_path, f"Receipt,Date,Item,Qty,{columns}\n{TOTALS_OF_ROWS.format(one=one, two=two, three=three)}")
    assert [question["choices"] for question in found["questions"]] == asked
    assert total is None or found["trial"]["total_minor"] == total


def test_rows_of_the_kind_discount_belong_to_the_sale(tmp_path: Path) -> None:
    rows = "1;01.03.2026;Vanzare;Lapte;2;15,00\n1;01.03.2026;Discount;Reducere;;-0,75\n2;13.03.2026;Retur;Paine;-1;-4,00\n"
    shop, found = drafted(tmp_path, f"Bon;Data;Tip linie;Produs;Cantitate;Valoare\n{rows}", currency="RON")
    assert found["questions"] == []
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="S")
    # 15.00 - 0.75, and 4.00 back
    assert asked(shop, "SELECT number, total FROM receipt ORDER BY number") == [("1", 1425), ("2", -400)]
