from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.table import Column
from loyalty_cli.render.html import render
from loyalty_cli.render.templates import options_whole
from tests.render.pages import look
from tests.render.pages import PAGE
from tests.render.pages import TABLE

if TYPE_CHECKING:
    from tests.snapshots import Snapshot


def test_the_page_looks_as_it_did(snapshot: Snapshot) -> None:
    snapshot.check(render(PAGE, look("ro")).decode(), "page-ro.html")


def test_names_are_escaped_and_steer_nothing() -> None:
    page = render(PAGE, look()).decode()
    assert "&lt;b&gt;=1" in page
    assert not re.search("[\x00-\x08\x0e-\x1f\u202e]", page)


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = render(PAGE, look()).decode()
    assert "default-src 'none'" in page
    without_names = page.replace("http://x", "")
    assert not re.search(r"<script|<link|<img|@import|url\(|https?://", without_names)


def test_the_page_names_its_language() -> None:
    assert '<html lang="ru">' in render(PAGE, look("ru")).decode()


def test_a_page_without_tables_holds_the_sentences() -> None:
    page = render(Outcome(said=[phrase("Written: {file}", file="<x>")]), look()).decode()
    assert "Written: &lt;x&gt;" in page


def test_every_printed_sheet_names_the_shop_the_report_and_its_days() -> None:
    page = render(PAGE, look()).decode()
    # Whatever is no letter, digit or space stands as its code, so that no name can end the style sheet's text.
    assert '@top-left { content: "Ola\\22 s \\7d  \\26  \\3c co\\3e "; ' in page
    assert '@top-right { content: "Members \\b7  Standing at the end of 2026\\2d 11\\2d 21\\2e "; ' in page
    assert "counter(page)" in page
    assert "<title>Ola&#34;s } &amp; &lt;co&gt; · Members · Standing at the end of 2026-11-21.</title>" in page


def test_a_table_too_wide_for_paper_stands_in_parts_and_nothing_is_left_out() -> None:
    columns = [TABLE.columns[0]] + [Column(name=f"n{number}", heading=f"Sum {number}", kind="money") for number in range(15)]
    wide = replace(TABLE, columns=columns, rows=[("001", *range(1_000_000, 1_000_015))])
    page = render(Outcome(tables=[wide]), look()).decode()
    headings = re.findall(r"<th [^>]*>([^<]*)</th>", page)
    # A column takes 9 letters and a gap of 3; of 118, 3 + 9 columns of 12 fit beside the card of 4.
    assert headings == ["Card", *(f"Sum {n}, PLN" for n in range(9)), "Card", *(f"Sum {n}, PLN" for n in range(9, 15))]


def test_on_a_narrow_screen_each_cell_carries_its_heading() -> None:
    page = render(PAGE, look()).decode()
    assert 'data-head="Spent, PLN">12,345.67</td>' in page
    assert "@media screen and (max-width: 640px)" in page


def test_no_line_ends_within_an_option() -> None:
    # 'Left out by --drop (or -q), <b>, well-known' has two options; what is typed as marks stays text.
    html = options_whole("Left out by --drop (or -q), <b>, well-known.")
    assert html == ('Left out by <span class="option">--drop</span> (or <span class="option">-q</span>), &lt;b&gt;, well-known.')
