"""Options that many commands share are said once, and each of these commands has all of them."""

from __future__ import annotations

from typing import Annotated
from typing import Any
from typing import TYPE_CHECKING

import pytest
import typer
from typer.testing import CliRunner

from loyalty_cli.cli.all_commands import ALL_COMMANDS
from loyalty_cli.cli.dates_said import day_said
from loyalty_cli.cli.dates_said import month_said
from loyalty_cli.cli.group import Group
from loyalty_cli.cli.group import OptionsOf
from loyalty_cli.cli.main import load
from loyalty_cli.model.days import day_from_iso
from tests.cli.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# They put out a text for another program to read, and need no shop.
PLAIN_TEXTS = {"program kinds", "program schema", "man"}
SCREENS = {"counter"}  # it stays open and has no result
FOLDERS = {"demo", "init", "draw verify", "import tills"}  # these need no shop, or make one


def commands() -> Iterator[tuple[str, Any]]:
    for name in ALL_COMMANDS:
        yield from below(name, load(name))


def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command, or those of a group and of the groups in it."""
    parts = getattr(command, "commands", None)
    if parts is None:
        yield name, command
        return
    for part, each in parts.items():
        yield from below(f"{name} {part}", each)


def options(command: Any) -> dict[str, Any]:
    return {word: option for option in command.params for word in option.opts}


def test_every_result_can_be_shown_in_every_form_file_and_language() -> None:
    wanted = {"-O", "-o", "--lang", "--color", "-q", "-v"}
    lacking = {name for name, each in commands() if not wanted <= set(options(each))}
    assert lacking == PLAIN_TEXTS | SCREENS


def test_every_command_on_a_shop_can_name_it_and_wait_for_it() -> None:
    lacking = {name for name, each in commands() if not {"--program", "--db", "--lock-wait"} <= set(options(each))}
    assert lacking == PLAIN_TEXTS | FOLDERS


def test_help_has_a_short_name_everywhere(tmp_path: Path) -> None:
    for words in ([], ["import"], ["import", "purchases"], ["report"]):
        assert run(*words, "-h", folder=tmp_path).stdout == run(*words, "--help", folder=tmp_path).stdout != ""


def test_only_status_is_in_a_hurry() -> None:
    waits = {name: options(each)["--lock-wait"].default for name, each in commands() if name not in PLAIN_TEXTS | FOLDERS}
    assert {name for name, wait in waits.items() if wait != 30.0} == {"status"}
    assert waits["status"] == 2.0


def number_of(dice: Annotated[int, typer.Option()] = 1, coins: Annotated[int, typer.Option("-c")] = 0) -> int:
    return 10 * dice + coins


def test_a_list_of_options_becomes_what_is_made_of_it() -> None:
    app = Group()

    @app.command()
    def throw(number: Annotated[int, OptionsOf(number_of)], who: str, loud: bool = False) -> None:
        typer.echo(f"{who} {number} {loud}")

    for words, said in (
        (["Ana"], "Ana 10 False"),
        (["Ana", "--dice", "3", "-c", "4", "--loud"], "Ana 34 True"),
    ):
        assert CliRunner().invoke(app, words).stdout == f"{said}\n"


# It is 21 November 2026.
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("recalc", "--as-of", "yesterday"), "day: 2026-11-20"),
        (("coupons", "print", "--since", "2026-13-01"), "write year-month-day"),
        (("report", "tiers", "--from", "1.2.2026"), "day: 2026-02-01"),
        (("redeem", "coupon", "X", "--on", "tomorrow"), "day: 2026-11-22"),
        (("recalc", "--as-of", "soon"), "day: 2026-11-21"),
        (("recalc", "--as-of", "² " + "9" * 5000), "day: 2026-11-21"),
    ],
)
def test_a_wrong_day_is_told_the_same_way_everywhere(words: tuple[str, ...], meant: str, tmp_path: Path) -> None:
    said = run(*words, folder=tmp_path)
    assert said.returncode == 2
    assert f"{words[-2]}: '{words[-1]}' is not a day." in said.stderr
    assert meant in said.stderr


def test_zeros_of_a_day_and_a_month_may_be_left_out() -> None:
    assert day_said("--on", "2026-1-5") == day_said("--on", "2026-01-05") == day_from_iso("2026-01-05")
    assert month_said("2026-2") == (day_from_iso("2026-02-01"), day_from_iso("2026-02-28"))


def test_of_a_group_the_command_that_is_asked_for_is_made_alone() -> None:
    whole = set(load("member").commands)
    assert {"add", "card", "lost", "erase"} <= whole
    assert set(load("member", "card").commands) == {"card"}
    # One of its parts has it.
    assert set(load("member", "lost").commands) == {"lost"}
    # What is no command of its own, a slip, an option or a group in it, needs all of them.
    for word in ("crd", "--help", ""):
        assert set(load("member", word).commands) == whole
    assert {"complaint", "list"} <= set(load("feedback", "complaint").commands)
