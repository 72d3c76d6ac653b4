"""Exports of tills used in Poland, Romania and Russia, and invoice lines: each sample's figures are worked out by hand."""

from __future__ import annotations

from pathlib import Path

from tests.importers.eastern_samples import counts
from tests.importers.eastern_samples import imported
from tests.importers.eastern_samples import LINES
from tests.importers.eastern_samples import MEMBERS
from tests.importers.eastern_samples import RECEIPTS
from tests.importers.eastern_samples import set_aside
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import taken_in


def test_frontol_documents_are_read_out_of_rows_of_many_kinds(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "frontol")
    # 39 rows; rows that sell or take back: 2 + 1 + 3 + 1 + 1 + 1 + 1 = 10 in documents that count, one is cancelled: 29 ignored
    # 13.51 + 45.90 + 60.00 - 10.00 + 5.00 = 114.41 in 2 + 1 + 3 + 1 + 1 = 8 lines; lines 35 and 39 are bad
    assert counts(figures) == (39, 5, 8, "114.41", 29, 2)
    assert set_aside(figures) == {
        35: "amount: '12,5O' is not a number of the layout's form",
        39: "card: '2900001|2900002' is not a card's number",
    }
    assert asked(shop, RECEIPTS) == [
        ("1|101", "2900001", 1351),
        ("1|102", "", 4590),  # 2 x 25.50 less 10 %
        ("1|103", "2900002", 6000),  # 40.00 + 60.00, the 40.00 taken back
        ("1|104", "2900001", -1000),
        ("2|101", "", 500),  # the other till counts its own documents
    ]
    assert asked(shop, MEMBERS) == [("2900001", 351), ("2900002", 6000)]
    assert asked(shop, LINES.format(number="1|101")) == [("31105", "", 1000, 1000), ("14623", "", 351, 351)]
    assert asked(shop, "SELECT returned FROM receipt WHERE number = '1|104'") == [(1000,)]


def test_mended_rows_of_frontol_keep_the_card_of_their_document(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "frontol")
    mended = Path(figures["set_aside_file"])
    text = mended.read_text(encoding="utf-8-sig")
    mended.write_text(text.replace("12,5O", "12,50").replace("2900001|2900002", "2900001"), encoding="utf-8")
    taken_in(shop, str(mended))
    # 3.51 + 40.00 and 60.00 + 12.50
    assert asked(shop, MEMBERS) == [("2900001", 4351), ("2900002", 7250)]


def test_iiko_orders_take_what_was_paid(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "iiko_orders")
    # 17 rows: 8 sell, 7 pay, 1 discount and 1 removal are ignored; 620.50 + 540.00 + 241.00 - 350.00 + 120.50 = 1,172.00
    assert counts(figures) == (17, 5, 7, "1172.00", 9, 1)
    assert set_aside(figures) == {17: "amount: 'двести' is not a number of the layout's form"}
    assert asked(shop, RECEIPTS) == [
        ("2026-03-02|1|1", "", 62050),  # 2 x 250.00 + 120.50
        ("2026-03-02|1|2", "", 54000),  # 250.00 + 350.00, of which 300.00 + 240.00 were paid
        ("2026-03-02|1|3", "", -35000),
        ("2026-03-02|2|1", "", 24100),
        ("2026-03-03|1|1", "", 12050),
    ]
    # 540.00 x 250 / 600 and 540.00 x 350 / 600
    assert [line[3] for line in asked(shop, LINES.format(number="2026-03-02|1|2"))] == [22500, 31500]
    assert asked(shop, "SELECT DISTINCT name FROM store") == [("Кафе Заря",)]


def test_iiko_olap_groups_are_filled_and_subtotals_left_out(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "iiko_olap")
    # 26 rows of which 16 are totals; 620.50 + 350.00 + 1,491.00 + 120.50 - 350.00 + 370.50 = 2,602.50
    assert counts(figures) == (26, 6, 9, "2602.50", 16, 1)
    assert set_aside(figures) == {23: "card: '2,90E+06' is not a card's number"}
    assert asked(shop, RECEIPTS) == [
        ("2026-03-01|101", "2900001", 62050),
        ("2026-03-01|102", "", 35000),  # the card above is not this cheque's
        ("2026-03-01|103", "2900002", 149100),
        ("2026-03-02|101", "2900002", 12050),
        ("2026-03-02|102", "2900001", -35000),
        ("2026-03-03|101", "", 37050),
    ]
    # 620.50 - 350.00 and 1,491.00 + 120.50
    assert asked(shop, MEMBERS) == [("2900001", 27050), ("2900002", 161150)]


