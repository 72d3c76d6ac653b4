"""What the README says is there is there: its commands, their options, its program, its exit codes."""

from __future__ import annotations

import re
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any

from loyalty_cli.cli.all_commands import ALL_COMMANDS
from loyalty_cli.cli.main import load
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.check import check_program

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Every `loyalty …` in the text and in the sessions, as words."""
    spans = re.findall(r"`loyalty ([^`]*)`", README) + re.findall(r"^\$ loyalty (.*)$", README, flags=re.MULTILINE)
    return [span.split() for span in spans]


def named(words: list[str]) -> tuple[Any, str]:
    """The command that some words name, and its name."""
    command = load(words[0])
    if hasattr(command, "commands") and len(words) > 1:
        return command.commands[words[1]], " ".join(words[:2])
    return command, words[0]


def test_it_begins_with_two_commands_in_two_blocks() -> None:
    first, second = blocks("sh")[:2]
    assert first == "python -m pip install . && loyalty demo\n"
    assert second == 'python -m pip install ".[test]" && python -m pytest\n'


def test_every_command_it_names_has_the_options_it_names() -> None:
    assert len(commands()) > 25
    for words in commands():
        if words[0].startswith("--"):
            continue
        assert words[0] in ALL_COMMANDS, words
        command, name = named(words)
        options = {option for parameter in command.params for option in parameter.opts}
        asked = {word for word in words if re.fullmatch(r"--?[a-zA-Z][a-z-]*", word)}
        assert asked <= options, f"{name}: {asked - options}"


def test_its_program_is_in_order_and_its_example_holds(tmp_path: Path) -> None:
    program, examples, *more = blocks("yaml")
    (tmp_path / "program.yaml").write_text("".join((program, *more)), encoding="utf-8")
    (tmp_path / "examples.yaml").write_text(examples, encoding="utf-8")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    shop = Shop(program=tmp_path / "program.yaml", database=tmp_path / "loyalty.db", now=now, secret="")
    assert check_program(shop).data["examples"] == 1


def test_its_rewards_are_a_program(tmp_path: Path) -> None:
    plain = re.split(r"^```\w*\n", README, flags=re.MULTILINE)[1::2]
    rewards = next(block for block in plain if block.startswith("rewards:"))
    head = "program: Corner Club\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2027-01-01\npoints: {earn: {}}\n"
    (tmp_path / "program.yaml").write_text(
        f"{head}coupons: {{next visit: {{worth: 5.00, valid_for: 30 days}}}}\n{rewards}", encoding="utf-8"
    )
    example = """
- example: four visits in a month bring the badge and its coupon, nine teas twelve points
  purchases: [{lines}]
  until: 2027-02-28
  then: {points: 12, coupons: {next visit: 1}}
"""
    tea = "{on: 2027-02-0%d, lines: [{category: tea, quantity: 3, paid: 9.00}]}"
    purchases = ", ".join([*(tea % day for day in (1, 2, 3)), "{on: 2027-02-04, paid: 1.00}"])
    (tmp_path / "examples.yaml").write_text(example.replace("{lines}", purchases), encoding="utf-8")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    shop = Shop(program=tmp_path / "program.yaml", database=tmp_path / "loyalty.db", now=now, secret="")
    assert check_program(shop).data["examples"] == 1


def test_its_discounts_are_a_program_and_the_basket_costs_what_it_says(tmp_path: Path) -> None:
    plain = re.split(r"^```\w*\n", README, flags=re.MULTILINE)[1::2]
    discounts = next(block for block in plain if block.startswith("discounts:"))
    example = next(block for block in plain if block.startswith("- example: of three teas"))
    head = "program: Corner Club\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2027-01-01\n"
    (tmp_path / "program.yaml").write_text(head + discounts, encoding="utf-8")
    (tmp_path / "examples.yaml").write_text(example, encoding="utf-8")
    now = datetime(2027, 3, 1, tzinfo=UTC)
    shop = Shop(program=tmp_path / "program.yaml", database=tmp_path / "loyalty.db", now=now, secret="")
    assert check_program(shop).data["examples"] == 1


def test_its_table_has_every_exit_code() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \|", README, flags=re.MULTILINE)
    assert [int(code) for row in rows for code in row.split(",")] == sorted(ExitCode)
