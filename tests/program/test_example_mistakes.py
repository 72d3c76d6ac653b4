"""What an owner gets wrong in a worked example is told with its line, and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.model.money import currency_named
from loyalty_cli.program.examples import Examples
from loyalty_cli.render.mistakes import mistake_lines

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """\
- example: some tea
  purchases: [{on: 2027-01-10, receipt: A, paid: 520.00}]
  returns: [{on: 2027-01-12, of: A, paid: 100.00}]
  friends: [{joined: 2027-01-05, purchases: [{on: 2027-01-06, paid: 80.00}]}]
  until: 2027-01-31
  then: {points: 5}
"""


def problems_of(folder: Path, text: str) -> list[tuple[int, str]]:
    """The line of each mistake with what is said of it."""
    (folder / "examples.yaml").write_text(text, encoding="utf-8")
    try:
        Examples(folder / "examples.yaml", currency=currency_named("PLN")).problems.stop_if_any()
    except Mistakes as told:
        return [(problem.line, " ".join(mistake_lines(problem, "en"))) for problem in told.problems]
    return []


@pytest.mark.parametrize(
    ("stood", "written", "line", "says"),
    [
        ("receipt: A, paid: 520.00", "receipt: A", 2, ("either paid or lines", "Write one of them")),
        ("receipt: A, paid: 520.00", "receipt: A, paid: 520.00, lines: [{paid: 5.00}]", 2, ("either paid or lines",)),
        ("of: A, paid: 100.00", "of: A", 3, ("either paid or lines",)),
        ("of: A", "of: B", 3, ("no receipt B", "receipt: B")),
        ("purchases: [{on: 2027-01-06, paid: 80.00}]", "returns: [{on: 2027-01-06, of: C, paid: 8.00}]", 4, ("no receipt C",)),
        ("paid: 520.00", "paid: 520.00, at: 9.30", 2, ("9.30 is not a time of day", "Write 9:30.")),
        ("paid: 520.00", "paid: 520.00, at: 25:00", 2, ("25:00 is not a time of day", "Write 10:30.")),
        ("paid: 520.00", "paid: 520.00 EUR", 2, ("not a number alone", "Write 520.00.")),
    ],
)
def test_a_mistake_in_an_example_is_told_at_its_line(stood: str, written: str, line: int, says: tuple[str, ...], tmp_path: Path) -> None:
    ((at, said),) = problems_of(tmp_path, SOUND.replace(stood, written, 1))
    assert at == line
    assert all(part in said for part in says)


def test_an_amount_may_stand_beside_lines_that_come_to_it(tmp_path: Path) -> None:
    assert problems_of(tmp_path, SOUND) == []
    assert problems_of(tmp_path, SOUND.replace("paid: 520.00", "paid: 520.00, lines: [{paid: 500.00}, {paid: 20.00}]")) == []
