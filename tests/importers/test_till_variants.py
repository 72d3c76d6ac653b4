"""What exports of one till differ in: older columns, other marks, other forms of dates, what is written into old orders later."""

from __future__ import annotations

import csv
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.importers.all_importers import till_named
from loyalty_cli.model.errors import ExportRefused
from tests.importers.till_samples import counts
from tests.importers.till_samples import MEMBERS
from tests.importers.till_samples import NAMES
from tests.importers.till_samples import RECEIPTS
from tests.importers.till_samples import sample_in
from tests.importers.till_samples import SAMPLES
from tests.importers.till_samples import shop_of
from tests.importers.till_samples import STORES
from tests.importers.till_samples import ZONES
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ORDERS = (
    "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
    "Cancelled at,Refunded Amount,Lineitem discount,Phone"
)


def order(status: str = "paid", *, refunded: str = "0.00", cancelled: str = "", email: str = "a@example.pl") -> str:
    sold = "1,Herbata,50.00,HER"
    return f"#1,{email},{status},PLN,50.00,2026-01-02 10:00:00 +0100,{sold},{cancelled},{refunded},0.00,'+48 600 100 200"


def test_what_shopify_writes_into_an_old_order_is_a_new_fact(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    cancelled = order("refunded", refunded="50.00", cancelled="2026-01-05 10:00:00 +0100")
    # paid 50.00, then 20.00 of it paid back, then all of it, then cancelled, which changes nothing more
    states = [
        (order(), 5000),
        (order("partially_refunded", refunded="20.00"), 3000),
        (order("refunded", refunded="50.00"), 0),
    ]
    for number, (row, left) in enumerate([*states, (cancelled, 0)]):
        figures = taken_in(shop, export(shop, f"{number}.csv", row, header=ORDERS))
        assert (figures["conflicts"], figures["set_aside"]) == (0, 0)
        assert asked(shop, "SELECT sum(total) FROM receipt WHERE gone = 0") == [(left,)]


def test_a_shopify_order_counts_once_it_is_paid_and_is_known_by_phone_without_an_address(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    assert taken_in(shop, export(shop, "1.csv", order("pending", email=""), header=ORDERS))["ignored"] == 1
    assert taken_in(shop, export(shop, "2.csv", order(email=""), header=ORDERS))["imported"] == 1
    assert asked(shop, MEMBERS) == [("+48600100200", 5000)]


def test_dates_that_may_be_of_two_forms_are_asked_for(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    header = "Date,Receipt number,Receipt type,Net sales,Total collected,Store,Status"
    row = "05/06/2026 23:50,2-1,Sale,5.00,5.00,Sklep,Closed"
    with pytest.raises(ExportRefused, match="does not tell which form its dates have"):
        taken_in(shop, export(shop, "a.csv", row, header=header))
    assert taken_in(shop, export(shop, "b.csv", row.replace("05/", "13/"), header=header))["imported"] == 1


def test_the_older_sumup_report_is_in_english_and_has_a_column_for_the_time(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "CHF", "Europe/Zurich")
    header = (
        "Account,Date,Time,Type,Transaction ID,Receipt Number,Payment Method,Quantity,Description,Currency,"
        "Price (Gross),Price (Net),Tax,Tax rate,Transaction refunded"
    )
    sale = "a@example.org,15.03.23,11:53,Sales,TD4,S1,Cash,2,Kaffee ,CHF,7.00,7.00,0.00,0%,"
    refund = "a@example.org,15.03.23,12:10,Refund,TD4,S2,Cash,1,Kaffee ,CHF,-3.50,-3.50,0.00,0%,"
    # 7.00 - 3.50
    assert counts(taken_in(shop, export(shop, "a.csv", sale, refund, header=header))) == (2, 2, 2, "3.50", 0, 0)
    # 11:53 is 11 x 3600 + 53 x 60
    assert asked(shop, "SELECT clock FROM receipt WHERE number = 'TD4'") == [(42780,)]


def test_older_woocommerce_says_n_revenue_and_writes_fractions_of_a_grosz(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    header = 'Date,"Order #","N. Revenue (formatted)",Status,Customer,"Customer type","Product(s)","Items sold","Coupon(s)","N. Revenue"'
    rows = (
        '"2025-05-06 10:00:00",12,"10,00 zł",completed,"Ann B",new,"1× Tea",1,,8.130081',
        '"2025-05-06 11:00:00",13,"40,00 zł",processing,"Ann B",new,"1× Cup",1,,32.519999999999996',
    )
    # 8.13 + 32.52
    assert taken_in(shop, export(shop, "a.csv", *rows, header=header))["total"] == "40.65"


def test_odoo_orders_without_lines_count_their_total(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    header = '"Order Ref","Session","Date","Receipt Number","Customer","Employee","Total","Status"'
    sale = '"Sklep/0001","POS/1","2026-01-01 10:00:00","Order 1","Ann","Bob","12.5","Posted"'
    back = '"Sklep/0002 REFUND","POS/1","2026-01-01 11:00:00","Order 1","Ann","Bob","-2.5","Posted"'
    assert counts(taken_in(shop, export(shop, "a.csv", sale, back, header=header))) == (2, 2, 2, "10.00", 0, 0)
    assert asked(shop, "SELECT returned FROM receipt ORDER BY number") == [(0,), (250,)]


def rows_of(name: str) -> list[list[str]]:
    with (SAMPLES / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";" if name == "prestashop_orders" else ","))


@pytest.mark.parametrize("name", NAMES)
def test_only_one_till_claims_the_header(name: str) -> None:
    header = rows_of(name)[0]
    assert [till.name for till in all_tills() if till.claims(header)] == [name.replace("_", "-")]


def reordered(rows: list[list[str]]) -> list[list[str]]:
    return [row[::-1] for row in rows]


def shouted(rows: list[list[str]]) -> list[list[str]]:
    return [[f" {cell.upper()} " for cell in rows[0]], *rows[1:]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", [list, reordered, shouted])
@pytest.mark.parametrize(("encoding", "quoting", "end"), [("utf-8-sig", csv.QUOTE_ALL, "\r\n"), ("utf-8", csv.QUOTE_MINIMAL, "\n")])
def test_a_mark_at_the_start_quotes_and_the_order_of_columns_change_nothing(
    tmp_path: Path,
    name: str,
    change: Callable[[list[list[str]]], list[list[str]]],
    encoding: str,
    quoting: Any,
    end: str,
) -> None:
    currency, zone = ZONES.get(name, ("PLN", "Europe/Warsaw"))
    plain, other = shop_of(tmp_path / "plain", currency, zone), shop_of(tmp_path / "other", currency, zone)
    path = other.folder / "export.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        delimiter = ";" if name == "prestashop_orders" else ","
        csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(change(rows_of(name)))
    expected = sample_in(plain, name, store=STORES.get(name, ""))
    assert counts(taken_in(other, str(path), store=STORES.get(name, ""))) == counts(expected)
    assert asked(other, RECEIPTS) == asked(plain, RECEIPTS)


def test_every_till_has_a_name_and_an_evidence() -> None:
    for name in NAMES:
        till = till_named(name.replace("_", "-"))
        assert till is not None
        assert till.evidence in {"A", "B"}


def test_a_spreadsheets_unicode_text_has_tabs_whatever_the_till_writes(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    path = tmp_path / "loyverse.txt"
    header = "Date\tReceipt number\tReceipt type\tNet sales\tTotal collected\tStore\tStatus\n"
    path.write_text(f"{header}2026-01-02 10:00:00\t1\tSale\t5.00\t5.00\tŻabno\tClosed\n", encoding="utf-16")
    assert taken_in(shop, str(path))["total"] == "5.00"
    assert asked(shop, "SELECT name FROM store WHERE id IN (SELECT store_id FROM receipt)") == [("Żabno",)]


def test_the_question_which_form_dates_have_names_the_layout_to_write(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    header = "Date,Receipt number,Receipt type,Net sales,Total collected,Store,Status"
    with pytest.raises(ExportRefused) as caught:
        taken_in(shop, export(shop, "a.csv", "05/06/2026 23:50,2-1,Sale,5.00,5.00,Sklep,Closed", header=header))
    assert '"like: loyverse-receipts"' in str(caught.value.hint)
