"""Guessing marks, dates, numbers and where a table begins, from the cells alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.reading.csv.beginnings import no_table
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import month_named
from loyalty_cli.reading.likely.dates import halves_swapped
from loyalty_cli.reading.likely.dates import likely_dates
from loyalty_cli.reading.likely.dates import likely_times
from loyalty_cli.reading.likely.marks import likely_marks
from loyalty_cli.reading.likely.numbers import likely_numbers
from loyalty_cli.reading.likely.tables import is_many_tables
from loyalty_cli.reading.likely.tables import likely_table

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = ("zł", "$", "€", "PLN")


@pytest.mark.parametrize(
    ("texts", "forms"),
    [
        (["03/04/2025"], ("DD/MM/YYYY", "MM/DD/YYYY")),
        (["13/04/2025", "03/04/2025"], ("DD/MM/YYYY",)),
        (["7/28/26 1:33 PM", "12/1/26 11:03 AM"], ("M/D/YY h:mm A",)),
        (["2025-10-07 09:50:26 +0200"], ("YYYY-MM-DD HH:mm:ss Z",)),
        (["24.03.2023, 12:32"], ("DD.MM.YYYY, HH:mm",)),
        (["20250314"], ("YYYYMMDD",)),
        (["20250314 10:00:00"], ("YYYYMMDD HH:mm:ss",)),
        (["2025-01-01T10:00:00Z"], ("YYYY-MM-DDTHH:mm:ssZ",)),
        (["31.12.25"], ("DD.MM.YY",)),
        (["31.02.2025"], ()),
        (["12 Jan 2025", "3 Feb 2025"], ("D MMM YYYY",)),
        (["05-Mar-26", "31-Dec-26"], ("D-MMM-YY",)),
        (["Mar 5, 2026 9:05 AM", "October 15, 2026 10:05 PM"], ("MMM D, YYYY h:mm A",)),
        # March alone, which a Romanian Tuesday begins like.
        (["Mar 5, 2026", "Mar 13, 2026"], ("MMM D, YYYY",)),
        (["5 paź 2026, 10:05", "17 stycznia 2026, 10:05"], ("D MMM YYYY, HH:mm",)),
        (["5 окт. 2026"], ("D MMM YYYY",)),
        (["5.mar.26"], ("D.MMM.YY",)),
        (["2 марта 2026 г. 10:05", "15 мая 2026 г. 9:30"], ("D MMM YYYY г. H:mm",)),
        (["2 marca 2026 r."], ("D MMM YYYY r.",)),
        (["2 marca 2026 roku"], ("D MMM YYYY roku",)),
        (["2 марта 2026 года, 9:05"], ("D MMM YYYY года, H:mm",)),
        (["13.03.2026 r. 10.05"], ("DD.MM.YYYY r. HH.mm",)),
        (["13/03/2026 9.05.30"], ("DD/MM/YYYY H.mm.ss",)),
        (["2026-10-21T22:38:00.123Z", "2026-10-22T08:38:01.5Z"], ("YYYY-MM-DDTHH:mm:ss.SSSZ",)),
        (["2026-07-16 08:22:00.000"], ("YYYY-MM-DD HH:mm:ss.SSS",)),
        (["13 kwietnia 2026, godz. 04:50"], ("D MMM YYYY, godz. HH:mm",)),
        (["18.03.2026 в 17:53"], ("DD.MM.YYYY в HH:mm",)),
        (["28.08.2026, ora 16:36"], ("DD.MM.YYYY, ora HH:mm",)),
        (["7 февр. 2026", "8 сент. 2026", "9 нояб. 2026"], ("D MMM YYYY",)),
        (["12 Tea 2025"], ()),
    ],
)
def test_every_form_that_fits_all_dates_is_found(texts: list[str], forms: tuple[str, ...]) -> None:
    assert likely_dates(texts).forms == forms


def test_dates_of_two_forms_are_told_with_their_counts() -> None:
    found = likely_dates(["2025-03-31", "2025-04-01", "13/04/2025"])
    assert found.forms == ()
    assert found.some[0] == ("YYYY-MM-DD", 2)


def test_a_nought_left_out_beside_the_mark_and_a_plus_are_numbers() -> None:
    found = likely_numbers([".50", "5.", "+12.00", "-.5"], SIGNS)
    assert (found.forms[0].decimal, found.misfits) == (".", ())


def test_times_with_and_without_seconds_and_halves_of_the_day() -> None:
    assert likely_times(["12:59:30"]) == ("HH:mm:ss",)
    assert likely_times(["2:30:00 PM"]) == ("h:mm:ss A",)
    assert likely_times(["7:05", "11:00"]) == ("H:mm",)
    assert likely_times(["12:00", "25:00"]) == ()
    # Beside no word for a time these are numbers.
    assert likely_times(["9.05", "11.00"]) == ()
    assert likely_times(["9.05", "11.00"], named=True) == ("H.mm",)


def test_days_and_months_that_a_spreadsheet_turned_round_stand_out() -> None:
    # 15 to 20 April can not be turned; 2 and 3 April came out as 4 February and 4 March.
    texts = ["04/02/2025", "04/03/2025", "15/04/2025", "16/04/2025", "20/04/2025"]
    assert halves_swapped("DD/MM/YYYY", texts) == ["04/02/2025", "04/03/2025"]
    assert halves_swapped("DD/MM/YYYY", ["02/04/2025", "03/04/2025", *texts[2:]]) == []


@pytest.mark.parametrize(
    ("texts", "forms"),
    [
        (["1,234.50", "-$7.00", "($5.00)"], [(".", ",")]),
        (["12,50 zł", "1\u00a0234,50 zł"], [(",", "space")]),
        (["1.234,50"], [(",", ".")]),
        (["20 000,00"], [(",", "space")]),
        (["1’234.50"], [(".", "'")]),
        (["1,234"], [(",", "none"), (".", ",")]),
        (["1,234", "12,50"], [(",", "none")]),
        (["7", "12"], [(".", "none")]),
    ],
)
def test_the_marks_that_fit_every_number(texts: list[str], forms: list[tuple[str, str]]) -> None:
    assert [(form.decimal, form.thousands) for form in likely_numbers(texts, SIGNS).forms] == forms


def test_a_number_of_other_marks_is_named() -> None:
    assert likely_numbers(["12,50", "13,20", "12.50"], SIGNS).misfits == ("12.50",)


@pytest.mark.parametrize(
    ("text", "delimiter", "quote"),
    [
        ("a;b;c\n1;2,5;3\n2;3,5;4\n", ";", '"'),
        ('a,b,c\n1,"2,5",3\n2,"3;5",4\n', ",", '"'),
        ("a\tb\tc\n1\tx, y\t2\n", "\t", '"'),
        ("a|b\n1|2\n", "|", '"'),
        ("'a';'b';'c'\n'1';'x;y';'2'\n'1';'x';'2'\n", ";", "'"),
        ('a;b;c\n1;knife 8";2\n', ";", ""),
    ],
)
def test_the_mark_that_cuts_most_evenly(tmp_path: Path, text: str, delimiter: str, quote: str) -> None:
    path = tmp_path / "till.csv"
    path.write_text(text, encoding="utf-8")
    found = likely_marks(path, "utf-8")
    assert (found.delimiter, found.quote) == (delimiter, quote)


def rows(text: str) -> Rows:
    cells = [line.split(";") for line in text.splitlines() if line]
    return Rows(cells, range(1, len(cells) + 1))


def test_the_header_is_found_below_titles_and_again_in_the_middle() -> None:
    text = "Report;;\nMarch;2026;\nreceipt;item;amount\n1;A;2\n2;B;3\nreceipt;item;amount\n3;C;4\n"
    table = likely_table(rows(text), lambda name: name in {"receipt", "amount"}, lambda _: False)
    assert (table.header, table.header_line) == (("receipt", "item", "amount"), 3)
    assert table.above == ("Report", "March 2026")
    assert table.again == (6,)
    assert [row[0] for row in table.rows] == ["1", "2", "3"]


def test_a_first_row_of_numbers_is_no_header() -> None:
    assert likely_table(rows("1;2026-01-01;2,50\n2;2026-01-01;3,00\n"), lambda _: False, lambda _: False).header == ()


def test_a_table_for_each_order_is_no_table() -> None:
    text = "".join(f"Order;{number}\nItem;Qty;Price\nA;1;2\nB;1;2\n" for number in range(4))
    assert is_many_tables(rows(text).cells)
    assert not is_many_tables(rows("receipt;item\n1;A\n2;B\nreceipt;item\n3;C\n").cells)


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04....docProps", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1", "xls"),
        (b"\xef\xbb\xbf<html><table>", "html"),
        (b'<?xml version="1.0"?><orders>', "xml"),
        (b'[{"id": 1}]', "json"),
        (b'[INFO]\r\n"1.05",3', "epp"),
        (b"receipt,date\n", None),
        (b"[receipt],[date]\n", None),
    ],
)
def test_what_is_no_table_is_known_by_its_first_bytes(start: bytes, name: str | None) -> None:
    assert no_table(start) == name


def test_parts_of_a_second_are_read_over() -> None:
    # 22 x 3600 + 38 x 60 + 9, and one more with half a second.
    form = date_form("YYYY-MM-DDTHH:mm:ss.SSSZ")
    assert [form.seconds(f"2026-10-21T22:38:{end}Z") for end in ("09.123", "10.5")] == [81_489, 81_490]


def test_a_month_may_be_shortened_anyhow_as_long_as_it_is_one() -> None:
    assert [month_named(name) for name in ("февр.", "sierp.", "paźdz", "febr.", "ju", "ma", "Tea", "pon.")] == [2, 8, 10, 2, 0, 0, 0, 0]
