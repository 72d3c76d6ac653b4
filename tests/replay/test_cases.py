"""Worked examples of whole histories that once came out wrong: a program and what a member should have."""

from __future__ import annotations

from pathlib import Path

import pytest

from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.program.load import load_program

CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_examples_of_a_case_hold(folder: Path) -> None:
    assert checked(load_program(folder / "program.yaml"), folder / "examples.yaml")[0] >= 2
