"""Exports of tills used in many countries: each sample is recognised by its header, and every figure is worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.importers.till_samples import counts
from tests.importers.till_samples import MEMBERS
from tests.importers.till_samples import RECEIPTS
from tests.importers.till_samples import sample_in
from tests.importers.till_samples import set_aside
from tests.importers.till_samples import shop_of
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path


def test_square_items_become_receipts_and_refunds_of_their_own(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "USD", "America/New_York")
    figures = sample_in(shop, "square_items")
    # 31.00 + 4.00 + 1,234.50 - 15.00 = 1,254.50; the two gift cards (lines 5 and 7) are no purchases
    assert counts(figures) == (10, 4, 6, "1254.50", 2, 2)
    assert set_aside(figures) == [3, 4]
    assert asked(shop, RECEIPTS) == [
        ("sqA1k", "2900001", 3100),  # 8.00 + 8.00 + 15.00, two of its rows are equal
        ("sqA1k R 2026-07-19 10:05:00", "2900001", -1500),
        ("sqB2y", "", 123450),
        ("sqC3z", "CUST2BBB", 400),  # the gift card for 25.00 is left out
    ]
    assert asked(shop, MEMBERS) == [("2900001", 1600), ("CUST2BBB", 400)]
    assert asked(shop, "SELECT DISTINCT name FROM store") == [("Maple Corner",)]


def test_square_times_are_of_the_zone_the_export_names(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "USD", "America/Los_Angeles")
    sample_in(shop, "square_items")
    # 12:59:30 in New York is 9:59:30 in Los Angeles: 9 x 3600 + 59 x 60 + 30
    assert asked(shop, "SELECT clock FROM receipt WHERE number = 'sqA1k'") == [(35970,)]


def test_square_transactions_count_net_sales_without_tips_and_gift_cards(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "USD", "America/New_York")
    figures = sample_in(shop, "square_transactions")
    # 1,060.00 + 27.00 - 12.00 + 27.00 + 0.00 (only a gift card was sold) = 1,102.00; the failed one (line 3) is left out
    assert counts(figures) == (7, 5, 5, "1102.00", 1, 1)
    assert set_aside(figures) == [5]
    assert asked(shop, RECEIPTS) == [
        ("TXA1", "2900001", 106000),
        ("TXB2", "CUST1AAA", 2700),
        ("TXB2 R 10/16/2026 9:00:00 AM", "CUST1AAA", -1200),
        ("TXC3", "", 2700),
        ("TXD4", "", 0),
    ]
    # 12:05:00 AM is five minutes after midnight.
    assert asked(shop, "SELECT clock FROM receipt WHERE number = 'TXB2'") == [(300,)]


def test_shopify_orders_share_their_total_and_take_refunds_back(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "shopify_orders", store="Herbaciarnia")
    # #1008 was cancelled (line 2), #1005 is not paid (line 6), #1003 is void (line 8); #1007 is in euros
    assert (figures["read"], figures["ignored"], figures["set_aside"]) == (10, 3, 1)
    assert set_aside(figures) == [3]
    # 75.00 + 53.91 + 49.00 - 20.00 + 30.00 = 187.91
    assert asked(shop, "SELECT sum(total) FROM receipt WHERE gone = 0") == [(18791,)]
    assert asked(shop, MEMBERS) == [("anna.zak@example.pl", 7500), ("jan@example.pl", 3000), ("ola@example.pl", 2900)]
    # #1001: 2 x 20.00 and 30.00 - 5.00 are 65.00, the total with shipping 75.00: 40 x 75 / 65 = 46.15, 25 x 75 / 65 = 28.85
    lines = "SELECT amount FROM line JOIN receipt ON receipt.id = line.id >> 12 WHERE number = '#1001' ORDER BY line.id"
    assert asked(shop, lines) == [(4615,), (2885,)]


def test_woocommerce_refunds_are_rows_with_the_number_of_their_order(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "woocommerce_orders", store="Sklep")
    # 24.00 + 1,234.50 + 45.90 - 20.00 = 1,284.40; line 3 waits for its payment, line 4 was cancelled
    assert counts(figures) == (7, 4, 4, "1284.40", 2, 1)
    assert set_aside(figures) == [8]
    assert asked(shop, RECEIPTS) == [
        ("103", "", 2400),
        ("104", "", 123450),
        ("107", "", 4590),
        ("107 R 2026-03-05 09:00:00", "", -2000),
    ]


def test_loyverse_receipts_count_net_sales_whatever_sign_the_gross_has(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "loyverse_receipts")
    # 90.00 - 180.00 + 100.00 - 8.00 + 360.00 = 362.00; 1-1006 was cancelled
    assert counts(figures) == (7, 5, 5, "362.00", 1, 1)
    assert set_aside(figures) == [6]
    # 360.00 - 180.00; large and small letters of an address are the same
    assert asked(shop, MEMBERS) == [("+48600100200", 10000), ("ala@example.pl", 18000)]


def test_loyverse_items_keep_equal_rows_and_leave_cancelled_receipts_out(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "loyverse_items")
    # (6.50 + 6.50 + 8.00) + 12.60 - 6.50 = 27.10
    assert counts(figures) == (9, 3, 5, "27.10", 2, 2)
    assert set_aside(figures) == [10, 11]
    assert asked(shop, RECEIPTS) == [
        ("2-1002", "ola@example.pl", 2100),
        ("2-1003", "", 1260),
        ("2-1005", "ola@example.pl", -650),
    ]
    assert asked(shop, "SELECT quantity FROM line WHERE amount = 1260") == [(350,)]


def test_sumup_refunds_repeat_the_number_and_tips_are_left_out(tmp_path: Path) -> None:
    shop = shop_of(tmp_path, "EUR", "Europe/Berlin")
    figures = sample_in(shop, "sumup_sales", store="Café")
    # 9.00 + 12.60 - 6.30 - 4.50 = 10.80; line 7 is in francs, on line 8 the clocks skip 2:30
    assert counts(figures) == (8, 4, 5, "10.80", 1, 2)
    assert set_aside(figures) == [7, 8]
    assert asked(shop, RECEIPTS) == [
        ("TAAA111", "", 900),
        ("TAAA111 R 27.03.2023, 10:00", "", -450),
        ("TBBB222", "", 1260),
        ("TBBB222 R 24.03.2023, 15:00", "", -630),
    ]


def test_prestashop_orders_are_told_by_their_status(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "prestashop_orders", store="Sklep")
    # 1,234.50 + 120.00 + 20.00; refunded, cancelled and unpaid orders (lines 3, 7, 8) do not count; line 6 is in euros
    assert counts(figures) == (7, 3, 3, "1374.50", 3, 1)
    assert set_aside(figures) == [6]
    assert asked(shop, RECEIPTS) == [("15", "", 2000), ("16", "", 12000), ("18", "", 123450)]


STATES = (
    "Cancelled by customer", "Storniert", "Annulé", "Anulowane przez klienta", "Отменён клиентом", "Возврат средств",
    "Anulată de client", "Zamówienie anulowane", "Order has been cancelled", "Заказ отменён", "Comandă anulată", "Zamówienie zwrócone",
    "Oczekiwanie na płatność kartą", "Ожидание оплаты чеком", "În așteptarea plății prin transfer bancar",
)  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_states_of_a_prestashop_in_other_words_call_off_or_wait_too(tmp_path: Path, state: str) -> None:
    shop = shop_of(tmp_path)
    (tmp_path / "orders.csv").write_text(
        "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n"
        f"1;ABC;0;Poland;J. K;10,00 zł;Card;{state};2026-02-03 10:11:12\n"
        "2;ABD;0;Poland;J. K;5,00 zł;Card;Delivered;2026-02-03 10:12:12\n",
        encoding="utf-8",
    )
    taken_in(shop, str(tmp_path / "orders.csv"), store="Sklep")
    assert asked(shop, RECEIPTS) == [("2", "", 500)]


@pytest.mark.parametrize(
    "state", ["Zwrot częściowy", "Częściowo anulowane", "Anulowane częściowo", "Частичный возврат", "Частично отменён",
              "Rambursată parțial", "Partially refunded", "Wniosek o anulowanie", "Запрос на отмену",
              "Nie anulowano", "Order not cancelled", "Comanda nu este anulată", "De anulat", "Anulowano 1 z 3 pozycji",
              "Отменено позиций: 1 из 3", "1 of 3 items cancelled",
              "Отменено товаров 1 из 3", "Anulate produse 2 din 5", "Anulowano tylko 1 z 3 pozycji", "Cancelled items 1 of 3"],
)  # fmt: skip
def test_a_prestashop_order_of_which_a_part_was_called_off_is_a_sale(tmp_path: Path, state: str) -> None:
    shop = shop_of(tmp_path)
    (tmp_path / "orders.csv").write_text(
        "ID;Reference;New client;Delivery;Customer;Total;Payment;Status;Date\n"
        f"1;ABC;0;Poland;J. K;10,00 zł;Card;{state};2026-02-03 10:11:12\n",
        encoding="utf-8",
    )
    taken_in(shop, str(tmp_path / "orders.csv"), store="Sklep")
    # What was paid back is in no column, so the order counts as it was: 10.00.
    assert asked(shop, RECEIPTS) == [("1", "", 1000)]


def test_odoo_times_are_utc_and_orders_go_on_below_their_first_row(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "odoo_pos", store="Sklep")
    # 34.50 + 11.00 + 24.00 - 7.50 = 62.00; 0004 was cancelled, the last one is not paid
    assert counts(figures) == (10, 4, 6, "62.00", 2, 2)
    assert set_aside(figures) == [9, 10]
    assert asked(shop, RECEIPTS) == [
        ("Sklep/0002", "", 1100),
        ("Sklep/0003", "0420001", 3450),
        ("Sklep/0005", "", 2400),
        ("Sklep/0006", "0420001", -750),
    ]
    # 23:15 UTC on 1 January is 0:15 on 2 January (day 2461043) in Warsaw.
    assert asked(shop, "SELECT day, clock FROM receipt WHERE number = 'Sklep/0003'") == [(2461043, 900)]


def test_lightspeed_counts_rows_of_articles_only(tmp_path: Path) -> None:
    shop = shop_of(tmp_path)
    figures = sample_in(shop, "lightspeed_x", store="Sklep")
    # 28.00 + 1,250.00 - 10.00; left out: 4 rows of sales, 3 of payments, the article of a void sale and of a layaway
    assert counts(figures) == (16, 3, 5, "1268.00", 9, 2)
    assert set_aside(figures) == [17, 18]
    assert asked(shop, RECEIPTS) == [
        ("Kasa 1|101", "ZAK-1A2B", 2800),
        ("Kasa 1|103", "ZAK-1A2B", -1000),
        ("Kasa 2|101", "", 125000),
    ]
