"""Help, and what is wrong with a command as it was typed, in the language of the reader."""

from __future__ import annotations

import re
from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli.all_commands import ALL_COMMANDS
from loyalty_cli.cli.main import app
from loyalty_cli.cli.main import load
from loyalty_cli.cli.usage import CAPITALS
from loyalty_cli.cli.usage import kind_of_value
from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.render.words import catalogue_of
from tests.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def texts_of(command: Any) -> Iterator[str]:
    """Every text that the help of a command and of its parts shows; lists of names are the same everywhere."""
    for each in (command, *command.params):
        text = getattr(each, "help", None) or ""
        if not getattr(each, "hidden", False) and not text.startswith("One of: "):
            yield " ".join(text.split())
    for part in getattr(command, "commands", {}).values():
        yield from texts_of(part)


def every_text() -> set[str]:
    """The help of all commands."""
    import typer

    lines = {line for line, _ in ALL_COMMANDS.values()}
    return lines.union(texts_of(typer.main.get_command(app)), *(texts_of(load(name)) for name in ALL_COMMANDS))


@pytest.mark.parametrize("language", ["pl", "ru", "ro"])
def test_every_text_of_the_help_is_in_every_language(language: str) -> None:
    catalogue = catalogue_of(language)
    said = every_text()
    assert len(said) > 200
    assert [text for text in sorted(said) if catalogue.gettext(text) == text and " " in text and not text[:3].isupper()] == []


def leaves(command: Any) -> Iterator[Any]:
    """Every command that does something."""
    parts = getattr(command, "commands", {})
    for part in parts.values():
        yield from leaves(part)
    if not parts:
        yield command


def placeholders() -> set[str]:
    """The words that stand for a value in all commands, as English has them."""
    shown = {"OPTIONS", "COMMAND", "ARGS"}
    for command in (each for name in ALL_COMMANDS for each in leaves(load(name))):
        values = [each for each in command.params if not getattr(each, "is_flag", False)]
        shown.update(found for each in values for found in CAPITALS.findall(each.metavar or kind_of_value(each)))
    return shown


@pytest.mark.parametrize("language", ["pl", "ru", "ro"])
def test_what_stands_for_a_value_is_said_in_every_language(language: str) -> None:
    catalogue, shown = catalogue_of(language), placeholders()
    assert {"CARD", "FILE", "YYYY-MM-DD", "TEXT"} <= shown
    same = {each for each in shown if catalogue.gettext(each) == each}
    assert same <= {"N", "HEX", "SELECT", "FOLDER", "MM-DD", "CARD", "TEXT"}
    # Russian has other letters, so that nothing English can hide.
    assert language != "ru" or same <= {"N", "HEX", "SELECT"}


# Words that help keeps in Latin letters in Russian: names of files, forms, programs, currencies, variables.
LATIN = {
    "loyalty", "yaml", "YAML", "csv", "CSV", "json", "JSON", "xlsx", "html", "auto", "always", "never", "PLN", "RON", "RUB", "EUR",
    "Europe", "Moscow", "SQLite", "Parquet", "pyarrow", "Apache", "Spark", "Java", "Python", "Excel", "LibreOffice", "ZIP", "zip",
    "cron", "SMS", "EAN", "SHA", "drand", "quicknet", "rfc", "mbox", "Maildir", "eml", "SELECT", "HEX", "Ctrl",
}  # fmt: skip


def test_help_in_russian_has_no_english_sentence(tmp_path: Path) -> None:
    """Two words in Latin letters, one after the other, are a sentence that was left; names of ours stand alone."""
    for name in ("import purchases", "member add", "report", "draw run", "give"):
        text = run(*name.split(), "--help", folder=tmp_path, LOYALTY_LANG="ru").stdout
        about = [line for line in text.splitlines() if not line.strip().startswith("loyalty ")]
        words = re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,}", "\n".join(about).replace("loyalty " + name, ""))
        assert [pair for pair in words if not set(pair.split()) & LATIN] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("pl", ["Użycie: loyalty explain", "Argumenty:", "Opcje:", "Pokaż tę pomoc i zakończ.", "[wymagane]"]),
        ("ru", ["Использование: loyalty explain", "Аргументы:", "Параметры:", "Показать эту справку и закончить."]),
        ("ro", ["Utilizare: loyalty explain", "Argumente:", "Opțiuni:", "Arată acest ajutor și se oprește."]),
    ],
)
def test_help_speaks_the_language_that_is_asked_for(language: str, words: list[str], tmp_path: Path) -> None:
    for wish in ({"LOYALTY_LANG": language}, {}):
        arguments = ["explain", "--help"] if wish else ["explain", "--lang", language, "--help"]
        text = run(*arguments, folder=tmp_path, **wish).stdout
        assert [word for word in words if word not in text] == []
        assert "Show this" not in text


def test_help_in_a_shop_speaks_its_language(tmp_path: Path) -> None:
    (tmp_path / "program.yaml").write_text("program: Klub\nlanguage: pl\n", encoding="utf-8")
    assert "Skąd wzięła się każda liczba" in run("explain", "--help", folder=tmp_path, LOYALTY_LANG="").stdout
    assert "1C, raport paragonów" in run("import", "tills", folder=tmp_path, LOYALTY_LANG="").stdout


