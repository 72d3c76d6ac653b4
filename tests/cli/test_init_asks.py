"""`init` at a terminal: it asks in the language that is chosen first, offers what this computer knows, and asks again."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli.computers_language import names_of_language
from tests.cli.running import run
from tests.cli.running import run_on_terminal

if TYPE_CHECKING:
    from pathlib import Path


def test_it_asks_for_language_name_currency_time_zone_and_template(tmp_path: Path) -> None:
    keys = "xx\npolski\nU Ani\n\nWarszawa\nEurope/Warsaw\nspend-and-get\n"
    said, code = run_on_terminal("init", "my-shop", folder=tmp_path, width=140, keys=keys)
    assert code == 0
    for words in ("Język (en, pl, ru, ro)", "Nazwa programu", "Waluta [PLN]", "Strefa czasowa", "Europe/Warsaw", "Szablon [levels]"):
        assert words in said.replace("Language (en, pl, ru, ro)", "Język (en, pl, ru, ro)")
    assert "'xx'" in said
    program = (tmp_path / "my-shop" / "program.yaml").read_text(encoding="utf-8")
    for line in ("program: U Ani", "language: pl", "currency: PLN", "timezone: Europe/Warsaw", "starts: 2026-11-21"):
        assert f"\n{line}" in program
    assert "KUPUJ I ZYSKUJ" in program


def test_a_script_says_it_all_and_is_asked_nothing(tmp_path: Path) -> None:
    words = ["--language", "ru", "--name", "Клуб", "--currency", "RUB", "--timezone", "Asia/Omsk", "--starts", "2026-12-01"]
    done = run("init", "my-shop", "--template", "everything", *words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    program = (tmp_path / "my-shop" / "program.yaml").read_text(encoding="utf-8")
    for line in ("program: Клуб", "language: ru", "currency: RUB", "timezone: Asia/Omsk", "starts: 2026-12-01"):
        assert f"\n{line}" in program


def test_without_a_word_it_is_as_on_this_computer(tmp_path: Path) -> None:
    assert run("init", "my-shop", folder=tmp_path, LANG="ro_MD.UTF-8", TZ="Europe/Chisinau").returncode == 0
    program = (tmp_path / "my-shop" / "program.yaml").read_text(encoding="utf-8")
    for line in ("language: ro", "currency: MDL", "timezone: Europe/Chisinau"):
        assert f"\n{line}" in program


def test_windows_which_has_no_such_variables_is_asked_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """0x0415 is its number of Polish in Poland."""
    for name in ("LC_ALL", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert [*names_of_language("LC_ALL", "LANG")] == []
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: 0x0415)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    assert [*names_of_language("LC_ALL", "LANG")] == ["pl_PL"]
    monkeypatch.setenv("LANG", "ro_RO.UTF-8")
    assert next(names_of_language("LC_ALL", "LANG")) == "ro_RO.UTF-8"


def test_a_folder_whose_program_is_gone_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    assert run("init", ".", folder=tmp_path).returncode == 0
    (tmp_path / "program.yaml").unlink()
    said, code = run_on_terminal("init", ".", folder=tmp_path, keys="")
    assert (code, "Language" in said, "is there already" in said) == (40, False, True)


def test_a_slip_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    done = run("init", "my-shop", "--timezone", "Warszawa", folder=tmp_path)
    assert done.returncode == 2
    assert "Europe/Warsaw" in done.stderr
    assert not (tmp_path / "my-shop").exists()


def test_the_templates_are_folded_between_words(tmp_path: Path) -> None:
    said, code = run_on_terminal("init", "my-shop", folder=tmp_path, width=80, keys="ru\nКлуб\n\n\n\n")
    assert code == 0
    told = [line.rstrip() for line in said.splitlines() if line.startswith("  ")]
    assert any(line == " " * 26 + "своя скидка; баллы." for line in told), told
    assert max(map(len, told)) < 80


def test_what_is_wrong_is_folded_between_words(tmp_path: Path) -> None:
    said, code = run_on_terminal("init", "my-shop", folder=tmp_path, width=80, keys="ru\nКлуб\n\n\nx\n\n")
    assert code == 0
    # 80 columns end behind "badges-and-stamps", where the comma would stand on the next line.
    assert "Здесь известны: levels, spend-and-get, something-for-everyone," in [line.rstrip() for line in said.splitlines()]
    said, _ = run_on_terminal("member", "find", "--lang", "ru", folder=tmp_path / "my-shop", width=60)
    # The first 60 columns would end within "телефона".
    assert [line.rstrip() for line in said.splitlines()][1] == "телефона, адрес почты или часть карты."


@pytest.mark.parametrize("said_as", ["pl", "pl-PL", "pl_PL.UTF-8"])
def test_a_language_that_was_said_is_not_asked_for_and_the_folder_has_its_name(tmp_path: Path, said_as: str) -> None:
    said, code = run_on_terminal("init", ".", "--lang", said_as, folder=tmp_path, width=200, keys="U Ani\n\n\n\n")
    assert (code, "Język (en" in said, str(tmp_path) in said) == (0, False, True)
    assert "\nlanguage: pl" in (tmp_path / "program.yaml").read_text(encoding="utf-8")
