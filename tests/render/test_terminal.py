from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.model.shown.table import Kind
from loyalty_cli.model.shown.table import Table
from loyalty_cli.render.plain import render
from loyalty_cli.render.safe import width_of
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


def test_a_narrow_screen_folds_names_and_shows_wide_tables_in_bands(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look(width=80)).decode(), "terminal-80.txt")


def test_a_wide_screen_shows_everything_in_one_row(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look(width=200)).decode(), "terminal-200.txt")


def test_at_every_width_every_number_code_and_day_stands_whole() -> None:
    whole = ["0012345", "12,345.67", "-5.00", "12.5", "2026-11-21", "2026-11-21 02:15", "2026-09", "12,340.67"]
    for width in range(40, 140):
        page = render(PAGE, look(width=width)).decode()
        assert [text for text in whole if text not in page] == [], width


@pytest.mark.parametrize("width", range(40, 90))
def test_no_line_ends_within_an_amount(width: int) -> None:
    steps = ", ".join(f"{thousands}\u00a0000,00\u00a0zł" for thousands in (2, 40, 700))
    table = Table(
        name="offers",
        title=phrase("Discounts"),
        currency=TABLE.currency,
        columns=[Column(name="discount", heading="Discount", kind="text"), Column(name="what", heading="What", kind="text")],
        rows=[("growing", f"The more is bought, the more comes off: {steps}.")],
    )
    for outcome in (Outcome(tables=[table]), Outcome(said=[phrase("From {steps}.", steps=f"{steps}, {steps}")])):
        page = render(outcome, look("pl", width=width)).decode()
        assert [amount for amount in steps.split(", ") if amount not in page] == []


def test_the_points_of_a_wide_table_come_before_what_they_are_worth() -> None:
    def column(name: str, kind: Kind) -> Column:
        return Column(name=name, heading=name.removesuffix("_worth").title(), kind=kind)

    names = ("closing", "closing_worth", "earned", "earned_worth", "lapsed", "lapsed_worth")
    columns = [column("month", "month"), *(column(name, "money" if "worth" in name else "points") for name in names)]
    table = replace(TABLE, columns=columns, rows=[("2026-11", 1000, 4000, 200, 800, 30, 120)], notes=())
    headings = [line for line in render(Outcome(tables=[table]), look(width=42)).decode().splitlines() if "Month" in line]
    # 7 + 7 + 6 + 6 and three gaps of 2 are 32 of 42 columns; the worths under folded headings 7 + 8 + 7 + 7 + 6 = 35.
    assert [line.split() for line in headings] == [
        ["Month", "Closing", "Earned", "Lapsed"],
        ["Month", "PLN", "PLN", "PLN"],
    ]


def test_a_column_without_a_value_takes_no_room_from_the_others() -> None:
    empty = replace(TABLE, rows=[(*row[:-1], None) for row in TABLE.rows])
    assert "Month" not in render(Outcome(tables=[empty]), look(width=80)).decode()
    assert "Month" in render(Outcome(tables=[empty]), look(width=200)).decode()


def test_a_long_table_shows_its_first_rows_and_says_how_many_there_are() -> None:
    rows = [(f"{number:07}", *TABLE.rows[0][1:]) for number in range(60)]
    page = render(Outcome(tables=[replace(TABLE, rows=rows, notes=())]), look(width=200, rows=20)).decode()
    assert "0000019" in page
    assert "0000020" not in page
    # 60 rows of 12,345.67 each: the total is that of all of them.
    assert "740,740.20" in page
    assert "The first 20 of 60 rows; the totals count all. To see all, add: --all" in page


def test_what_explains_itself_is_a_tree(snapshot: Snapshot) -> None:
    facts = Table(
        name="standing",
        title=phrase("Card {card}", card="0012345"),
        columns=(Column(name="what", heading="What", kind="word"), Column(name="value", heading="Value")),
        rows=[("Tier", "friend"), ("Points", "12")],
        currency="PLN",
    )
    entries = replace(TABLE, title=phrase("Entries"), gathered_by="name", notes=())
    outcome = Outcome(tables=[facts, entries, replace(TABLE, basis=None)], tree=True)
    snapshot.check(render(outcome, look(width=100)).decode(), "tree.txt")
    # A pipe has the same tables one after the other.
    assert render(outcome, look()) == render(replace(outcome, tree=False), look())


def test_text_from_outside_can_not_steer_the_terminal() -> None:
    for width in (None, 200):
        page = render(PAGE, look(width=width)).decode()
        assert "\x1b" not in page
        assert "\u202e" not in page
        assert "[31mAna]8;;http://x [/red] <b>=1" in page


def test_colour_is_only_where_it_is_wanted() -> None:
    assert "\x1b[1mMembers\x1b[0m" in render(PAGE, look(width=80, colour=True)).decode()
    assert "\x1b[1mMembers\x1b[0m" in render(PAGE, look(colour=True)).decode()
    assert "\x1b" not in render(PAGE, look(width=80)).decode()


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
