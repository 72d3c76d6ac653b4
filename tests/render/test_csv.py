from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.render.csv_text import harmless
from loyalty_cli.render.csv_text import render
from tests.render.pages import look
from tests.render.pages import PAGE
from tests.render.pages import TABLE

if TYPE_CHECKING:
    from tests.snapshots import Snapshot


def test_csv_for_scripts_is_the_same_in_every_language(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look()).decode(), "page.csv")
    assert render(PAGE, look("ru")) == render(PAGE, look("en"))


def test_csv_for_a_spreadsheet_has_the_readers_own_marks(snapshot: Snapshot) -> None:
    text = render(PAGE, look("pl", for_spreadsheet=True)).decode()
    assert text.startswith("\ufeffKarta;")
    assert text.endswith("\r\n")
    assert "12345,67" in text
    snapshot.check(text, "page-pl.csv")


def test_a_text_that_a_spreadsheet_would_execute_gets_an_apostrophe() -> None:
    for start in ("=", "+", "-", "@", "\t", "\r"):
        assert harmless(f"{start}1").startswith("'")
    assert harmless("+48 601 234 567") == "'+48 601 234 567"
    assert harmless("a=1") == "a=1"


def test_only_a_spreadsheet_gets_apostrophes() -> None:
    table = replace(TABLE, columns=TABLE.columns[:2], rows=[("+48600100200", "=1+1")])
    assert render(Outcome(tables=[table]), look()).decode().splitlines()[1] == "+48600100200,=1+1"
    assert render(Outcome(tables=[table]), look(for_spreadsheet=True)).decode().splitlines()[1] == "'+48600100200;'=1+1"


def test_a_negative_amount_stays_a_number() -> None:
    rows = list(csv.DictReader(io.StringIO(render(PAGE, look()).decode())))
    assert [row["spent"] for row in rows] == ["12345.67", "-5.00", "0.00"]


def test_csv_comes_back_cell_by_cell() -> None:
    rows = list(csv.reader(io.StringIO(render(PAGE, look()).decode()), strict=True))
    assert rows[0] == [column.name for column in TABLE.columns]
    assert len(rows) == 1 + len(TABLE.rows)
    assert rows[1] == [
        *("0012345", "Łucja Brzęczyszczykiewicz", "up", "12345.67", "12345", "3", "12.5"),
        *("2026-11-21", "2026-11-21T01:15:00+00:00", "2026-11"),
    ]


def test_two_tables_have_an_empty_line_between_them() -> None:
    assert "\n\ncard,name" in render(Outcome(tables=[TABLE, TABLE]), look()).decode()
