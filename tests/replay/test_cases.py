"""Worked examples of whole histories that once came out wrong: a program and what a member should have."""

from __future__ import annotations

from pathlib import Path

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.program.load import load_program
from loyalty_cli.render.mistakes import mistake_lines

CASES = sorted(folder for folder in (Path(__file__).parent / "cases").iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_examples_of_a_case_hold(folder: Path) -> None:
    assert checked(load_program(folder / "program.yaml"), folder / "examples.yaml")[0] >= 2


def test_points_that_pay_on_a_receipt_that_is_not_there_are_told(tmp_path: Path) -> None:
    example = "- {example: typing, purchases: [{on: 2026-03-02, receipt: A, paid: 85.00}], until: 2026-03-31, then: {},"
    uses = "   points_used: [{on: 2026-03-02, points: 150, receipt: B}]}"
    (tmp_path / "examples.yaml").write_text(f"{example}\n{uses}\n", encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        checked(load_program(CASES[0] / "program.yaml"), tmp_path / "examples.yaml")
    said = [line for problem in caught.value.problems for line in mistake_lines(problem, "en")]
    assert said[0].endswith("There is no receipt B.")
    assert said[-1].strip() == "help: Write it at one of the purchases: receipt: B."
