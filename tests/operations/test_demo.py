"""The demo: a whole shop, the same whenever and wherever it is made, and a working one afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.demo import demo
from loyalty_cli.operations.shop.demo import demo_shop
from loyalty_cli.operations.shop.demo import Step
from loyalty_cli.operations.shop.samples import sample_folder
from sample_data.make_demo_shop import make_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, list[Step]]:
    """A demo and its steps."""
    shop = demo_shop(tmp_path_factory.mktemp("demo") / "shop")
    return shop, list(demo(shop))


def step_of(steps: list[Step], command: str) -> Step:
    """The step whose command begins so."""
    return next(step for step in steps if step.command.startswith(f"loyalty {command}"))


def test_every_step_is_well_but_the_import_says_that_rows_were_set_aside(
    played: tuple[Shop, list[Step]],
) -> None:
    _, steps = played
    ends = {step.command: step.outcome.exit_code for step in steps if step.outcome.exit_code}
    imported = "loyalty import purchases exports/rynek.csv exports/dworzec.csv exports/ogrody.csv"
    assert ends == {imported: ExitCode.SET_ASIDE}


def test_the_till_s_own_total_is_what_came_in_and_what_was_set_aside(
    played: tuple[Shop, list[Step]],
) -> None:
    _, steps = played
    last = (sample_folder("sample_data") / "shop/exports/rynek.csv").read_text("cp1250").splitlines()[-1]
    assert last.split(";")[9] == "247 047,82"
    # The receipt set aside holds 17.45 + 59.80 + 9.90 + 0.50 = 87.65; 247,047.82 - 87.65 = 246,960.17.
    files = step_of(steps, "import purchases exports/rynek").outcome.data["files"]
    assert isinstance(files, list)
    assert files[0]["file"] == "rynek.csv"
    assert files[0]["total"] in {"246960.17", 24696017}


def test_two_demos_have_the_same_figures_codes_and_winners(played: tuple[Shop, list[Step]], tmp_path: Path) -> None:
    _, steps = played
    again = list(demo(demo_shop(tmp_path / "again")))
    tables = [[table.rows for table in step.outcome.tables] for step in steps]
    assert tables == [[table.rows for table in step.outcome.tables] for step in again]
    for command in ("draw close", "draw run", "recalc", "coupons issue"):
        mine, other = dict(step_of(steps, command).outcome.data), dict(step_of(again, command).outcome.data)
        mine.pop("folder", None)
        other.pop("folder", None)
        assert mine == other


def test_the_demo_shows_four_reports_that_have_rows(played: tuple[Shop, list[Step]]) -> None:
    _, steps = played
    assert [step.outcome.tables[0].name for step in steps[-4:]] == [
        "tiers",
        "near-tier",
        "coupons",
        "liability",
    ]
    assert all(step.outcome.tables[0].rows for step in steps[-4:])


def test_a_second_recalculation_of_everybody_posts_nothing(played: tuple[Shop, list[Step]]) -> None:
    shop, _ = played
    assert recalc(shop, everyone=True).data["entries"] == 0


def test_a_demo_is_its_owner_s_alone_whatever_the_umask_is(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        demo_shop(tmp_path / "demo")
    finally:
        os.umask(before)
    open_to_others = [path for path in (tmp_path / "demo").rglob("*") if path.is_dir() and path.stat().st_mode & 0o077]
    assert open_to_others == []
    assert (tmp_path / "demo").stat().st_mode & 0o077 == 0


def test_the_demo_does_not_touch_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        demo_shop(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_sample_s_files_are_what_its_script_makes(tmp_path: Path) -> None:
    make_shop(tmp_path)
    shop = sample_folder("sample_data") / "shop"
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert made == sorted(path.relative_to(shop) for path in shop.rglob("*.csv"))
    for path in made:
        assert (tmp_path / path).read_bytes() == (shop / path).read_bytes(), path
