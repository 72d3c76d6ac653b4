from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from loyalty_cli.operations.shop.nightly import nightly
from tests.cli.running import CLEAN
from tests.cli.running import run
from tests.operations.small_shop import ANA
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold
from tests.reports.shop_by_hand import shop_by_hand

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop_by_hand(tmp_path)
    return tmp_path


def test_a_report_is_shown_and_nothing_else_is_said(folder: Path) -> None:
    done = run("report", "members", folder=folder)
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("Members\nStanding at the end of 2026-11-20.\n")
    assert "\x1b" not in done.stdout


def test_without_a_name_the_reports_are_listed(folder: Path) -> None:
    done = run("report", folder=folder)
    assert done.returncode == 0
    assert "near-tier" in done.stdout


def test_the_shops_language_is_spoken_unless_another_is_asked_for(tmp_path: Path) -> None:
    shop_by_hand(tmp_path, settings={"language": "ru"})
    assert run("report", "members", folder=tmp_path, LANG="pl_PL.UTF-8").stdout.startswith("Участники\n")
    assert run("report", "members", "--lang", "ro", folder=tmp_path).stdout.startswith("Membri\n")


def test_the_kinds_of_rules_and_what_is_missing_are_told_in_the_shops_language(tmp_path: Path) -> None:
    shop_by_hand(tmp_path, settings={"language": "ru"})
    assert "Баллы за каждую оплаченную сумму." in run("program", "kinds", folder=tmp_path).stdout
    # The argument is called as the line of usage calls it, not as the code does.
    assert run("import", "purchases", folder=tmp_path).stderr.startswith("loyalty: Не хватает: ФАЙЛЫ.")


def test_a_language_nobody_translated_is_refused_in_words(folder: Path) -> None:
    done = run("report", "members", "--lang", "de", folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "loyalty: The language 'de' is not known.\n  Use one of: en, pl, ru, ro.\n"


def test_json_is_one_document_on_standard_output(folder: Path) -> None:
    done = run("report", "activity", "-O", "json", "--month", "2026-10", folder=folder)
    document = json.loads(done.stdout)
    assert document["exit_code"] == 0
    assert [row["net"] for row in document["tables"][0]["rows"]] == ["30.00", "300.00"]


@pytest.mark.parametrize("ending", ["txt", "csv", "json", "xlsx", "html"])
def test_the_ending_of_the_file_names_the_format_and_only_the_owner_may_read_it(ending: str, folder: Path) -> None:
    done = run("report", "members", "-o", f"out.{ending}", folder=folder)
    path = folder / f"out.{ending}"
    assert (done.returncode, done.stdout) == (0, f"Written: out.{ending}\n")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if ending == "xlsx":
        assert openpyxl.load_workbook(path).active.title == "Members"
    else:
        assert "Ana Popescu" in path.read_text(encoding="utf-8")
    assert not [each for each in folder.iterdir() if each.name.endswith(".part")]


def test_an_ending_that_names_no_format_is_refused(folder: Path) -> None:
    done = run("report", "members", "-o", "out.doc", folder=folder)
    assert done.returncode == 2
    assert "table, csv, json, xlsx, html" in done.stderr
    assert "print it into a PDF" in run("report", "members", "-o", "out.pdf", folder=folder).stderr


def test_a_folder_that_is_not_there_is_a_sentence_and_not_a_traceback(folder: Path) -> None:
    done = run("report", "members", "-o", "nowhere/out.csv", folder=folder)
    assert done.returncode == 2
    assert done.stderr == "loyalty: There is no folder nowhere.\n  Make it first.\n"


@pytest.mark.skipif(os.name != "posix", reason="needs a shell with pipes")
def test_a_reader_who_has_seen_enough_is_no_error(folder: Path) -> None:
    command = f"set -o pipefail; {shlex.quote(sys.executable)} -m loyalty_cli report activity | head -1"
    environment = {**CLEAN, "PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Turnover by month and store\n", "")


def test_output_is_utf8_whatever_the_console(folder: Path) -> None:
    done = run("report", "members", folder=folder, PYTHONIOENCODING="cp1250", LC_ALL="C")
    assert "Борис" in done.stdout


def test_colour_can_be_forced_and_forbidden(folder: Path) -> None:
    assert "\x1b[1m" in run("report", "members", folder=folder, FORCE_COLOR="1").stdout
    assert "\x1b" not in run("report", "members", folder=folder, FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--month", "2026-13"), "'2026-13' is not a month."),
        (("--from", "1.11.2026"), "--from: '1.11.2026' is not a day."),
        (("--from", "2026-11-02", "--to", "2026-11-01"), "--from 2026-11-02 is after --to 2026-11-01."),
        (("--month", "2026-11", "--to", "2026-11-01"), "Say either --month or --from and --to."),
        (("--days", "3"), "The report 'activity' does not take --days."),
    ],
)
def test_days_that_are_none_are_refused(words: tuple[str, ...], message: str, folder: Path) -> None:
    done = run("report", "activity", *words, folder=folder)
    assert done.returncode == 2
    assert done.stderr.startswith(f"loyalty: {message}\n")


