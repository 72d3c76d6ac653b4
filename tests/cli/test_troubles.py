from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli import main
from loyalty_cli.cli import streams
from loyalty_cli.cli.error_log import NAME
from loyalty_cli.cli.language_spoken import at_hand
from loyalty_cli.cli.options import shop_of
from loyalty_cli.cli.troubles import explained
from loyalty_cli.cli.troubles import json_wanted
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.problem import Problem
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from tests.cli.running import clean
from tests.cli.running import run
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN_KEY = Problem(
    file="program.yaml",
    line=12,
    column=5,
    what=phrase("'teirs' is not known here."),
    hint=phrase("Did you mean '{name}'?", name="tiers"),
    excerpt="    teirs:\x1b[31m",
)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(sys, "argv", ["loyalty", "report", "members"])
    monkeypatch.setenv("LOYALTY_LANG", "en")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(tmp_path)
    # The shop that the command is about.
    shop_of(Path("program.yaml"))
    before = signal.getsignal(signal.SIGTERM)
    yield
    at_hand.clear()
    signal.signal(signal.SIGTERM, before)


def ended(error: BaseException, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit code and what was said when a command ends in this."""
    with pytest.raises(SystemExit) as caught, explained():
        raise error
    out, err = capsys.readouterr()
    assert out == ""
    return int(caught.value.code or 0), err


def test_a_refusal_is_a_sentence_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    refusal = Refused("Coupon {code} is used.", code="X\x1b[2J1", hint=phrase("It was used on {day}.", day="2026-11-01"))
    assert ended(refusal, capsys) == (40, "loyalty: Coupon X[2J1 is used.\n  It was used on 2026-11-01.\n")


def test_every_mistake_has_its_place_its_line_and_a_caret(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = ended(Mistakes([UNKNOWN_KEY, UNKNOWN_KEY]), capsys)
    one = "program.yaml:12:5: 'teirs' is not known here.\n        teirs:[31m\n        ^\n  help: Did you mean 'tiers'?\n"
    assert (code, said) == (20, f"{one}{one}loyalty: program.yaml has mistakes: 2.\n")


def test_mistakes_are_said_in_the_language_of_the_keyboard(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOYALTY_LANG", "pl")
    _, said = ended(Mistakes([UNKNOWN_KEY]), capsys)
    assert "  rada: Czy chodziło o „tiers”?\n" in said
    assert said.endswith("loyalty: program.yaml zawiera błędy: 1.\n")


def test_a_script_gets_the_trouble_as_json_on_the_last_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["loyalty", "program", "check", "-O", "json"])
    code, said = ended(Mistakes([UNKNOWN_KEY]), capsys)
    (line,) = said.splitlines()
    document = json.loads(line)
    assert code == document["code"] == 20
    assert document["problems"][0]["line"] == 12
    assert document["error"] == "program.yaml has mistakes: 1."


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["-O", "json"], True),
        (["-Ojson"], True),
        (["--output-format", "json"], True),
        (["--output-format=json"], True),
        (["-O", "csv"], False),
        (["json"], False),
        (["-O"], False),
    ],
)
def test_json_is_recognised_however_it_is_written(words: list[str], *, wanted: bool) -> None:
    assert json_wanted(["loyalty", *words]) is wanted


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), 130),
        (OSError(errno.ENOSPC, "No space left on device", "till.csv"), 14),
        (OSError(errno.EIO, "Input/output error", "till.csv"), 14),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "till.csv"), 2),
        (PermissionError(errno.EACCES, "Permission denied", "till.csv"), 15),
        (ExportRefused("{file} is still being written.", file="a.csv", exit_code=ExitCode.STILL_GROWING), 23),
    ],
)
def test_a_trouble_ends_with_its_code_in_one_line(error: BaseException, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    got, said = ended(error, capsys)
    assert got == code
    assert said.startswith("loyalty: ")
    assert said.count("\n") == 1


def test_whoever_breaks_a_command_off_is_told_that_nothing_is_half_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl+C while a command works: Typer makes a silent 130 of it."""

    def stopped(*_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "load", stopped)
    monkeypatch.setattr(sys, "argv", ["loyalty", "status"])
    with pytest.raises(SystemExit) as caught:
        main.run()
    assert (caught.value.code, capsys.readouterr().err) == (130, "loyalty: Stopped; nothing was left half done.\n")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGTERM from outside")
def test_a_request_to_stop_unwinds_and_ends_with_143(capsys: pytest.CaptureFixture[str]) -> None:
    rolled_back: list[bool] = []
    with pytest.raises(SystemExit) as caught:
        stopped_while_working(rolled_back)
    assert caught.value.code == 143
    assert rolled_back == [True]


def stopped_while_working(rolled_back: list[bool]) -> None:
    with explained():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            rolled_back.append(True)


def test_our_own_mistake_goes_into_a_log_beside_the_database(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "loyalty.db").touch()
    code, said = ended(ZeroDivisionError("division by zero"), capsys)
    assert code == 1
    assert said.startswith("loyalty: Something went wrong inside loyalty: ZeroDivisionError.\n")
    assert "Traceback" not in said
    log = (tmp_path / NAME).read_text(encoding="utf-8")
    assert log.rstrip().endswith("ZeroDivisionError")
    if os.name == "posix":
        assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_the_log_holds_no_values_that_somebody_typed_and_no_control_signs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "loyalty.db").touch()
    typed = ["member", "set", "2900041047362", "--name=Ada Kowalska", "--phone", "+48 600 700 800", "-O", "x\x1b[2J"]
    monkeypatch.setattr(sys, "argv", ["loyalty", *typed])
    wrong = ValueError("Ada Kowalska \x1b[31m 2900041047362")
    wrong.__cause__ = KeyError("+48 600 700 800")
    ended(wrong, capsys)
    log = (tmp_path / NAME).read_text(encoding="utf-8")
    assert "$ loyalty member set . --name --phone . -O .\n" in log
    assert "ValueError" in log
    assert "KeyError" in log
    assert not [value for value in ("Ada", "Kowalska", "2900041047362", "600", "\x1b") if value in log]


