from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.terminal import render
from tests.render.pages import look
from tests.render.pages import PAGE
from tests.render.pages import TABLE

if TYPE_CHECKING:
    from tests.snapshots import Snapshot


@pytest.mark.parametrize("language", ["en", "pl", "ru", "ro"])
def test_a_page_on_a_pipe_looks_as_it_did(language: str, snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look(language)).decode(), f"terminal-{language}.txt")


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    for language in ("en", "ru"):
        lines = render(PAGE, look(language, width=width)).decode().splitlines()
        assert max(map(width_of, lines)) <= width


def test_a_narrow_screen_folds_names_and_says_which_columns_it_leaves_out(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look(width=80)).decode(), "terminal-80.txt")


def test_a_number_is_never_cut(snapshot: Snapshot) -> None:
    for width in range(40, 140):
        page = render(PAGE, look(width=width)).decode()
        if "Spent" in page.split("Not shown")[0]:
            assert "12,345.67" in page


def test_text_from_outside_can_not_steer_the_terminal() -> None:
    page = render(PAGE, look()).decode()
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "[31mAna]8;;http://x [/red] <b>=1" in page


def test_colour_is_only_where_it_is_wanted() -> None:
    assert "\x1b[1mMembers\x1b[0m" in render(PAGE, look(colour=True)).decode()


def test_an_empty_table_is_a_sentence() -> None:
    empty = replace(TABLE, rows=(), empty=phrase("There are no tickets yet."))
    page = render(Outcome(tables=[empty]), look("pl")).decode()
    assert page.splitlines() == ["Uczestnicy", "Stan na koniec dnia 21.11.2026.", "Nie ma jeszcze losów."]


def test_sentences_come_before_tables() -> None:
    page = render(Outcome(said=[phrase("Written: {file}", file="a.csv")], tables=[TABLE]), look()).decode()
    assert page.startswith("Written: a.csv\n\nMembers\n")


def test_a_wide_name_from_the_east_keeps_the_columns_in_line() -> None:
    rows = (("1", "王小明", *TABLE.rows[0][2:]), ("2", "Ana", *TABLE.rows[0][2:]))
    lines = render(Outcome(tables=[replace(TABLE, rows=rows)]), look()).decode().splitlines()
    first, second = (line for line in lines if "12,345.67" in line)
    assert width_of(first) == width_of(second)
