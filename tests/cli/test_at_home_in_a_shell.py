"""Commands work from a folder inside the shop's, ask before what can not be undone, and tell about themselves."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import run
from tests.cli.running import run_on_terminal

if TYPE_CHECKING:
    from pathlib import Path

ON_TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")


@pytest.fixture
def shop(made_demo: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_demo, tmp_path / "shop")


def test_commands_work_from_a_folder_inside_the_shops(shop: Path) -> None:
    inside = shop / "exports"
    assert run("report", "tiers", folder=inside).stdout == run("report", "tiers", folder=shop).stdout
    # What is typed is found from where it is typed; what the program names, from the program.
    assert run("import", "purchases", "rynek.csv", "--store", "Rynek", "--layout", "rynek", folder=inside).returncode == 0
    assert run("program", "check", folder=inside).stdout == run("program", "check", folder=shop).stdout
    assert run("init", "my-shop", folder=inside).returncode == 0
    assert (inside / "my-shop" / "program.yaml").is_file()


def test_a_program_that_is_named_is_not_looked_for_elsewhere(shop: Path) -> None:
    assert run("report", "tiers", "--program", "other.yaml", folder=shop / "exports").returncode != 0


def test_what_is_typed_goes_before_the_environment_that_before_the_shop_and_that_before_the_computer(shop: Path, tmp_path: Path) -> None:
    computer = {"LANG": "ro_RO.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}
    look = ("report", "tiers")
    titles = [
        run(*look, "--lang", "pl", folder=shop, LOYALTY_LANG="ru", **computer).stdout,
        run(*look, folder=shop, LOYALTY_LANG="ru", **computer).stdout,
        run(*look, folder=shop, LOYALTY_LANG="", **computer).stdout,
        run("--help", folder=tmp_path, LOYALTY_LANG="", **computer).stdout,
    ]
    assert [word in text for word, text in zip(("Poziomy", "Уровни", "Tiers", "Utilizare"), titles, strict=True)] == [True] * 4
    there = {"LOYALTY_PROGRAM": str(shop / "program.yaml")}
    assert run(*look, folder=tmp_path, **there).stdout == run(*look, folder=shop).stdout
    done = run("give", "2900041001852", "points", "5", "--reason", "thanks", folder=shop, LOYALTY_BY="Ewa")
    assert (done.returncode, "Ewa" in run("report", "by-hand", folder=shop).stdout) == (0, True)


CHANGES = [
    ["import", "conflicts", "--accept", "all"],
    ["import", "revert", "6"],
    ["coupons", "void", "X4XV8HQ6QJR5M", "--reason", "printed twice"],
    ["member", "erase", "2900041047362", "--by", "Ewa", "--reason", "a letter"],
]


@ON_TERMINAL
@pytest.mark.parametrize("words", CHANGES)
@pytest.mark.parametrize(("answer", "happens"), [("\n", False), ("n\n", False), ("y\n", True)])
def test_what_can_not_be_undone_is_asked_about_on_a_terminal(shop: Path, words: list[str], answer: str, *, happens: bool) -> None:
    before = (shop / "loyalty.db").read_bytes()
    said, code = run_on_terminal(*words, folder=shop, keys=answer)
    # What would be done is said as done; nobody may think that it was.
    first, _, rest = said.partition("So far only tried, nothing is changed yet:")
    assert "Do this? (y/N)" not in first
    assert "Do this? (y/N)" in rest
    assert code == (0 if happens else 40)
    assert ("Nothing was changed." in said) != happens
    assert ((shop / "loyalty.db").read_bytes() != before) == happens


@ON_TERMINAL
def test_the_answer_is_understood_in_the_language_of_the_shop(shop: Path) -> None:
    for language, answer in (("pl", "t"), ("ru", "д"), ("ro", "d")):
        said, code = run_on_terminal(
            "coupons", "void", "X4XV8HQ6QJR5M", "--reason", "x", "--lang", language, folder=shop, keys=f"{answer}\n"
        )
        assert code == 0, said


@ON_TERMINAL
@pytest.mark.parametrize("more", [["--yes"], ["--dry-run"]])
def test_yes_and_a_dry_run_are_not_asked_about(shop: Path, more: list[str]) -> None:
    said, code = run_on_terminal("import", "conflicts", "--accept", "all", *more, folder=shop)
    assert code == 0
    assert "Do this?" not in said


def test_who_says_yes_without_some_store_has_said_yes(shop: Path) -> None:
    done = run("month", "close", "2025-01", "--yes-without", "all", "--accept-open", folder=shop)
    assert (done.returncode, "2025-01 is closed" in done.stdout) == (0, True)


@pytest.mark.parametrize("words", [*CHANGES, ["member", "merge", "2900041047362", "2900041091396"], ["store", "merge", "Ogrody", "Rynek"]])
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_script_has_to_say_yes(shop: Path, words: list[str], form: str) -> None:
    before = run("check", folder=shop).stdout
    done = run(*words, "-O", form, folder=shop)
    assert (done.returncode, done.stdout) == (40, "")
    assert "Add --yes to do it, or --dry-run to see what it would do." in done.stderr
    assert run("check", folder=shop).stdout == before
    assert run(*words, "--yes", folder=shop).returncode == 0


def test_the_version_in_full_is_a_block_for_a_report(shop: Path) -> None:
    short = run("--version", folder=shop).stdout
    full = run("--version", "-v", folder=shop).stdout.splitlines()
    assert f"loyalty {full[0].split(maxsplit=1)[1]}\n" == short
    assert [line.split(":")[0] for line in full] == [
        "loyalty",
        "Python",
        "SQLite",
        "system",
        "libraries",
        "language",
        "output",
        "program",
        "database",
    ]
    assert "not there" not in full[-1]
