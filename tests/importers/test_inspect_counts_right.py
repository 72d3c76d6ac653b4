"""Exports that nobody has shown before: inspect, draft, import gives what was paid, or asks; nothing counts silently wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loyalty_cli.operations.imports.balances import import_balances
from loyalty_cli.operations.imports.inspect_file import inspect_file
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.purchases import import_purchases
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import shop_in

SAMPLES = Path(__file__).parents[2] / "sample_data" / "tills"
PROGRAM = "program: Club\ncurrency: {}\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
SUBIEKT = """\
Zestawienie dokumentów sprzedaży;;;;;;;;;;;
Lp;Dokument;Data wystawienia;Karta klienta;Nazwa;Ilość;Cena brutto;Rabat %;Wartość netto;VAT;Wartość brutto;Status
1;PA 1/2026;2.11.2026 09:15;290001;Len;25,00;59,00;0,00;1 199,19;275,81;1 475,00;Zatwierdzony
2;PA 1/2026;2.11.2026 09:15;290001;Nici;2,00;4,20;10,00;6,15;1,41;7,56;Zatwierdzony
3;PA 2/2026;3.11.2026 10:02;290002;Włóczka;3,00;29,90;0,00;72,93;16,77;89,70;Anulowany
4;KPA 1/2026;4.11.2026 16:30;290001;Len;-5,00;59,00;0,00;-239,84;-55,16;-295,00;Zatwierdzony
;;;;Razem:;;;;1 038,43;238,83;1 277,26;
"""
ONE_C = """\
Отчет о продажах;;;;;;;;;
№ п/п;Документ;Дата;Дисконтная карта;Номенклатура;Кол-во;Цена;Сумма;Скидка;Сумма со скидкой
1;ЧК-1;02.03.2026 10:15:00;2900001;Ткань;2;100,00;200,00;20,00;180,00
2;ЧК-1;02.03.2026 10:15:00;2900001;Нитки;1;50,00;50,00;0,00;50,00
3;ЧК-2;03.03.2026 12:15:00;2900002;Лён;1;1 000,00;1 000,00;100,00;900,00
Итого;;;;;;;1 250,00;120,00;1 130,00
"""
SMART = """\
Nr. document,Data document,Client,Cod card,Produs,Cantitate,Pret unitar fara TVA,Valoare fara TVA,Valoare TVA,Total,Stare
BF 101,2026-03-02,Ion Pop,RO10001,Ceai,2,10.00,20.00,3.80,23.80,Încasat
BF 101,2026-03-02,Ion Pop,RO10001,Zahar,1,5.00,5.00,0.95,5.95,Încasat
BF 102,2026-03-03,,,Ceai,1,10.00,10.00,1.90,11.90,Anulat
"""
EXCEL = (
    "Receipt no\tDate\tCustomer\tItem\tQty\tLine total\n1001\t2026-03-02\t50123\tTea\t2\t20.00\n"
    "1001\t2026-03-02\t50123\tJam\t1\t5.50\nTotal 1001\t\t\t\t\t25.50\n1002\t2026-03-03\t\tTea\t1\t10.00\nGrand total\t\t\t\t\t35.50\n"
)
BESIDE = """\
Order,Date,Email,Item,Qty,Item price,Line amount,Order amount
A1,2026-03-02 10:00,a@example.com,Tea,2,10.00,20.00,25.00
A1,2026-03-02 10:00,a@example.com,Jam,1,5.00,5.00,25.00
A2,2026-03-03 10:00,b@example.com,Tea,1,10.00,10.00,16.00
A2,2026-03-03 10:00,b@example.com,Jam,1,6.00,6.00,16.00
"""
COINS = """\
receipt_id;created_at;Member;item;qty;amount_grosze
7;5 mar 2026, 10:05;29001;Tea;2;2000
8;15 mar 2026, 9:05;;Tea;1;1000
"""
BY_FLAG = """\
Receipt;Date;Card;Item;Qty;Amount;Is return
1;2026-03-02;2900001;Tea;1;10,00;0
2;2026-03-03;2900001;Tea;1;10,00;1
3;2026-03-03;2900002;Tea;2;20,00;0
"""
BY_REFERENCE = """\
Numer;Data;Karta;Towar;Ilość;Kwota;Do dokumentu
P/1;2026-03-02;2900001;Tea;2;20,00;
P/2;2026-03-03;2900002;Tea;1;10,00;
P/3;2026-03-04;;Tea;-1;-10,00;P/1
"""
MANY_CURRENCIES = "Receipt,Date,Card,Amount,Cur.\n1,2026-03-02,2900001,10.00,PLN\n2,2026-03-02,2900002,20.00,EUR\n"
ODD_STATUS = """\
Paragon;Data;Karta;Towar;Kwota;Uwagi systemowe
1;2026-03-02;2900001;Tea;10,00;Zrealizowany
2;2026-03-03;2900001;Tea;15,00;Anulowana przez klienta
"""


def drafted(folder: Path, text: str, *, currency: str = "PLN", encoding: str = "utf-8", **options: Any) -> tuple[Any, dict[str, Any]]:
    """The shop, and what inspect gives of a file for which it writes layouts/mine.yaml."""
    shop = shop_in(folder, PROGRAM.format(currency))
    (folder / "a.csv").write_bytes(text.encode(encoding))
    found: Any = inspect_file(shop, str(folder / "a.csv"), write=folder / "layouts" / "mine.yaml", **options).data
    return shop, found


@pytest.mark.parametrize(
    ("text", "currency", "encoding", "paid", "totals"),
    [
        # 1,475.00 + 7.56 - 295.00; PA 2 was called off
        (SUBIEKT, "PLN", "cp1250", 118756, {"PA 1/2026": 148256, "KPA 1/2026": -29500}),
        # 180.00 + 50.00 + 900.00: after the discount, without the row of totals
        (ONE_C, "RUB", "cp1251", 113000, {"ЧК-1": 23000, "ЧК-2": 90000}),
        # 23.80 + 5.95: with VAT; BF 102 was called off
        (SMART, "RON", "utf-8", 2975, {"BF 101": 2975}),
        # 20.00 + 5.50 + 10.00, no totals
        (EXCEL, "PLN", "utf-16", 3550, {"1001": 2550, "1002": 1000}),
        # 25.00 + 16.00, each once
        (BESIDE, "PLN", "utf-8", 4100, {"A1": 2500, "A2": 1600}),
        # 10.00 - 10.00 + 20.00
        (BY_FLAG, "PLN", "utf-8", 2000, {"1": 1000, "2": -1000, "3": 2000}),
        # 2,000 and 1,000 grosze, of days that name their month
        (COINS, "PLN", "utf-8", 3000, {"7": 2000, "8": 1000}),
        # 20.00 + 10.00 - 10.00
        (BY_REFERENCE, "PLN", "utf-8", 2000, {"P/1": 2000, "P/2": 1000, "P/3": -1000}),
        # The euros are set aside.
        (MANY_CURRENCIES, "PLN", "utf-8", 1000, {"1": 1000}),
        # Called off, in a column of another name.
        (ODD_STATUS, "PLN", "utf-8", 1000, {"1": 1000}),
    ],
)
def test_a_draft_imports_what_was_paid(
    tmp_path: Path, *, text: str, currency: str, encoding: str, paid: int, totals: dict[str, int]
) -> None:
    shop, found = drafted(tmp_path, text, currency=currency, encoding=encoding)
    assert (found["open"], found["trial"]["total_minor"]) == (False, paid)
    figures: Any = import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market").data
    assert (figures["files"][0]["imported"], figures["files"][0]["set_aside"]) == (
        found["trial"]["receipts"], found["trial"]["set_aside"]
    )  # fmt: skip
    assert dict(asked(shop, "SELECT number, total FROM receipt")) == totals


def test_days_as_a_spreadsheet_counts_them_are_told(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, "Receipt,Date,Card,Amount\n1,46082.4166666667,29001,10.00\n2,46083.5,,5.00\n")
    assert found["open"]
    assert [(each["line"], each["what"].split(" is a day")[0]) for each in found["damage"]] == [(2, "46082.4166666667 in Date")]
    assert "# date: Date\n" in (tmp_path / "layouts" / "mine.yaml").read_text(encoding="utf-8")


def test_a_return_names_its_sale_though_its_column_is_called_anything(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, BY_REFERENCE)
    assert found["settings"]["columns.original_receipt"] == "Do dokumentu"
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market")
    assert asked(shop, "SELECT original FROM receipt WHERE number = 'P/3'") == [("P/1",)]


def test_five_digits_in_a_column_called_customer_are_a_card(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, EXCEL, encoding="utf-16")
    assert found["settings"]["columns.card"] == "Customer"
    import_purchases(shop, [str(tmp_path / "a.csv")], layout="mine", store="Market")
    assert asked(shop, "SELECT number FROM card") == [("50123",)]


HEAD = "Paragon;Data;Karta;Towar;Ilość;"


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        (HEAD + "Kwota;Rabat\n1;2026-03-02;2900001;Tea;1;10,00;1,00\n2;2026-03-03;2900001;Tea;1;9,00;0,00\n", "amounts_are"),
        (HEAD + "Cena;Kwota;Rabat\n1;2026-03-02;2900001;Tea;2;10,00;20,00;2,00\n", "amounts_are"),
        (HEAD + "Cena;Rabat %\n1;2026-03-02;2900001;Tea;2;10,00;10\n", "amounts_are"),
        (HEAD + "Kwota;Stan\n1;2026-03-02;2900001;Tea;2;10,00;opłacone\n2;2026-03-02;2900001;Tea;2;10,00;oczekuje\n", "cancelled"),
        (HEAD + "Kwota;Typ dok\n1;2026-03-02;2900001;Tea;2;10,00;AX\n2;2026-03-02;2900001;Tea;2;10,00;BX\n", ""),
        (HEAD + "Kwota;Typ\n1;2026-03-02;2900001;Tea;2;10,00;AX\n2;2026-03-02;2900001;Tea;2;10,00;BX\n", "return_labels"),
        (HEAD + "Kwota;Loyalty discount\n1;2026-03-02;2900001;Tea;2;10,00;1,00\n", "columns.paid_by_loyalty"),
        (HEAD + "Kwota;Suma zam.\n1;2026-03-02;2900001;Tea;2;10,00;15,00\n2;2026-03-02;2900001;Tea;2;10,00;12,00\n", "columns.amount"),
        ("Nr;Data wystawienia;Data sprzedaży;Karta;Kwota\n1;02.03.2026;01.03.2026;29001;9,00\n", "columns.date"),
        ("Nr;Data;Karta;Wartość netto\n1;02.03.2026;29001;9,00\n", "columns.amount"),
    ],
)
def test_what_could_count_otherwise_is_asked(tmp_path: Path, text: str, setting: str) -> None:
    _, found = drafted(tmp_path, text)
    open_ones = [question["setting"] for question in found["questions"] if question["taken"] is None]
    assert open_ones == ([setting] if setting else [])


def test_a_status_that_only_says_paid_so_far_is_ready_for_one_that_is_called_off(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, "id;Date;Card;Amount;Status\nc1;2026-03-02;29001;10.00;Paid\nc2;2026-03-02;29001;11.00;Paid\n")
    assert "cancel*" in found["settings"]["cancelled"]["Status"]
    layout = tmp_path / "layouts" / "mine.yaml"
    layout.write_text(layout.read_text(encoding="utf-8").replace("# receipt: id", "receipt: id"), encoding="utf-8")
    (tmp_path / "b.csv").write_text("id;Date;Card;Amount;Status\nc3;2026-04-02;29001;12.00;Canceled\n", encoding="utf-8")
    figures: Any = import_purchases(shop, [str(tmp_path / "b.csv")], layout="mine", store="Market").data
    assert figures["files"][0]["total"] == "0.00"


def test_the_kind_of_payment_is_no_kind_of_sale(tmp_path: Path) -> None:
    rows = "1;2026-03-02;2900001;Tea;2;10,00;gotówka\n2;2026-03-02;2900001;Tea;2;10,00;karta\n"
    _, found = drafted(tmp_path, HEAD + f"Kwota;Rodzaj płatności\n{rows}")
    assert found["questions"] == []


def test_a_list_of_payments_is_no_list_of_members(tmp_path: Path) -> None:
    rows = "2026-03-02,Anna Nowak,12001,10.00,cash\n2026-03-03,Jan Kowal,12002,20.00,card\n"
    _, found = drafted(tmp_path, f"Date,Name,Number,Amount,Method\n{rows}")
    assert found["kind"] == "purchases"


MEMBERS = """\
Karta;Imię i nazwisko;Data urodzenia;Data przystąpienia;Grupa
290007;Zofia Żółkiewska;03.04.1958;12.05.2025;senior
290014;Łucja Ćwik;11.12.1984;01.08.2026;
290001;Jan Wiśniewski;31.02.1970;01.08.2026;
290099;Nowa Klientka;;01.11.2026;
290099;Inna Osoba;;01.11.2026;
"""


def test_a_list_of_members_is_tried_and_its_next_command_works(tmp_path: Path) -> None:
    shop, found = drafted(tmp_path, MEMBERS, encoding="cp1250")
    assert found["kind"] == "members"
    assert found["questions"] == []
    assert found["settings"]["date_form"] == "DD.MM.YYYY"
    assert (found["settings"]["columns.joined"], found["settings"]["columns.groups"]) == ("Data przystąpienia", "Grupa")
    # 31 February is in no calendar; the card of two names is told, and both rows come in.
    assert (found["trial"]["lines"], found["trial"]["set_aside"], found["trial"]["reasons"][0]["line"]) == (4, 1, 4)
    outcome = import_members(shop, [str(tmp_path / "a.csv")], layout="mine")
    figures: Any = outcome.data
    assert (figures["files"][0]["new"], figures["files"][0]["set_aside"]) == (3, 1)
    assert [str(warning) for warning in outcome.warnings] == [
        "Card 290099 stands in the lines 5 and 6 with two names; the last one counts."
    ]


def test_products_and_balances_are_tried_as_members_are(tmp_path: Path) -> None:
    text = "Kod;Nazwa;Kategoria;Cena zakupu\nT01;Tkanina;Tkaniny;12,50\n;;Tkaniny;1,00\n"
    _, products = drafted(tmp_path / "p", text, encoding="cp1250")
    assert (products["kind"], products["trial"]["lines"], products["trial"]["set_aside"]) == ("products", 1, 1)
    text = "Numer karty;Punkty;Ważne do;Poziom\n290001;120;31.12.2026;srebrny\n290002;1 250;30.06.2027;złoty\n"
    _, balances = drafted(tmp_path / "b", text, encoding="cp1250")
    assert (balances["kind"], balances["settings"]["date_form"]) == ("balances", "DD.MM.YYYY")
    # The program has no tiers and the shop no members, so the import would take neither.
    assert (balances["trial"]["lines"], balances["trial"]["set_aside"]) == (0, 2)


def test_a_list_of_balances_is_tried_by_what_the_shop_knows(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    (tmp_path / "m.csv").write_text("card\n290001\n290002\n", encoding="utf-8")
    import_members(shop, [str(tmp_path / "m.csv")])
    # 290003 is nobody's, and the tier of 290002 is none of the program; what the lot of 290001 is called is understood.
    rows = "290001,120,31.12.2027,\n290002,5,31.12.2027,gold\n290003,7,31.12.2027,\n"
    (tmp_path / "b.csv").write_text(f"Karta,Punkty,Valabile până la,Poziom\n{rows}", encoding="utf-8")
    found: Any = inspect_file(shop, str(tmp_path / "b.csv"), kind="balances", write=tmp_path / "layouts" / "b.yaml").data
    trial = found["trial"]
    assert [each["reason"] for each in trial["reasons"]] == ["tier: there is no tier gold in this program", "there is no card 290003"]
    done: Any = import_balances(shop, [str(tmp_path / "b.csv")], layout="b").data["files"]
    assert (trial["lines"], trial["set_aside"]) == (done[0]["imported"], done[0]["set_aside"]) == (1, 2)
    assert asked(shop, "SELECT date(until_day) FROM adjustment") == [("2027-12-31",)]


def test_names_in_two_columns_and_consents_of_yes_and_no_are_what_they_say(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    text = (
        "Nr karty;Nazwisko;Imię;E-mail;Data ur.;Zgoda SMS;Zgoda e-mail;Zgoda marketingowa\n"
        "290001;Nowak;Ola;ola@example.com;01.02.1980;tak;nie;tak\n290002;Lis;Jan;;;;tak;nie\n"
    )
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    found: Any = inspect_file(shop, str(tmp_path / "m.csv"), write=tmp_path / "layouts" / "m.yaml").data
    assert found["trial"]["lines"] == 2
    # The third consent says yes, and not to what: that is told, and no consent is made of it.
    assert found["findings"]["consents"] == "not certain"
    import_members(shop, [str(tmp_path / "m.csv")], layout="m")
    assert asked(shop, "SELECT name, birthday FROM member ORDER BY id") == [("Ola Nowak", "1980-02-01"), ("Jan Lis", "")]
    said = "SELECT m.name, channel, given FROM consent c JOIN member m ON m.id = c.member_id ORDER BY m.id, channel"
    assert asked(shop, said) == [("Ola Nowak", "email", 0), ("Ola Nowak", "sms", 1), ("Jan Lis", "email", 1)]


def test_percents_with_their_sign_are_discounts_and_tips_are_no_kind_of_row(tmp_path: Path) -> None:
    text = (
        "Bon;Data;Loyalty ID;Articol;Cant.;Preț;Reducere %;Valoare cu TVA;Tip\n"
        "1;13.11.2026;L0017;Ceai;2;10,00;10%;18,00;0,00\n2;14.11.2026;L0018;Miere;1;8,00;0%;8,00;1,00\n"
        "3;15.11.2026;L0017;Lapte;1;20,00;5%;19,00;0,00\n4;15.11.2026;L0017;Ceai;1;10,00;0%;10,00;1,50\n"
    )
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found: Any = inspect_file(shop, str(tmp_path / "a.csv"), write=tmp_path / "layouts" / "a.yaml").data
    # 2 x 10,00 less 10% is 18,00: the amounts are after the discount, and all of them are sales.
    assert (found["settings"]["discount_is"], found["settings"]["columns.discount"]) == ("percent", "Reducere %")
    assert ("columns.kind" in found["settings"], found["settings"]["columns.card"], found["damage"]) == (False, "Loyalty ID", [])
    done: Any = import_purchases(shop, [str(tmp_path / "a.csv")], layout="a").data["files"]
    # 18 + 8 + 19 + 10; off 2,00 and 1,00.
    assert (done[0]["total"], done[0]["set_aside"]) == ("55.00", 0)
    assert asked(shop, "SELECT sum(discount) FROM line") == [(300,)]


def test_a_heading_that_names_the_day_of_balances_is_said_to_the_import(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    (tmp_path / "b.csv").write_text("Карта;Баллы на 31.10.2026;Сгорают\n770001;120;31.12.2027\n770002;80;31.12.2027\n", encoding="utf-8")
    outcome = inspect_file(shop, str(tmp_path / "b.csv"), write=tmp_path / "layouts" / "b.yaml")
    assert str(outcome.said[-1]).endswith("--layout b --day 2026-10-31")


def test_a_quantity_in_parts_of_a_unit_and_a_list_of_payments_are_told(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    rows = "".join(f"{n};{n:02}.11.2026;770001;Herbata;{n} g;{n},50\n" for n in range(1, 20))
    (tmp_path / "a.csv").write_text(f"Paragon;Data;Karta;Towar;Ilość;Kwota\n{rows}", encoding="utf-8")
    found: Any = inspect_file(shop, str(tmp_path / "a.csv")).data
    assert found["findings"]["quantity"] == "none"
    paid = "".join(f"{n:02}.11.2026;{n};карта;{n}00,00\n" for n in range(1, 20))
    (tmp_path / "p.csv").write_text(f"Дата;Чек;Способ оплаты;Сумма\n{paid}", encoding="cp1251")
    told: Any = inspect_file(shop, str(tmp_path / "p.csv")).data
    assert told["findings"]["goods"] == "none"


def test_a_yes_that_does_not_say_to_what_is_no_consent(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN"))
    (tmp_path / "m.csv").write_text("card,consents\n290001,nie\n290002,sms\n", encoding="utf-8")
    done: Any = import_members(shop, [str(tmp_path / "m.csv")]).data["files"]
    assert "does not say to what" in done[0]["set_aside_rows"][0]["reason"]
    assert asked(shop, "SELECT channel, given FROM consent") == [("sms", 1)]


def test_the_next_step_names_the_store(tmp_path: Path) -> None:
    shop = shop_in(tmp_path, PROGRAM.format("PLN") + "stores:\n  Corner Shop: {files: till/*.csv}\n")
    (tmp_path / "a.csv").write_text(BY_FLAG, encoding="utf-8")
    outcome = inspect_file(shop, str(tmp_path / "a.csv"), write=tmp_path / "layouts" / "mine.yaml")
    assert str(outcome.said[-1]).endswith('--layout mine --store "Corner Shop"')


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.csv")), ids=lambda path: path.stem)
def test_a_till_that_is_known_is_known_in_an_empty_folder_and_tried_as_it_is_imported(tmp_path: Path, sample: Path) -> None:
    shop = shop_in(tmp_path / "shop")
    shop.program.unlink()
    found: Any = inspect_file(shop, str(sample))
    assert " is known: " in str(found.said[0])
    currency = {"frontol": "RUB", "iiko_olap": "RUB", "iiko_orders": "RUB", "one_c": "RUB", "emag_orders": "RON", "vendigo_orders": "RON"}
    theirs = {"squ": "USD", "sum": "EUR"}.get(sample.stem[:3]) or currency.get(sample.stem, "PLN")
    shop = shop_in(tmp_path / "other", PROGRAM.format(theirs))
    trial: Any = inspect_file(shop, str(sample)).data
    figures: Any = import_purchases(shop, [str(sample)], store="Market" if "store" not in sample.stem else "").data
    one = figures["files"][0]
    assert (trial["trial"]["receipts"], trial["trial"]["lines"], trial["trial"]["set_aside"], trial["trial"]["ignored"]) == (
        one["imported"] + one["known"], one["lines"] + one["known_lines"], one["set_aside"], one["ignored"]
    )  # fmt: skip
    assert f"{trial['trial']['total_minor'] / 100:.2f}" == one["total"]


def seen(folder: Path, header: str, *rows: str) -> Any:
    """What inspect says of a file whose header nobody knows."""
    (folder / "odd.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    return inspect_file(shop_in(folder, PROGRAM.format("EUR")), str(folder / "odd.csv")).data


def test_the_only_dates_and_the_only_numbers_that_stand_together_need_no_name(tmp_path: Path) -> None:
    """10.00 + 5.00 of the first and 7.00 of the second: 22.00."""
    data = seen(tmp_path, "Zettel;Rung;Amount", "Z-7;02.11.2026 9:15;10.00", "Z-7;02.11.2026 9:15;5.00", "Z-8;03.11.2026 10:20;7.00")
    assert data["questions"] == []
    assert (data["trial"]["receipts"], data["trial"]["total_minor"]) == (2, 2200)


def test_what_was_paid_is_found_by_arithmetic_whatever_it_is_called(tmp_path: Path) -> None:
    """2 x 5.00 - 1.00 = 9.00, 1 x 8.00 = 8.00, 3 x 2.00 - 0.60 = 5.40; together 22.40 and not 24.00."""
    rows = ("1;02.11.2026;tea;2;5.00;1.00;9.00", "2;02.11.2026;mug;1;8.00;0.00;8.00", "3;03.11.2026;jam;3;2.00;0.60;5.40")
    data = seen(tmp_path, "Receipt;Date;Item;Pcs;Unit price;Markdown;Taken", *rows)
    assert data["questions"] == []
    assert data["trial"]["total_minor"] == 2240


def test_customers_numbers_are_cards_where_the_column_of_cards_is_empty(tmp_path: Path) -> None:
    rows = [f"{number};02.11.2026;;{20000 + number % 3};10.00" for number in range(1, 10)]
    data = seen(tmp_path, "Receipt;Date;Karta;Klient;Amount", *rows)
    assert data["settings"]["columns.card"] == "Klient"


def test_numbers_as_members_have_them_are_asked_about_whatever_they_are_called(tmp_path: Path) -> None:
    rows = [f"{number};02.11.2026;{27000 + number % 15};10.00" for number in range(1, 40)]
    (question,) = seen(tmp_path, "Receipt;Date;Regular;Amount", *rows)["questions"]
    assert (question["setting"], question["choices"]) == ("columns.card", [["card: Regular"]])
    # Four different ones may be anything: tables, waiters.
    few = [f"{number};02.11.2026;{27000 + number % 4};10.00" for number in range(1, 40)]
    assert seen(tmp_path, "Receipt;Date;Regular;Amount", *few)["questions"] == []


def test_a_number_that_does_not_begin_anew_with_each_shift_is_the_receipts(tmp_path: Path) -> None:
    """Shift 13 begins at 1 again; 21:30 of UTC is the next day in the shop, on which there is another number 2."""
    rows = ("12;1;90001;2026-09-01 20:59:00;250.00", "12;2;90002;2026-09-01 22:30:00;150.00", "13;1;90003;2026-09-02 06:00:00;500.00")
    data = seen(tmp_path, "Смена;Номер чека;ФД;Дата (UTC+0);Сумма", *rows, "13;2;90004;2026-09-02 07:00:00;900.00")
    assert (data["settings"]["columns.receipt"], data["questions"]) == ("ФД", [])
    # Where a column only counts the rows, the day stays what tells the numbers apart.
    lines = ("1;A1;2026-09-01;5.00", "2;A2;2026-09-01;5.00", "3;A1;2026-09-02;5.00")
    counted = seen(tmp_path, "Id;Receipt;Date;Amount", *lines)["settings"]
    assert (counted["columns.receipt"], list(counted["receipt_key"])) == ("Receipt", ["date", "receipt"])


def test_a_total_with_delivery_in_it_is_no_check_of_the_goods(tmp_path: Path) -> None:
    """Goods: 10.00 and 12.00; the totals are 3.50 more."""
    rows = ("501;2026-09-01;tea;10.00;3.50;13.50", "502;2026-09-02;mug;12.00;0.00;12.00")
    data = seen(tmp_path, "Order;Date;Item;Line total;Shipping;Order total", *rows)
    assert "columns.total" not in data["settings"]
    assert (data["trial"]["set_aside"], data["trial"]["total_minor"]) == (0, 2200)


def test_lists_are_told_from_purchases_by_what_stands_on_every_row(tmp_path: Path) -> None:
    used = seen(tmp_path, "Data;Bon;Card;Puncte folosite;Valoare", "05.09.2026;B1;RO-1;100;1,00", "06.09.2026;B2;RO-1;50;0,50")
    assert (used["kind"], used["settings"]["columns.points"]) == ("redemptions", "Puncte folosite")
    ours = seen(tmp_path, "Data;Karta;Punkty;Portfel", "05.09.2026;2901;100;herbata", "06.09.2026;2901;50;")
    assert (ours["kind"], ours["settings"]["columns.wallet"]) == ("redemptions", "Portfel")
    # A receipt on which nobody used points: these are purchases, some of them paid with points.
    paid = seen(tmp_path, "Data;Bon;Card;Puncte folosite;Valoare", "05.09.2026;B1;RO-1;0;21,00", "06.09.2026;B2;RO-1;50;10,50")
    assert paid["kind"] == "purchases"
    header = "Data;Kasa;Suma;Liczba paragonów;Pierwszy;Ostatni"
    tills = seen(tmp_path, header, "05.09.2026;1;1200,50;40;1001;1040", "06.09.2026;1;900,00;30;1041;1070")
    assert (tills["kind"], tills["settings"]["columns.total"], tills["questions"]) == ("totals", "Suma", [])
    had = seen(tmp_path, "Nr card,Nume,Puncte,Data sold,Nivel", "RO-1,Pop,1250,31.08.2026,Argint", "RO-2,Ana,80,31.08.2026,Bronz")
    assert (had["kind"], had["settings"]["columns.date"], had["questions"]) == ("balances", "Data sold", [])


def test_a_list_of_payments_says_that_nobody_gets_points_for_it(tmp_path: Path) -> None:
    data = seen(tmp_path, "Data;Paragon;Forma płatności;Kwota", "01.09.2026;F1;karta;120,50", "01.09.2026;F2;blik;15,00")
    assert data["findings"]["goods"] == "none"


def test_without_numbers_what_a_card_buys_on_a_day_is_a_receipt_and_that_is_asked(tmp_path: Path) -> None:
    """Card 100 bought on two days, card 101 on one: three receipts of 350.00, 150.00 and 150.00."""
    rows = ("01.09.2026;100;Чай;150,00", "01.09.2026;100;Кофе;200,00", "02.09.2026;101;Чай;150,00", "02.09.2026;100;Чай;150,00")
    data = seen(tmp_path, "Дата;Карта;Товар;Сумма", *rows)
    (question,) = data["questions"]
    assert (question["setting"], question["choices"]) == ("columns.receipt", [["receipt: Карта"]])
    assert (data["trial"]["receipts"], data["trial"]["total_minor"]) == (3, 65000)
