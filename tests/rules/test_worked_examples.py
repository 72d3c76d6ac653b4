"""The worked examples of every kind of rule: a program, purchases, and what somebody should then have."""

from __future__ import annotations

from pathlib import Path

import pytest

from loyalty_cli.model.errors import Mistakes
from loyalty_cli.operations.worked_examples import checked
from loyalty_cli.program.load import load_program
from loyalty_cli.render.mistakes import mistake_lines
from tests.snapshots import Snapshot

HERE = Path(__file__).parent
FOLDERS = sorted(file.parent for file in HERE.rglob("examples.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_the_examples_hold(folder: Path) -> None:
    count = checked(load_program(folder / "program.yaml"), folder / "examples.yaml")[0]
    assert count >= 2


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_refused_settings_are_refused_in_these_words(folder: Path, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Mistakes) as caught:
        load_program(folder / "refused.yaml")
    lines = [line for problem in caught.value.problems for line in mistake_lines(problem, "en")]
    golden = Snapshot(folder, update=bool(request.config.getoption("--snapshot-update")))
    golden.check("\n".join(lines) + "\n", "refused.txt")


def test_an_example_that_names_what_the_program_has_not_is_a_mistake_in_its_line(tmp_path: Path) -> None:
    basket = "{off_this_month: {tae: 12.00, tea: 2.00}, lines: [{total: 50.00, category: tea}], coupons: [spring]}"
    example = f"- {{example: typing, until: 2026-02-01, basket: {basket}, then: {{}}}}\n"
    (tmp_path / "examples.yaml").write_text(example, encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        checked(load_program(HERE / "discounts" / "ceilings" / "program.yaml"), tmp_path / "examples.yaml")[0]
    said = [mistake_lines(problem, "en")[0] for problem in caught.value.problems]
    assert [line.split(": ", 1)[1] for line in said] == [
        "typing: there is no discount tae in this program.",
        "typing: there is no coupon spring in this program.",
    ]


def test_a_wallet_a_gift_a_tier_and_a_coupon_that_are_not_there_are_told_in_their_lines(tmp_path: Path) -> None:
    example = """\
- example: typing
  points_used:
    - {on: 2026-02-01, points: 5, wallet: bonis}
    - {on: 2026-02-01, points: 5, gift: cup}
  tiers_given: [{on: 2026-02-01, tier: gald}]
  coupons_issued: [{on: 2026-02-01, coupon: spring, until: 2026-02-02}]
  until: 2026-02-01
  then: {}
"""
    (tmp_path / "examples.yaml").write_text(example, encoding="utf-8")
    with pytest.raises(Mistakes) as caught:
        checked(load_program(HERE / "discounts" / "ceilings" / "program.yaml"), tmp_path / "examples.yaml")
    assert [mistake_lines(problem, "en")[0].removeprefix("examples.yaml:") for problem in caught.value.problems] == [
        "3:43: typing: There is no wallet bonis in this program.",
        "4:41: typing: There is no gift cup in this program.",
        "5:40: typing: There is no tier gald in this program.",
        "6:45: typing: There is no coupon spring in this program.",
    ]
