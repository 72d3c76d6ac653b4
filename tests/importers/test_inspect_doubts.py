"""What could be taken for something else by its name: inspect counts it as what it is, or asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importers.test_inspect_counts_right import drafted

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["Total incl. shipping", "Total cu livrare", "Kwota łącznie z kosztem dostawy", "Итого без доставки"])
def test_an_amount_with_the_delivery_or_without_it_is_an_amount(tmp_path: Path, name: str) -> None:
    rows = "1,2026-03-02,Tea,10.00,1.50\n2,2026-03-13,Jam,20.00,1.50\n"
    _, found = drafted(tmp_path, f"Receipt,Date,Item,{name},Shipping total\n{rows}")
    assert (found["questions"], found["settings"]["columns.amount"], found["trial"]["total_minor"]) == ([], name, 3000)


def test_a_column_of_yes_and_no_is_no_day_whatever_it_is_called(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, "Receipt,Date,Closed,Amount\n1,2026-03-02,yes,10.00\n2,2026-03-13,no,5.00\n")
    assert (found["questions"], found["settings"]["columns.date"], found["trial"]["total_minor"]) == ([], "Date", 1500)


@pytest.mark.parametrize(
    ("header", "rest"),
    [
        ("Nr karty;Klient;Telefon;Data sprzedaży;Kwota", "12,50"),
        ("Карта;ФИО;Телефон;Дата покупки;Сумма", "12,50"),
        ("Customer ID;Name;Phone;Order date;Total", "12.50"),
        ("Nr karty;Klient;Telefon;Data;Godzina;Kwota", "1{n}:15;12,50"),
        ("Nr karty;Klient;Telefon;Data;Usługa;Kwota", "manicure;12,50"),
    ],
)
def test_sales_of_which_each_customer_has_one_are_sales(tmp_path: Path, header: str, rest: str) -> None:
    rows = "".join(f"2900{n};Anna Lis;60010020{n};1{n}.03.2025;{rest.format(n=n)}\n" for n in (1, 2, 3))
    _, found = drafted(tmp_path, f"{header}\n{rows}")
    assert (found["kind"], [question["setting"] for question in found["questions"]]) == ("purchases", ["columns.receipt"])


def test_goods_below_a_header_of_words_are_no_part_of_it(tmp_path: Path) -> None:
    _, found = drafted(tmp_path, "Produkt;Kategoria\nChleb;Pieczywo\nSer;Nabiał\nMasło;Nabiał\n")
    assert "skip_top" not in found["settings"]
    assert found["settings"]["columns.category"] == "Kategoria"


@pytest.mark.parametrize(
    ("below", "asked"),
    [
        # Goods that end like a sum may be goods; where what stands before is sold there, it is the sum of that.
        (";;Colgate Total;1;5,00", ["total_rows"]),
        (";;Razem raźniej (gra);1;5,00", ["total_rows"]),
        (";;Razem Chleb;1;8,00", []),
        (";;Razem dzień:;1;8,00", []),
        (";;Chleb razem;1;8,00", []),
        (";;13.04.2026 razem;1;8,00", []),
    ],
)
def test_goods_that_begin_or_end_like_a_sum_are_not_left_out_unasked(tmp_path: Path, below: str, asked: list[str]) -> None:
    rows = f"1;2026-03-02;Chleb;1;8,00\n{below}\n2;2026-03-13;Ser;1;3,00\n;;Sok;1;2,00\n"
    _, found = drafted(tmp_path, f"Nr;Data;Towar;Ilość;Kwota\n{rows}")
    assert [question["setting"] for question in found["questions"]] == asked
    if not asked:
        # 8.00 + 3.00 + 2.00
        assert found["trial"]["total_minor"] == 1300


def test_a_sum_of_one_cell_ends_its_group(tmp_path: Path) -> None:
    rows = "02.03.2026;1;29001;Chleb;10,00\n;;;Ser;8,00\nRazem: 18,00;;;;\n;2;;Masło;7,00\n13.03.2026;3;;Ser;5,00\n"
    _, found = drafted(tmp_path, f"Data;Nr paragonu;Karta;Towar;Kwota\n{rows}")
    # Of which day the second receipt is nobody says: 10.00 + 8.00 and 5.00.
    assert (found["trial"]["total_minor"], found["trial"]["set_aside"]) == (2300, 1)


@pytest.mark.parametrize(
    ("goods", "total_rows"),
    # The till's layout tells the first as they are no words behind a sum; the others need one of their own.
    [(("Чай", "Итого вкусно (торт)", "Всего понемногу"), None), (("Чай", "Итого с собой (торт)", "Всего по чуть-чуть"), ("Итого",))],
)
def test_goods_called_like_the_sums_of_a_known_till_are_no_sums(
    tmp_path: Path, goods: tuple[str, ...], total_rows: tuple[str, ...] | None
) -> None:
    rows = "".join(f"ЧК-{n};0{n}.03.2026;{name};1;5,00\n" for n, name in enumerate(goods, 1))
    _, found = drafted(tmp_path, f"Номер чека;Дата;Номенклатура;Количество;Сумма\n{rows}Итого;;;3;15,00\n")
    assert (found["questions"], found["settings"].get("total_rows"), found["trial"]["total_minor"]) == ([], total_rows, 1500)


@pytest.mark.parametrize("below", [";;;5;16,00\n", "Strona 1 z 1;;;5;16,00\n"])
def test_a_last_row_with_the_sum_of_all_is_no_row_of_the_last_receipt(tmp_path: Path, below: str) -> None:
    rows = "29001;1;02.03.2026;1;8,00\n;2;13.03.2026;2;4,00\n;3;13.03.2026;2;4,00\n"
    _, found = drafted(tmp_path, f"Karta;Nr paragonu;Data;Ilość;Kwota\n{rows}{below}")
    assert (found["questions"], found["trial"]["total_minor"], found["trial"]["set_aside"]) == ([], 1600, 1)


@pytest.mark.parametrize("below", [";;Tort;1;10,00", ";;Tort;1;10,00\n;;Kawa;1;10,00"])
def test_goods_that_cost_as_much_as_all_above_are_goods(tmp_path: Path, below: str) -> None:
    rows = f"1;2026-03-02;Chleb;1;4,00\n2;2026-03-13;Ser;1;6,00\n{below}\n"
    _, found = drafted(tmp_path, f"Nr;Data;Towar;Ilość;Kwota\n{rows}")
    # 4.00 + 6.00, and 10.00 for each of the further goods.
    assert (found["settings"]["fill_down"], found["trial"]["total_minor"]) == ("within receipt", 1000 * (1 + below.count("10,00")))


@pytest.mark.parametrize(
    ("below", "total"), [(";03.03.2026;11:05;1;10,00", 2000), (";;;1;10,00", 2000), (";;;3;10,00", 1000), (";;;2;10,00", 1000)]
)
def test_a_row_with_a_time_or_a_quantity_of_its_own_is_no_sum(tmp_path: Path, below: str, total: int) -> None:
    """Above it are two rows with three pieces."""
    rows = f"1;02.03.2026;10:00;1;4,00\n2;03.03.2026;11:00;2;6,00\n{below}\n"
    _, found = drafted(tmp_path, f"Nr;Data;Godzina;Ilość;Kwota\n{rows}")
    assert found["trial"]["total_minor"] == total
