"""`loyalty draw list` before a draw is announced: from what adoption keeps, so that it need not read the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.draws.announced_shop import announced_shop
from tests.operations.draws.announced_shop import changed
from tests.shop_builder import day

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

# One sewing machine and two fabric boxes.
PLANNED = ("spring draw", "planned", day("2027-03-01"), day("2027-05-31"), 3, None, None, None, None, None)


def listed(shop: Shop) -> list[tuple[object, ...]]:
    return list(report(shop, "draws", Wanted()).tables[0].rows)


def test_a_draw_to_come_is_listed_with_its_dates_and_prizes(tmp_path: Path) -> None:
    assert listed(announced_shop(tmp_path)) == [PLANNED]


def test_a_shop_of_an_earlier_release_lists_the_same(tmp_path: Path) -> None:
    shop = announced_shop(tmp_path)
    changed(shop, "DELETE FROM setting WHERE name = 'planned_draws'")
    assert listed(shop) == [PLANNED]
