from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

import openpyxl

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.xlsx import render
from tests.render.pages import look
from tests.render.pages import MADE_AT
from tests.render.pages import PAGE
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
    assert all(len(name) <= 31 for name in names)


def test_an_empty_table_says_so() -> None:
    sheet = book_of(
        Outcome(tables=[replace(TABLE, rows=(), empty=phrase("There are no tickets yet."))])
    ).active
    assert sheet.cell(FIRST, 1).value == "There are no tickets yet."
