"""Worked examples are kept as they were read: they are played each time, and read anew as soon as anything of them changes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.operations.in_force import EXAMPLES
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.program import examples as examples_read
from loyalty_cli.store.settings import save_settings
from loyalty_cli.store.settings import settings
from tests.operations.small_shop import ANA
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from tests.operations.small_shop import SmallShop

# The small shop gives a point for each whole 1.00.
HOLDS = """\
- example: seventy bring seventy
  purchases: [{on: 2026-09-01, paid: 70.00}]
  until: 2026-09-30
  then: {points: 70}
"""


def known(there: SmallShop) -> str:
    with there.shop.reading() as connection:
        return settings(connection).get(EXAMPLES, "")


def recalculated(there: SmallShop, examples: str) -> None:
    (there.shop.folder / "examples.yaml").write_text(examples, encoding="utf-8")
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    recalc(there.shop)


def test_examples_that_were_read_before_hold_without_their_file_being_read_again(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    recalculated(there, HOLDS)
    assert "seventy" in known(there)
    monkeypatch.setattr(examples_read, "Examples", None)
    monkeypatch.setattr(sys.modules["loyalty_cli.operations.worked_examples"], "Examples", None)
    assert check_program(there.shop).data["examples"] == 1


def test_what_changed_is_read_and_what_does_not_hold_any_more_is_told_at_its_line(there: SmallShop) -> None:
    recalculated(there, HOLDS)
    file = there.shop.folder / "examples.yaml"
    file.write_text(HOLDS + HOLDS.replace("seventy bring", "again seventy bring"), encoding="utf-8")
    assert check_program(there.shop).data["examples"] == 2
    file.write_text(HOLDS, encoding="utf-8")
    # Twice the points now: the example, whose kept form is still that of its text, says 70 where 140 come out.
    program = there.shop.program.read_text(encoding="utf-8")
    there.shop.program.write_text(program.replace("{points: 1, for_every: 1.00}", "{points: 2, for_every: 1.00}"), encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        check_program(there.shop)
    assert [problem.line for problem in caught.value.problems] == [4]
    assert "140" in str(caught.value.problems[0].what)


def test_a_damaged_form_is_not_taken(there: SmallShop) -> None:
    recalculated(there, HOLDS)
    with there.shop.changing() as connection:
        save_settings(connection, {EXAMPLES: known(there).replace('"points"', '"point"')})
    assert check_program(there.shop).data["examples"] == 1


def test_examples_with_a_mistake_are_not_kept_and_stop_no_recalculation(there: SmallShop) -> None:
    recalculated(there, HOLDS)
    (there.shop.folder / "examples.yaml").write_text("- example: [", encoding="utf-8")
    there.export("market-10.csv", [sold(2, "2026-10-03 10:00", ANA, "50.00")])
    recalc(there.shop)
    assert known(there) == ""
