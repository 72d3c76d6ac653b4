"""What a person at a terminal sees, and what a pipe gets."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli import streams
from loyalty_cli.render.safe import width_of
from tests.cli.running import clean
from tests.cli.running import run
from tests.cli.running import run_on_terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def shop(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(made_demo, tmp_path_factory.mktemp("terminal") / "shop")


@pytest.mark.parametrize("width", [80, 200])
def test_a_report_fits_the_window_and_is_coloured(shop: Path, width: int) -> None:
    said, code = run_on_terminal("report", "liability", "--month", "2026-10", folder=shop, width=width)
    assert code == 0
    assert COLOUR.search(said)
    lines = COLOUR.sub("", said).splitlines()
    assert max(map(width_of, lines)) <= width
    # At 80 columns the money stands below the points, and what is zero is left out; at 200 it stands beside them.
    assert sum(line.startswith("2026-10") for line in lines) == (2 if width == 80 else 1)


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"TERM": "dumb"}, False),
    ],
)
def test_colour_is_as_the_reader_wants_it(shop: Path, options: list[str], environment: dict[str, str], *, coloured: bool) -> None:
    said, _ = run_on_terminal("report", "tiers", *options, folder=shop, environment=environment)
    assert bool(COLOUR.search(said)) == coloured


def test_colour_can_be_asked_for_in_a_pipe_and_no_other_word_is_taken(shop: Path) -> None:
    assert COLOUR.search(run("report", "tiers", "--color", "always", folder=shop).stdout)
    assert not COLOUR.search(run("report", "tiers", folder=shop).stdout)
    assert run("report", "tiers", "--color", "blue", folder=shop).returncode == 2


def test_a_pipe_gets_every_row_and_a_terminal_the_first_screenfuls(shop: Path) -> None:
    every = run("report", "members", folder=shop).stdout
    said, _ = run_on_terminal("report", "members", folder=shop, width=120)
    cards = re.compile(r"^29\d{11}", re.MULTILINE)
    first = cards.findall(COLOUR.sub("", said))
    # Twice 24 lines, 12 of which are headings and notes.
    assert first == cards.findall(every)[:36]
    assert f"The first 36 of {len(cards.findall(every))} rows; the totals count all. To see all, add: --all" in COLOUR.sub("", said)
    whole, _ = run_on_terminal("report", "members", "--all", folder=shop, width=120)
    assert cards.findall(COLOUR.sub("", whole)) == cards.findall(every)


def test_a_long_page_goes_through_the_pager(shop: Path) -> None:
    said, _ = run_on_terminal("report", "members", "--all", folder=shop, environment={"PAGER": "head -n 1"})
    assert COLOUR.sub("", said).splitlines() == ["Members"]
    short, _ = run_on_terminal("report", "tiers", folder=shop, environment={"PAGER": "head -n 1"})
    assert "Total" in short


def test_explain_is_a_tree(shop: Path) -> None:
    said, _ = run_on_terminal("explain", "D01846", folder=shop)
    assert "├── What the rules made of it" in COLOUR.sub("", said)


def test_the_list_of_reports_folds_what_each_shows(shop: Path) -> None:
    said = COLOUR.sub("", run_on_terminal("report", folder=shop, height=60)[0])
    assert re.search(r"^coupon-batches +Coupons .*: how many were used, *\n +what they paid", said, re.MULTILINE)


def test_status_hangs_below_the_shops_name(shop: Path) -> None:
    said = COLOUR.sub("", run_on_terminal("status", folder=shop)[0])
    assert said.startswith("Nitka i Herbata: 1 version adopted.\n├── ")
    in_a_pipe = run("status", folder=shop).stdout.splitlines()
    assert [line.lstrip("├└─ ") for line in said.splitlines()[: len(in_a_pipe)]] == in_a_pipe


def test_scripts_do_not_wait_for_rich(shop: Path) -> None:
    for form in ("csv", "json", "table"):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "loyalty_cli", "report", "members", "-O", form],
            cwd=shop,
            env=clean(),
            capture_output=True,
            text=True,
            check=True,
        )
        assert " rich" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *("explain 2900041047362", "explain D01846", "quote 2900041047362 120.00", "member card 2900041047362"),
        *("report progress", "report without-reward", "status", "check"),
        *("program show", "program terms", "program diff", "messages preview", "messages check", "import conflicts"),
    ],
)
def test_who_looks_at_the_rules_waits_for_nothing_that_reads_files(shop: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "loyalty_cli", *command.split(), "-O", "json"],
        cwd=shop,
        env=clean(),
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = ("pydantic", "yaml", "sqlite_utils", "babel", "rich", "jinja2", "xlsxwriter", "loyalty_cli.program.load")
    assert [name for name in heavy if f" {name}" in done.stderr] == []


def test_quiet_says_nothing_where_all_is_well_and_shows_what_is_asked_for(shop: Path) -> None:
    assert run("recalc", "-q", "--dry-run", folder=shop).stdout == ""
    assert run("report", "tiers", "-q", folder=shop).stdout == run("report", "tiers", folder=shop).stdout
    assert run("explain", "0", "-q", folder=shop).stderr != ""


def test_verbose_names_the_files_and_the_time(shop: Path) -> None:
    done = run("report", "tiers", "-v", folder=shop)
    assert done.stdout == run("report", "tiers", folder=shop).stdout
    assert f"Program: {shop / 'program.yaml'}; database: {shop / 'loyalty.db'}\nTook " in done.stderr


def test_a_warning_is_folded_between_words_on_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "warning: nothing came from the store Market since 19 November, it should have been open on nine days"
    stream = io.StringIO()
    assert streams.folded(text, stream) == text
    monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    # "…since 19" has 59 letters with "November," it would have 69.
    assert streams.folded(text, stream).splitlines() == [
        "warning: nothing came from the store Market since 19",
        "November, it should have been open on nine days",
    ]


def test_what_to_do_about_a_mistake_is_broken_between_words_and_a_command_is_not(shop: Path, tmp_path: Path) -> None:
    """A terminal of 60 columns: the hint of a layout that still asks is longer in Romanian, and has no command to copy."""
    draft = tmp_path / "draft.yaml"
    draft.write_text("undecided: [amounts_are]\ncolumns: {receipt: A, date: B, amount: C}\n", encoding="utf-8")
    said, _ = run_on_terminal("import", "purchases", "exports/rynek.csv", "--layout", str(draft), "--lang", "ro", folder=shop, width=60)
    lines = COLOUR.sub("", said).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  ajutor:"))
    assert (max(map(width_of, lines[at : at + 2])) < 60, lines[at + 1][:2]) == (True, "  ")
    assert " ".join(line.strip() for line in lines[at : at + 2]).endswith("ștergeți rândul undecided:.")
