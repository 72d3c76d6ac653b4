"""`plan` at a terminal asks the little it needs; a script says it, and writes the program and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.running import run
from tests.cli.running import run_on_terminal

if TYPE_CHECKING:
    from pathlib import Path

HERE = ("--currency", "PLN", "--timezone", "Europe/Warsaw")
WORDS = ("--branch", "home", "--receipt", "50.00", "--visits", "1.5", "--members", "400", *HERE)


def test_it_asks_for_branch_receipt_visits_and_members(tmp_path: Path) -> None:
    keys = "hoem\nhome\nmuch\n50.00\n1.5\n400\n"
    said, code = run_on_terminal("plan", "--margin", "30%", "--currency", "PLN", "--lang", "en", folder=tmp_path, width=140, keys=keys)
    assert code == 0
    for words in ("Branch (café", "There is no branch hoem.", "What a member pays each time", "How many members you expect"):
        assert words in said
    assert "400 members who come 1.5 times a month and pay 50.00 PLN each time" in said
    # 1.5 % of 30,000.00, of which 80 % are used
    assert "360.00" in said


def test_a_branch_is_asked_and_answered_in_the_language_of_the_shop(tmp_path: Path) -> None:
    keys = "kawiarnia\n24.00\n4\n300\n"
    said, code = run_on_terminal("plan", "--currency", "PLN", "--lang", "pl", folder=tmp_path, width=140, keys=keys)
    assert code == 0
    assert "Branża (kawiarnia, spożywczy, odzież, uroda, książki, dom, inna) [inna]" in said
    english = run("plan", "--branch", "café", "--receipt", "24.00", "--visits", "4", "--members", "300", *HERE, "--yes", folder=tmp_path)
    russian = run("plan", "--branch", "кофейня", "--receipt", "24.00", "--visits", "4", "--members", "300", *HERE, "--yes", folder=tmp_path)
    assert english.returncode == 0
    assert russian.stdout == english.stdout
    unknown = run("plan", "--branch", "apteka", "--currency", "PLN", "--lang", "pl", "--yes", folder=tmp_path)
    assert "Znane tutaj: kawiarnia, spożywczy, odzież, uroda, książki, dom, inna." in unknown.stderr


def test_a_script_writes_the_program_and_the_page(tmp_path: Path) -> None:
    done = run("plan", *WORDS, "--yes", "--starts", "2026-12-14", "--size", "large", "--write", "-o", "plan.html", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "starts: 2026-12-14" in (tmp_path / "program.yaml").read_text(encoding="utf-8")
    assert run("program", "check", folder=tmp_path).returncode == 0
    # The first step is four weeks before.
    assert "2026-11-16" in (tmp_path / "plan.html").read_text(encoding="utf-8")
    again = run("plan", *WORDS, "--yes", "--write", folder=tmp_path)
    assert again.returncode == 40
    assert "is there already" in again.stderr


def test_a_script_that_says_too_little_is_told_what_is_missing(tmp_path: Path) -> None:
    done = run("plan", "--branch", "home", "--yes", folder=tmp_path)
    assert done.returncode == 40
    assert "--receipt 45.00" in done.stderr
    slip = run("plan", *WORDS[:2], "--receipt", "a lot", "--yes", folder=tmp_path)
    assert slip.returncode == 2
    assert "a lot" in slip.stderr
