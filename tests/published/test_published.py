"""Figures that other systems publish in their tests and manuals, as programs and worked examples; each file names its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.program.load import program_of

HERE = Path(__file__).parent
HEAD = "program: Published\ncurrency: EUR\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
FILES = sorted(HERE.glob("*.yaml"))


def parts(file: Path) -> list[tuple[str, str]]:
    """The programs of a file, each with its examples."""
    _, *texts = re.split(r"^--- (?:program|examples)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return list(zip(texts[::2], texts[1::2], strict=True))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_published_figures_come_out(file: Path, tmp_path: Path) -> None:
    for program, examples in parts(file):
        path = tmp_path / "examples.yaml"
        path.write_text(examples, encoding="utf-8")
        assert checked(program_of(HEAD + program, file.name), path)[0] > 0


def test_there_are_more_than_seventy_of_them() -> None:
    assert sum(examples.count("- example:") for file in FILES for _, examples in parts(file)) > 70
    assert all(file.read_text(encoding="utf-8").startswith("# Source: ") for file in FILES)