def test_without_a_shop_the_log_goes_to_the_temporary_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    ended(ZeroDivisionError(), capsys)
    assert (tmp_path / "temporary" / NAME).is_file()


def test_a_folder_without_a_database_is_told_so(tmp_path: Path) -> None:
    done = run("report", "members", folder=tmp_path)
    assert done.returncode == 10
    assert done.stderr.startswith("loyalty: There is no database loyalty.db.\n")


def test_a_wrong_option_is_usage(tmp_path: Path) -> None:
    done = run("report", "--lnag", "pl", folder=tmp_path)
    assert done.returncode == 2
    assert "--lang" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("-O", "jsn"),
        ("-o", "list.zip"),
        ("-o", "nowhere/list.csv"),
        ("-o", "backups"),
        ("--lang", "xx"),
    ],
)
def test_what_can_not_be_shown_is_refused_before_anything_is_done(words: tuple[str, str], tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", folder=tmp_path).returncode == 0
    (tmp_path / "backups").mkdir(exist_ok=True)
    refused = run("backup", *words, folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert list((tmp_path / "backups").iterdir()) == []
    # The same of what a person does by hand, which must not be done twice.
    assert run("member", "add", "9001", *words, folder=tmp_path).returncode == 2
    members = run("report", "members", "-O", "json", folder=tmp_path)
    assert json.loads(members.stdout)["tables"][0]["rows"] == []


def test_a_sheet_that_is_no_page_is_refused_before_its_coupons_are_sought(tmp_path: Path) -> None:
    refused = run("coupons", "print", "-o", "coupons.pdf", folder=tmp_path)
    assert refused.returncode == 2
    assert "A sheet to print is an HTML page" in refused.stderr


def test_a_page_may_end_in_htm(tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", folder=tmp_path).returncode == 0
    assert run("report", "members", "-o", "members.htm", folder=tmp_path).returncode == 0
    assert (tmp_path / "members.htm").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_what_stumbles_over_a_value_that_nobody_wrote_is_damage_and_no_mistake_of_ours(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    taken_in(shop, export(shop, "a.csv", "2026-03-01,10:00:00,Market,1,2900001,H01,1,10.00"))
    assert run("recalc", folder=tmp_path).returncode == 0
    with contextlib.closing(sqlite3.connect(shop.database, isolation_level=None)) as connection:
        connection.execute("UPDATE setting SET value = 'null' WHERE name = 'ladder'")
        connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES ('sleeping_after', 'null'), ('benefits', '[')")
    done = run("report", "tiers", folder=tmp_path)
    assert done.returncode == 12
    assert "loyalty check --full" in done.stderr
    assert run("check", folder=tmp_path).returncode == 30


def test_a_clock_that_says_no_moment_and_a_name_longer_than_any_are_told(tmp_path: Path) -> None:
    done = run("status", folder=tmp_path, LOYALTY_NOW="tomorrow")
    assert (done.returncode, "tomorrow" in done.stderr) == (2, True)
    long = run("import", "ą" * 3000, folder=tmp_path)
    assert (long.returncode, "Traceback" in long.stderr) == (2, False)
    assert run("report", "members", "-o", f"{'a' * 300}.html", folder=tmp_path).returncode in {2, 10}


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes a stream before the program starts")
def test_whoever_closes_the_streams_gets_the_exit_code_alone(tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", folder=tmp_path).returncode == 0
    said = '"$0" -m loyalty_cli report members >&- 2>&-; echo $?; "$0" -m loyalty_cli explain 999 >&- 2>&-; echo $?'
    done = subprocess.run(["sh", "-c", said, sys.executable], cwd=tmp_path, env=clean(), capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["0", "2"]
    assert not (tmp_path / NAME).exists()
    assert run("check", folder=tmp_path).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("words", ["report members", "program kinds", "program schema", "--version"])
def test_an_output_that_can_not_be_written_is_named(words: str, tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", folder=tmp_path).returncode == 0
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m loyalty_cli {words} >/dev/full', sys.executable],
        cwd=tmp_path, env=clean(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (14, "loyalty: stdout could not be read or written: there is no room left.\n")


def test_a_reader_who_has_gone_is_no_trouble_on_windows_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """A write to a pipe that nobody reads fails there with EINVAL, which anywhere else is a trouble."""

    def gone(_: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")

    hushed: list[bool] = []
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(write=gone))
    monkeypatch.setattr(streams, "hush", lambda: hushed.append(True))
    with pytest.raises(OSError, match="Invalid argument"):
        streams.put_out(b"a table")
    monkeypatch.setattr(sys, "platform", "win32")
    streams.put_out(b"a table")
    assert hushed == [True]


def test_a_file_without_a_name_is_one_of_the_shops(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said = ended(OSError(errno.ENOSPC, "No space left on device"), capsys)
    assert (code, said.split(" could not")[0]) == (14, f"loyalty: {tmp_path}")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a folder in which a program works")
def test_a_folder_that_is_gone_is_said_to_be_gone(tmp_path: Path) -> None:
    gone = ["sh", "-c", 'mkdir gone; cd gone; rmdir "$PWD"; exec "$0" -m loyalty_cli status', sys.executable]
    done = subprocess.run(gone, cwd=tmp_path, env=clean(), capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "loyalty: The folder in which this was started is not there any more.\n" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("give", "2901", "points", "\u202e\x07many", "--by", "E", "--reason", "r"), "ILE: many to nie liczba całkowita."),
        (("event", "add", "2901", " ", "--by", "E", "--reason", "r"), "Na zdarzenie bez nazwy nic nie czeka."),
        (("receipt", "add", "", "2901", "5.00", "--store", "main", "--by", "E", "--reason", "r"), "Paragon nie ma numeru."),
        (("report", "members", "--color", "x"), "--color: nie rozumiem x w tym miejscu."),
    ],
)
def test_what_is_nothing_is_refused_in_the_readers_language(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert run("init", ".", "--template", "spend-and-get", folder=tmp_path).returncode == 0
    done = run(*words, folder=tmp_path, LOYALTY_LANG="pl")
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"loyalty: {said}")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names in Unicode alone")
def test_a_name_in_letters_of_another_code_page_is_told_and_a_shop_in_such_a_folder_works(tmp_path: Path) -> None:
    """`wyciąg` as Windows wrote it on a stick: the folder is one as good as others, but no such name can be kept."""
    name = os.fsdecode("wyciąg".encode("cp1250"))
    shop = shop_in(tmp_path / name).folder
    assert run("report", "members", folder=shop).returncode == 0
    told = run("explain", name, folder=shop, LOYALTY_LANG="en")
    assert (told.returncode, "another code page" in told.stderr, "type the word anew" in told.stderr) == (2, True, True)
    assert not (shop / NAME).exists()
