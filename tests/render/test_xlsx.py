from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.render.xlsx import render
from tests.render.pages import look
from tests.render.pages import MADE_AT
from tests.render.pages import PAGE
from tests.render.pages import SHOP
from tests.render.pages import TABLE

# The headings stand in the fourth row.
HEADINGS, FIRST = 4, 5


def book_of(outcome: Outcome, language: str = "en") -> Any:
    return openpyxl.load_workbook(io.BytesIO(render(outcome, look(language))))


def test_every_text_is_text_and_every_number_a_number() -> None:
    sheet = book_of(PAGE).active
    assert [cell.data_type for cell in sheet[FIRST]] == ["s", "s", "s", "n", "n", "n", "n", "d", "d", "d"]
    assert sheet.cell(FIRST, 1).value == "0012345"
    assert sheet.cell(FIRST + 1, 1).value == "=1+1"
    assert not [cell for row in sheet for cell in row if cell.data_type == "f"]


def test_money_percents_and_days_are_what_a_spreadsheet_computes_with() -> None:
    sheet = book_of(PAGE).active
    _, _, _, spent, points, _, share, last_visit, at, month = sheet[FIRST]
    assert (spent.value, spent.number_format) == (12345.67, "#,##0.00")
    assert (points.value, points.number_format) == (12345, "#,##0")
    assert (share.value, share.number_format) == (0.125, "0.0%")
    assert (last_visit.value, last_visit.number_format) == (datetime(2026, 11, 21), "yyyy-mm-dd")
    # 01:15 in UTC is 02:15 in Warsaw in November.
    assert at.value == datetime(2026, 11, 21, 2, 15)
    assert month.value == datetime(2026, 11, 1)


def test_headings_stay_in_sight_and_totals_stand_below() -> None:
    sheet = book_of(PAGE, "pl").active
    assert sheet.title == "Uczestnicy"
    assert sheet.freeze_panes == "A5"
    assert [cell.value for cell in sheet[HEADINGS]][3:5] == ["Wydano, PLN", "Punkty"]
    below = FIRST + len(TABLE.rows)
    # 12,345.67 - 5.00 + 0.00 = 12,340.67
    assert (sheet.cell(below, 1).value, sheet.cell(below, 4).value) == ("Razem", 12340.67)


def test_escape_signs_do_not_reach_the_sheet() -> None:
    assert book_of(PAGE).active.cell(FIRST + 1, 2).value == "[31mAna]8;;http://x [/red] <b>=1"


def test_the_same_page_made_at_the_same_moment_is_the_same_file() -> None:
    assert render(PAGE, look()) == render(PAGE, look())
    assert book_of(PAGE).properties.created == MADE_AT.replace(tzinfo=None)


def test_each_table_has_a_sheet_with_a_name_of_its_own() -> None:
    odd = replace(TABLE, title=phrase("A/B: [odd] * 'title' that is much longer than Excel allows"))
    names = book_of(Outcome(tables=[TABLE, TABLE, TABLE, odd])).sheetnames
    assert names[:3] == ["Members", "Members 2", "Members 3"]
    assert len(set(names)) == 4
    # "AB odd title that is much longer" would be 32 signs: a name is cut between words.
    assert names[3] == "AB odd title that is much"
    assert all(len(name) <= 31 for name in names)


def test_an_empty_table_says_so() -> None:
    sheet = book_of(Outcome(tables=[replace(TABLE, rows=(), empty=phrase("There are no tickets yet."))])).active
    assert sheet.cell(FIRST, 1).value == "There are no tickets yet."


def test_the_file_and_every_printed_page_say_whose_it_is_and_of_which_days() -> None:
    book = book_of(PAGE)
    assert (book.properties.title, book.properties.subject) == ("Members", "Standing at the end of 2026-11-21.")
    assert book.properties.creator == SHOP
    sheet = book.active
    assert sheet.oddHeader.left.text == SHOP.replace("&", "&&")
    assert sheet.oddHeader.right.text == "Members"
    assert sheet.oddFooter.left.text == "Standing at the end of 2026-11-21."
    assert sheet.print_title_rows == "$4:$4"


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    sheet = book_of(PAGE).active
    # 12,345.67 has nine signs and room beside them: 9 + 3. The heading "Spent, PLN" goes on in a second line: 6 + 5.
    assert round(sheet.column_dimensions["D"].width) in {12, 13}
    assert sheet.column_dimensions["B"].width > len("Łucja Brzęczyszczykiewicz")


def test_a_table_too_wide_for_a_page_goes_on_beside_with_what_names_its_rows() -> None:
    columns = [TABLE.columns[0]] + [Column(name=f"n{number}", heading=f"Sum {number}", kind="money") for number in range(15)]
    sheet = book_of(Outcome(tables=[replace(TABLE, columns=columns, rows=[("001", *range(15))])])).active
    assert (sheet.page_setup.fitToWidth, sheet.print_title_cols) == (2, "$A:$A")
    # No sentence begins in the column that both pages print.
    assert (sheet.cell(1, 1).value, sheet.cell(1, 2).value) == (None, "Members")
    assert book_of(PAGE).active.print_title_cols is None


def test_points_and_their_worth_stand_on_sheets_of_their_own_where_there_are_many() -> None:
    names = ("Opening", "Earned", "Used", "Lapsed", "Closing")
    points = [Column(name=name.lower(), heading=name, kind="points") for name in names]
    worths = [Column(name=f"{name.lower()}_worth", heading=name, kind="money") for name in reversed(names)]
    columns = [Column(name="month", heading="Month", kind="month"), *points, *worths]
    row = ("2026-10", 1, 2, 3, 4, 5, 500, 400, 300, 200, 100)
    book = book_of(Outcome(tables=[replace(TABLE, columns=columns, rows=[row])]))
    assert book.sheetnames == ["Members", "Members, in money"]
    assert [cell.value for cell in book.worksheets[0][4]] == ["Month", *names]
    assert [cell.value for cell in book.worksheets[1][4]] == ["Month", *(f"{name}, PLN" for name in names)]
    assert [cell.value for cell in book.worksheets[1][5]][1:] == [1, 2, 3, 4, 5]


def test_a_title_that_is_too_long_for_a_sheet_has_a_short_one() -> None:
    long = phrase("Coupons that were used in more than one store")
    assert book_of(Outcome(tables=[replace(TABLE, title=long, short=phrase("Used again"))])).sheetnames == ["Used again"]
    assert book_of(Outcome(tables=[replace(TABLE, short=phrase("Used again"))])).sheetnames == ["Members"]


def test_a_text_that_goes_on_in_a_second_line_has_the_room_for_it() -> None:
    # 70 letters in a column of at most 60 stand in two lines; the height of one line is the spreadsheet's own.
    table = replace(TABLE, columns=(Column(name="name", heading="Name"),), rows=[("Long name " * 7,), ("Short",)])
    rows = book_of(replace(PAGE, tables=[table])).active.row_dimensions
    assert (rows[FIRST].height >= 2 * 11, rows[FIRST + 1].height) == (True, None)