def test_a_1c_report_is_read_between_its_titles_and_its_total(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "one_c")
    # 20,250.00 + 1,500.00 + 2,499.90 - 1,500.00 + 100.00 = 22,849.90; the row ИТОГО is ignored
    assert counts(figures) == (10, 5, 6, "22849.90", 1, 3)
    assert set_aside(figures) == {
        12: "card: '2,90E+06' is not a card's number",
        13: "amount: '10.000,00' is not a number of the layout's form",
        14: "another row of this receipt is set aside: line 13",
    }
    assert asked(shop, RECEIPTS) == [
        ("2026-03-02|1|1", "2900001", 2025000),
        ("2026-03-02|1|2", "", 150000),
        ("2026-03-02|1|3", "2900001", -150000),
        ("2026-03-02|2|1", "2900002", 249990),
        ("2026-03-03|1|1", "2900002", 10000),
    ]
    assert asked(shop, LINES.format(number="2026-03-02|2|1")) == [("A-4", 'Шланг "Ручей" 20 м', 1000, 249990)]
    # 9:05:10 in Moscow is 6:05:10 UTC: 20514 x 86400 + 21910
    assert asked(shop, "SELECT at FROM receipt WHERE number = '2026-03-02|1|1'") == [(1772431510,)]


def test_fakturownia_invoices_and_corrections(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "fakturownia")
    # 123.00 + 1,230.00 + 50.00 - 61.50 = 1,341.50; the annulled invoice (line 5) is ignored
    assert counts(figures) == (7, 4, 4, "1341.50", 1, 2)
    assert set_aside(figures) == {
        7: "card: 'ewa(at)example.pl' is not a card's number",
        8: "currency: 'EUR' is not PLN; a rate can be written in the layout: rates:",
    }
    # 123.00 - 61.50: an address is one whatever its letters
    assert asked(shop, MEMBERS) == [("anna@example.pl", 6150), ("jan@example.pl", 5000)]
    assert asked(shop, "SELECT returned FROM receipt WHERE number = 'KOR 1/03/2026'") == [(6150,)]


def test_emag_order_details(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "emag_orders")
    # 339.97 + 49.99 + 149.97 = 539.93; the orders of lines 5 and 8 were cancelled and sent back
    assert counts(figures) == (8, 3, 4, "539.93", 2, 2)
    assert set_aside(figures) == {
        7: "card: '7.22E+08' is not a card's number",
        9: "currency: 'HUF' is not RON; a rate can be written in the layout: rates:",
    }
    # 299.99 + 39.98 + 149.97: one telephone written in two ways
    assert asked(shop, MEMBERS) == [("+40722111222", 48994), ("+40733111222", 4999)]


def test_vendigo_counts_a_repeated_total_once(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "vendigo_orders")
    # 120.00 + 90.00 + 240.00 + 1,250.00 = 1,700.00; the order of line 8 was cancelled
    assert counts(figures) == (10, 4, 7, "1700.00", 1, 2)
    assert set_aside(figures) == {
        10: "total: 'o mie' is not a number of the layout's form",
        11: "another row of this receipt is set aside: line 10",
    }
    assert asked(shop, MEMBERS) == [("+40722111222", 137000), ("+40733111222", 9000)]
    # 90.00 instead of 80.00 + 35.00 + 5.00: three quarters of each
    assert [line[3] for line in asked(shop, LINES.format(number="5002"))] == [6000, 2625, 375]


def test_invoice_lines_with_cancellations_and_negative_prices(tmp_path: Path) -> None:
    shop, figures = imported(tmp_path, "uci_invoices")
    # 35.64 + 7.40 + 18.00 + 569.77 - 29.35 + 34.80 + 0.00 - 1,106.20 + 0.00 = -469.94
    assert counts(figures) == (13, 9, 12, "-469.94", 0, 1)
    assert set_aside(figures) == {10: "card: '90083.0' is not a card's number"}
    assert asked(shop, RECEIPTS) == [
        ("700001", "90017", 3564),  # 6 x 2.55 + 6 x 3.39
        ("700002", "90013", 740),  # equal rows with two times: 2 x 1.85, twice
        ("700003", "", 1800),
        ("700004", "", 56977),
        ("700007", "90083", 3480),  # 24 x 1.45
        ("700008", "", 0),
        ("700010", "90017", 0),  # a price of 0.001
        ("A700009", "", -110620),
        ("C700005", "90013", -2935),  # 1.85 + 27.50
    ]
    assert asked(shop, "SELECT name FROM article WHERE code = 'POST'") == [("POSTAGE £18",)]
    # the earlier of 8:28 and 8:29
    assert asked(shop, "SELECT clock FROM receipt WHERE number = '700002'") == [(30480,)]
