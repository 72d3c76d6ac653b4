from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.outcome import Outcome
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.html import render
from tests.render.pages import look
from tests.render.pages import PAGE

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
