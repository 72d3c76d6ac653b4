"""A program as it was read makes the same program again; whatever is wrong with it, the text is read instead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.program import load
from loyalty_cli.program.as_read import as_read
from loyalty_cli.program.as_read import content_of
from loyalty_cli.program.as_read import program_kept
from loyalty_cli.program.canonical import canonical
from loyalty_cli.program.settings_list import settings_of

ROOT = Path(__file__).parents[2]
# Every sample, and the examples of every kind of rule.
PROGRAMS = sorted([*(ROOT / "programs").rglob("program.yaml"), *(ROOT / "tests/rules").rglob("program.yaml")])
SOURCE = (ROOT / "programs/everything/program.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: f"{file.parent.parent.name}-{file.parent.name}")
def test_every_program_is_the_same_without_its_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = file.read_text(encoding="utf-8")
    program = load.program_of(source, "program.yaml")
    form = as_read(program)
    monkeypatch.setattr(load, "program_of", lambda *_: pytest.fail("the file was read"))
    again = program_kept(source, form)
    assert again is not program
    assert again == program
    assert repr(again).removeprefix("Kept") == repr(program).removeprefix("Program")
    # What the file says and what is as usual stay apart.
    assert settings_of(again) == settings_of(program)
    assert canonical(again) == canonical(program)


def test_what_a_program_has_found_while_it_was_used_is_not_kept() -> None:
    text = "tiers: {by: spend, counted_over: 12 months, ladder: {guest: {at_least: 0}, friend: {at_least: 9.00}}}\n"
    program = load.program_of(f"program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n{text}", "program.yaml")
    before = as_read(program)
    program.ladder.counted_over.review_without(program.starts, program.starts + 1, program.starts)
    program.ladder.counted_over.period(program.starts, program.starts)
    assert as_read(program) == before


def damaged(form: str) -> list[str]:
    """Forms that were cut, written by others, or ask for what is no value of ours."""
    said = json.loads(form)

    def with_program(program: object) -> str:
        return json.dumps({**said, "program": program}, separators=(",", ":"))

    ((program, content),) = said["program"].items()
    return [
        "",
        form[:200],
        form[:-1],
        with_program({"os:system": {"command": "true"}}),
        with_program({"loyalty_cli.program.load:load_program": {"path": "x"}}),
        with_program({"loyalty_cli.program.as_read:Path": {}}),
        with_program({"loyalty_cli.program.gone:Program": content}),
        with_program({program: {**content, "milk": 1}}),
        with_program({program: {**content, "earn": {"two": [], "kinds": []}}}),
        with_program({program: {**content, "earn": {"fraction": "1/0"}}}),
        with_program([]),
        json.dumps({**said, "code": "other code"}),
        json.dumps({**said, "source": f"{SOURCE}\n"}),
        "[]",
    ]


@pytest.mark.parametrize("which", range(14))
def test_a_form_that_does_not_fit_is_not_taken(which: int) -> None:
    program = load.program_of(SOURCE, "program.yaml")
    assert program_kept(SOURCE, damaged(as_read(program))[which]) == program


def test_a_form_is_of_its_text_alone() -> None:
    form = as_read(load.program_of(SOURCE, "program.yaml"))
    assert content_of(SOURCE, form) is not None
    assert content_of(f"{SOURCE}\n", form) is None
    assert program_kept(f"# longer\n{SOURCE}", form).source == f"# longer\n{SOURCE}"


def test_an_adopted_text_keeps_the_money_that_stands_behind_its_amounts() -> None:
    # A text from before that was looked at; the file with it is asked about as soon as it is read as a file.
    source = SOURCE.replace("basket_at_least: 60.00", "basket_at_least: 60.00 EUR")
    with pytest.raises(Mistakes):
        load.program_of(source, "program.yaml")
    assert program_kept(source, "").coupons == load.program_of(SOURCE, "program.yaml").coupons
