"""A new shop's folder."""

from __future__ import annotations

from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.layouts.layout import read_layout
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.check import check_program
from loyalty_cli.operations.shop.init import init
from loyalty_cli.operations.shop.init import list_of_templates
from loyalty_cli.operations.shop.init import TEMPLATES
from loyalty_cli.operations.shop.samples import sample_folder

if TYPE_CHECKING:
    from pathlib import Path


def shop_in(folder: Path) -> Shop:
    """A shop's folder in January 2027."""
    return Shop(
        program=folder / "program.yaml",
        database=folder / "loyalty.db",
        now=datetime(2027, 1, 31, 8, tzinfo=UTC),
        secret="0" * 64,
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_shop_is_in_order_and_can_be_recalculated(template: str, tmp_path: Path) -> None:
    shop = shop_in(tmp_path / "my-shop")
    init(shop, template=template)
    examples = check_program(shop).data["examples"]
    assert isinstance(examples, int)
    assert examples >= 6
    assert recalc(shop).data["members"] == 0


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_a_sample_with_its_three_files(template: str) -> None:
    folder = sample_folder("programs") / template
    assert {path.name for path in folder.iterdir()} == {"program.yaml", "examples.yaml", "README.md"}
    assert template in [row[0] for row in list_of_templates().tables[0].rows]


def test_the_layouts_of_a_new_shop_are_in_order(tmp_path: Path) -> None:
    init(shop_in(tmp_path), template="levels")
    kinds = {path.stem: read_layout(path).kind for path in (tmp_path / "layouts").iterdir()}
    assert kinds == {"till": "purchases", "members": "members"}


@pytest.mark.parametrize("name", ["examples.yaml", "loyalty.db", "layouts/till.yaml"])
def test_nothing_that_is_there_is_overwritten(name: str, tmp_path: Path) -> None:
    mine = tmp_path / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(Refused):
        init(shop_in(tmp_path), template="levels")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_text() == "mine"


def test_a_folder_with_a_program_gets_its_database(tmp_path: Path) -> None:
    shop = shop_in(tmp_path)
    shop.program.write_text("mine")
    init(shop, template="levels")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["loyalty.db", "program.yaml"]
    assert shop.program.read_text() == "mine"


def test_a_template_that_is_not_there_is_answered_with_the_one_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="levls") as refused:
        init(shop_in(tmp_path), template="levls")
    assert "levels" in str(refused.value.hint)
    assert not any(tmp_path.iterdir())
