"""Every mistake an owner can make, and the very words in which it is said: errors/NAME.yaml and golden/NAME.txt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.program.load import load_program
from loyalty_cli.program.load import program_of
from loyalty_cli.render.mistakes import mistake_lines

if TYPE_CHECKING:
    from tests.snapshots import Snapshot

FILES = sorted((Path(__file__).parent / "errors").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mistake_is_said_in_these_words(file: Path, snapshot: Snapshot) -> None:
    with pytest.raises(Mistakes) as caught:
        load_program(file)
    lines = [line for problem in caught.value.problems for line in mistake_lines(problem, "en")]
    snapshot.check("\n".join(lines) + "\n", f"{file.stem}.txt")


WORDS = [
    "no",
    "yes",
    "on",
    "off",
    "12:30",
    "08:30",
    "0012345",
    "0012349",
    "1.10",
    "1e3",
    "1_000",
    "NULL",
    "~",
    "2026-01-01",
    "0x1F",
    ".inf",
]


@pytest.mark.parametrize("word", WORDS)
def test_a_name_that_yaml_would_change_stays_what_it_looks_like(word: str) -> None:
    text = f"program: {word}\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\nstores:\n  {word}: {{files: [a.csv, {word}]}}\n"
    program = program_of(text, "program.yaml")
    assert program.name == word
    assert dict(program.stores)[word].files == ("a.csv", word)


def test_a_file_larger_than_a_mebibyte_is_refused_before_it_is_read() -> None:
    with pytest.raises(Mistakes, match="mistakes: 1"):
        program_of("program: " + "x" * (1 << 20), "program.yaml")