MISTYPED = [
    (["report", "members", "--limit", "abc"], "--limit: abc is not a whole number.", "Help: loyalty report --help"),
    (["report", "expiring", "--days=-5"], "--days: -5 is too small; the smallest is 0.", "Help: loyalty report --help"),
    (["report", "near-tier", "--within", "5000"], "--within: 5000 is too large; the largest is 100.", "Help: loyalty report --help"),
    (["revert", "abc", "--by", "Ewa", "--yes"], "NUMBER: abc is not a whole number.", "Help: loyalty revert --help"),
    (["revert", "abc", "7"], "NUMBER: abc is not a whole number.", "Help: loyalty revert --help"),
    (["revert", "--by", "Ewa", "--yes", "abc", "7"], "NUMBER: abc is not a whole number.", "Help: loyalty revert --help"),
    (["reprt"], "There is no command reprt.", "Did you mean 'report'? Help: loyalty --help"),
    (["coupons", "prnt"], "There is no command prnt.", "Did you mean 'print'? Help: loyalty coupons --help"),
    (["report", "members", "--lmit", "3"], "There is no option --lmit.", "Did you mean '--limit'? Help: loyalty report --help"),
    (["report", "members", "--json"], "There is no option --json.", "Here it is called: -O json"),
    (["report", "members", "--shop", "Rynek"], "There is no option --shop.", "Here it is called: --store"),
    (["explain", "--card", "2900"], "There is no option --card.", "Help: loyalty explain --help"),
    (["tier", "set"], "There is no command tier.", "Did you mean loyalty member tier?"),
    (["household"], "There is no command household.", "Did you mean loyalty member household?"),
    (["tiers"], "There is no command tiers.", "Did you mean loyalty report tiers?"),
    (["members", "add"], "There is no command members.", "Did you mean loyalty member or loyalty report members?"),
    (["by-hand"], "There is no command by-hand.", "Did you mean loyalty report by-hand?"),
    (["zobowiązania"], "There is no command zobowiązania.", "Did you mean loyalty report liability?"),
    (["docter"], "There is no command docter.", "Did you mean 'doctor'? Help: loyalty --help"),
    (["quote", "2900041047362", "-5"], "-5 is below zero.", "Help: loyalty quote --help"),
    (["quote", "2900041047362", "-120.00"], "-120.00 is below zero.", "Help: loyalty quote --help"),
    (["-q", "recalc"], "There is no option -q.", "Options stand behind the command. Help: loyalty --help"),
    (["redeem", "points"], "CARD is missing. The card, or the member's name.", "Help: loyalty redeem points --help"),
    (["member", "add", "--name", "X"], "--card is missing. The card's number.", "Help: loyalty member add --help"),
    (["program", "posters", "--size", "big"], "--size: big is not understood here.", "Write one of: wall, shelf."),
    (["messages", "resolve", "KEY", "lost"], "sent|not-sent: lost is not understood here.", "Write one of: sent, not-sent."),
    (["recalc", "extra"], "extra is too much here.", "Help: loyalty recalc --help"),
    (["import", "purchases", "a.csv", "--layout"], "--layout needs a value behind it.", "Help: loyalty"),
    (["status", "--max-age", "soon"], "Write it as 26h, 90m or 2d.", "Help: loyalty status --help"),
    (["member", "set", "1", "--consent", "x"], "Write CHANNEL=yes or CHANNEL=no.", "Help: loyalty member set --help"),
]


@pytest.mark.parametrize(("typed", "what", "remedy"), MISTYPED, ids=[" ".join(typed) for typed, *_ in MISTYPED])
def test_a_command_typed_wrong_is_told_in_words_with_its_help(typed: list[str], what: str, remedy: str, tmp_path: Path) -> None:
    done = run(*typed, folder=tmp_path, LOYALTY_LANG="en")
    assert done.returncode == 2
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0] == f"loyalty: {what}"
    assert remedy in lines[1]
    spoken = run(*typed, folder=tmp_path, LOYALTY_LANG="ru").stderr.splitlines()
    assert spoken[0] != lines[0]
    assert spoken[1].lstrip().startswith(("Справка", "Имелось", "Может быть", "Здесь", "Параметры", "Напишите"))


@pytest.mark.parametrize("typed", [["--lang", "ru"], ["--lang=ru"]])
def test_a_mistake_is_told_in_the_language_that_is_asked_for(typed: list[str], tmp_path: Path) -> None:
    """By a command that was understood (the file is not there) and by one that was not."""
    for words in (["import", "purchases", "none.csv"], ["report", "members", "--limit", "abc"]):
        asked = run(*words, *typed, folder=tmp_path, LOYALTY_LANG="en").stderr
        assert asked == run(*words, folder=tmp_path, LOYALTY_LANG="ru").stderr
        assert asked != run(*words, folder=tmp_path, LOYALTY_LANG="en").stderr


@pytest.mark.parametrize("language", ["pl", "ru", "ro"])
def test_the_known_tills_are_called_in_every_language(language: str) -> None:
    titles = {till.title for till in all_tills()}
    catalogue = catalogue_of(language)
    assert len(titles) > 15
    # A name alone is the same everywhere.
    assert [title for title in titles if catalogue.gettext(title) == title] == ["Lightspeed Retail X-Series"]
