"""Every example that help shows is typed in the shop that `loyalty demo` makes, and works."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.cli.examples import EXAMPLES
from loyalty_cli.model import bookkeeping
from tests.cli.running import run
from tests.cli.test_shared_options import commands
from tests.cli.test_shared_options import SCREENS
from tests.struck.commands import loyalty

if TYPE_CHECKING:
    from pathlib import Path

# Its examples need Java and Spark; tests/chain runs the command where they are.
ENGINES = {"chain move", "chain set"}
LISTS = {
    "codes.csv": "code\nPARTNER0001\nPARTNER0002\n",
    "redemptions.csv": "date,store,receipt,card,points\n2026-11-01,Rynek,R99001,2900041047362,100\n",
    "balances.csv": "card,date,points\n2900041047362,2026-10-31,120\n",
    "left.csv": "email\nsomebody@example.com\n",
    "inbox.mbox": "From ola@example.com Fri Nov 20 10:00:00 2026\nFrom: ola@example.com\nSubject: leave\n\nleave\n",
    "surveys.csv": "card,date,event\n2900041047362,2026-10-20,survey\n",
    # The export of 31 October holds 14 receipts of 1,728.92 together.
    "till-totals.csv": "date,store,till,total,receipts\n2026-10-31,Rynek,,1728.92,14\n",
}
DRAWS = """
  advent draw:
    dates: 2026-10-01 to 2026-11-30
    one_ticket_for_every: 50.00
    prizes: {tea set: 1}
    claim_within: 14 days
    randomness: {from: dice, at: 2026-12-05 20:00}
  guess the weight:
    dates: 2026-10-01 to 2026-11-30
    contest: highest result
    prizes: {basket: 1}
    claim_within: 14 days
