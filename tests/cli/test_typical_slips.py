"""What people type by mistake: the message names the cause, and what to type instead, in the shop's language."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.exit_code import ExitCode
from tests.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "program: Klub\nlanguage: {language}\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
# The shop's language, what is typed, and what must be read. Today is 21 November 2026.
SLIPS: list[tuple[str, str, tuple[str, ...]]] = [
    ("pl", "report activity --month 09.2026", ("to nie miesiąc", "2026-09")),
    ("pl", "report activity --month wrzesień", ("to nie miesiąc", "2026-09")),
    ("ru", "report activity --month 9", ("не месяц", "2026-09")),
    ("ro", "report activity --from 01.09.2026", ("nu este o zi", "2026-09-01")),
    ("ru", "report activity --from 2026-09-31", ("не день", "от 28 до 31")),
    ("pl", "report members --as-of wczoraj", ("to nie dzień", "2026-11-20")),
    ("ru", "report activity --from 2026-09-30 --to 2026-09-01", ("позже", "--from 2026-09-01 --to 2026-09-30")),
    ("pl", "report klienci", ("Nie ma raportu", "members")),
    ("ru", "report участники", ("Нет отчёта", "members")),
    ("pl", "import tills -O xls", ("Nie ma formatu", "xlsx")),
    ("ro", "import tills -o raport.pdf", ("raport.pdf", "-o raport.html")),
    ("ru", "import sales.csv", ("Команды sales.csv нет", "loyalty import purchases sales.csv")),
    ("pl", "import purchases folder", ("to folder", "folder/*.csv")),
    ("pl", "przelicz", ("Nie ma polecenia", "recalc")),
    ("ro", "redeem 2900001 50", ("Nu există comanda", "coupon", "points")),
    ("ru", "program kinds --lang polski", ("Неизвестный язык", "pl")),
    ("pl", "members", ("loyalty member lub loyalty report members",)),
    ("en", "-v revert abc", ("NUMBER: abc",)),
    ("pl", "--lang pl report members", ("Nie ma opcji", "za poleceniem")),
    ("pl", "redeem points 16796 abc", ("ILE: abc", "liczba całkowita")),
    ("ro", "restore copie.zip", ("Nu există fișierul", "Verificați")),
]


@pytest.mark.parametrize(("language", "typed", "says"), SLIPS, ids=[typed for _, typed, _ in SLIPS])
def test_a_slip_is_told_with_what_to_type_instead(language: str, typed: str, says: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "program.yaml").write_text(PROGRAM.format(language=language), encoding="utf-8")
    (tmp_path / "sales.csv").write_text("receipt,date\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    ended = run(*typed.split(), folder=tmp_path)
    assert ended.returncode == ExitCode.USAGE, ended.stderr
    assert all(part in ended.stderr for part in says), ended.stderr


def test_a_folder_in_the_place_of_the_database_is_no_trouble_of_the_disk(tmp_path: Path) -> None:
    (tmp_path / "loyalty.db").mkdir()
    ended = run("report", "members", folder=tmp_path)
    assert (ended.returncode, "is a folder" in ended.stderr, "another name" in ended.stderr) == (ExitCode.NO_DATABASE, True, True)
    for named in (str(tmp_path), ".", ".."):
        ended = run("report", "members", "--db", named, folder=tmp_path)
        assert (ended.returncode, os.path.normpath(f"{named}/loyalty.db") in ended.stderr) == (ExitCode.NO_DATABASE, True)