def test_a_command_that_was_mistyped_is_guessed(tmp_path: Path) -> None:
    done = run("reprot", folder=tmp_path)
    assert done.returncode == 2
    assert "Did you mean 'report'" in done.stderr


def test_an_overview_imports_no_command(tmp_path: Path) -> None:
    done = run("--help", folder=tmp_path)
    assert "A whole sample shop: import, recalculate, coupons, a draw, reports." in " ".join(done.stdout.split())
    assert done.returncode == 0


HEAVY = (
    "yaml",
    "pydantic",
    "sqlite_utils",
    "babel",
    "rich",
    "jinja2",
    "xlsxwriter",
    "loyalty_cli.rules",
    "loyalty_cli.program",
)


def imported_by(command: tuple[str, ...], folder: Path) -> set[str]:
    """The modules that a command imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "loyalty_cli", *command],
        cwd=folder,
        env={**CLEAN, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


@pytest.mark.parametrize(
    "command",
    [
        ("report", "members"),
        ("report", "activity", "--month", "2026-11", "-O", "json"),
        ("report", "points", "-O", "csv"),
        ("report", "prizes", "-O", "json"),
        ("report", "expiring", "-O", "json"),
        ("draw", "list", "-O", "json"),
        ("--version",),
    ],
)
def test_looking_imports_nothing_that_only_rules_and_migrations_need(command: tuple[str, ...], folder: Path) -> None:
    imported = imported_by(command, folder)
    assert not [name for name in imported if name.split(".")[0] in HEAVY or name in HEAVY]


# What only some looks need, by the look that does without it.
NOT_NEEDED = {
    ("status", "-O", "json"): ("loyalty_cli.reports.goals.goals", "holidays"),
    ("member", "card", ANA, "-O", "json"): ("loyalty_cli.importers.lists", "loyalty_cli.importers.layouts", "loyalty_cli.reports"),
    ("messages", "check", "-O", "csv"): ("loyalty_cli.reports.members",),
    ("program", "check", "-O", "json"): ("loyalty_cli.replay.replayer", "email"),
    ("check", "-O", "json"): ("loyalty_cli.countries", "loyalty_cli.operations.draws"),
    ("import", "tills", "-O", "json"): (),
    ("report", "dashboard", "-O", "json"): (
        *("loyalty_cli.books", "loyalty_cli.model.facts", "loyalty_cli.replay.memories", "loyalty_cli.reports.goals"),
        *("loyalty_cli.reports.money.figures", "loyalty_cli.rules.watch", "loyalty_cli.store.by_hand", "csv", "hashlib", "statistics"),
    ),
}


def test_a_look_does_without_what_only_others_need(tmp_path: Path) -> None:
    there = small_shop(tmp_path)
    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    nightly(there.shop)
    for command, heavy in NOT_NEEDED.items():
        imported = imported_by(command, tmp_path)
        unwanted = ("pydantic", "yaml", "rich", *heavy)
        found = [name for name in imported if any(f"{name}.".startswith(f"{each}.") for each in unwanted)]
        assert (command, found) == (command, [])


def test_texts_are_taken_as_written_and_the_rest_is_checked_as_ever(folder: Path) -> None:
    done = run("report", "members", "--limit", "many", folder=folder)
    assert (done.returncode, "--limit" in done.stderr) == (2, True)
    assert run("report", "near-tier", "--within", "101", folder=folder).returncode == 2
    assert run("explain", folder=folder).returncode == 2
    assert run("report", "activity", "--store", "Nowhere", folder=folder).returncode == 2