"""
GIFTS = "  gifts: {mug: 400}\n"
# Accounts by number, as the form of Symfonia needs them.
ACCOUNTS = ", ".join(f"{name}: {701 + place}" for place, name in enumerate(bookkeeping.ACCOUNTS))
SOLD = "coupons: {next visit: {treatment: sold, owed_from: sale}}"
BOOKS = f"\nbooks: {{policy: deferral, {SOLD}, accounts: {{{ACCOUNTS}}}}}\n"
OPENED = ("loyalty program adopt", "loyalty draw open 'advent draw'")
# A draw is closed after its last day and before its number is known, and run after that.
LATER = {
    "loyalty recalc --as-of": "2026-12-05T12:00:00+00:00",
    "loyalty draw close": "2026-12-05T12:00:00+00:00",
    "loyalty draw void": "2026-12-05T12:00:00+00:00",
    "loyalty draw run": "2026-12-06T12:00:00+00:00",
}
CLOSED = (
    *OPENED,
    "loyalty draw entry 'advent draw' --card 2900041047362 --count 2 --key 'letter 18' --by Ewa",
    "loyalty recalc --as-of 2026-11-30",
    "loyalty draw close 'advent draw' --accept-late",
)
A_COMPLAINT = ("loyalty feedback complaint add 2900041047362 --text 'the lamp hums' --by Ewa",)
# What has to happen before the examples of a command.
BEFORE = {
    "month evidence": ("loyalty month close 2025-01 --yes-without all --accept-open --yes",),
    "draw open": OPENED[:1],
    "draw entry": OPENED,
    "draw result": (*OPENED, "loyalty draw open 'guess the weight'"),
    "draw close": CLOSED[:-1],
    "draw void": CLOSED,
    "draw run": CLOSED,
    "draw redraw": ("loyalty draw claim 'autumn draw' 2 --refuse --by Ewa",),
    "redeem gift": OPENED[:1],
    "coupons sell": (
        OPENED[0],
        "loyalty coupons make 'next visit' --count 1 --key leaflet",
    ),
    "books export": OPENED[:1],
    "revert": ("loyalty give 2900041047362 points 50 --by Ewa --reason 'spilled tea'",),
    "restore": ("loyalty backup",),
    "feedback answer": A_COMPLAINT,
    "feedback close": A_COMPLAINT,
    "feedback show": A_COMPLAINT,
}
# What an example ends with, where it is not 0: the till of the example differs, there has been no night, nothing is doubtful.
ENDS = {
    "loyalty import reconcile --store": 31, "loyalty status --max-age": 30, "loyalty till audit": 30, "loyalty nightly": 24,
    "loyalty messages resolve": 2,
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(made_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = shutil.copytree(made_demo, tmp_path_factory.mktemp("examples") / "shop")
    program = (shop / "program.yaml").read_text(encoding="utf-8")
    changed = program.replace("  pays_up_to: 50%\n\ndiscounts", f"  pays_up_to: 50%\n{GIFTS}\ndiscounts")
    changed = changed.replace("\nnightly:", f"{DRAWS}{BOOKS}\nnightly:")
    (shop / "program-with-draws.yaml").write_text(changed, encoding="utf-8")
    for name, text in LISTS.items():
        (shop / name).write_text(text, encoding="utf-8")
    return shop


def test_every_command_has_an_example() -> None:
    assert {name for name, _ in commands()} == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - SCREENS - ENGINES))
def test_the_examples_of(name: str, demo: Path, tmp_path: Path) -> None:
    shop = shutil.copytree(demo, tmp_path / "shop")
    if any("adopt" in line for line in BEFORE.get(name, ())):
        shutil.copyfile(shop / "program-with-draws.yaml", shop / "program.yaml")
    for line in BEFORE.get(name, ()):
        typed(line, shop, ends=0)
    for line in EXAMPLES[name]:
        ends = next((code for start, code in ENDS.items() if line.startswith(start)), 0)
        typed(line, shop, ends=ends)


def typed(line: str, shop: Path, *, ends: int) -> None:
    """Type a line as in a shell; what goes into a file is in it."""
    program, *words = shlex.split(line)
    assert program == "loyalty"
    into = words[words.index(">") + 1] if ">" in words else ""
    clock = next((now for start, now in LATER.items() if line.startswith(start)), "2026-11-21T10:00:00+00:00")
    words = words[: words.index(">")] if into else words
    # A fork has everything imported, which is half of the time that a process of its own needs.
    if hasattr(os, "fork"):
        forked = loyalty(shop, shlex.join(words), now=clock)
        code, out, err = forked.code, forked.out, forked.err
    else:
        done = run(*words, folder=shop, LOYALTY_NOW=clock)
        code, out, err = done.returncode, done.stdout, done.stderr
    assert code == ends, f"{line}\n{out}{err}"
    if into:
        assert out


def test_help_shows_the_examples_as_they_are_typed(tmp_path: Path) -> None:
    said = run("import", "purchases", "-h", folder=tmp_path).stdout
    examples = "Examples:\n" + "".join(f"  {line}\n" for line in EXAMPLES["import purchases"])
    before, _, after = said.partition(examples)
    assert "Options:" in after
    assert "--" not in before.replace("--help", "")


def test_the_manual_page_has_every_command_option_and_example(tmp_path: Path) -> None:
    page = run("man", folder=tmp_path).stdout.replace("\\-", "-").replace("\\&", "").replace("\\e", "\\")
    for name, each in commands():
        assert re.search(rf"^\.SS loyalty {name}\b", page, re.MULTILINE), name
        assert [line for line in EXAMPLES.get(name, ()) if line not in page] == []
        options = [option for each in each.params if not getattr(each, "hidden", False) for option in each.opts if option[0] == "-"]
        assert [option for option in options if option not in page] == []


@pytest.mark.parametrize(("language", "letters"), [("pl", "ąęśćżłó"), ("ru", "бвгдежзийклмнпрст"), ("ro", "ăâîșț")])
def test_the_manual_page_is_written_in_the_language_asked_for(language: str, letters: str, tmp_path: Path) -> None:
    lines, english = (run("man", *words, folder=tmp_path).stdout.splitlines() for words in (["--lang", language], []))
    # Whatever is a sentence is another one; requests, names of options and examples stay as they are.
    same = [line for line in lines if line in set(english) and line[0] != "." and line.endswith(".") and len(line.split()) > 3]
    assert same == []
    assert set(letters) <= set("".join(lines))


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_man_can_read_the_manual_page(tmp_path: Path) -> None:
    import subprocess

    page = run("man", folder=tmp_path).stdout
    made = subprocess.run(["groff", "-man", "-ww", "-Kutf8", "-Tutf8"], input=page, capture_output=True, text=True, check=True)
    assert made.stderr == ""
    assert "loyalty import purchases" in made.stdout
