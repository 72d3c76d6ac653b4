"""Returns where a cap has kept points back: the whole road, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns_and_other_rules import BY_POINTS
from tests.operations.test_returns_and_other_rules import qualifying
from tests.operations.test_returns_and_other_rules import quiet
from tests.operations.test_returns_and_other_rules import with_terms

if TYPE_CHECKING:
    from pathlib import Path


def left(folder: Path, caps: str, *rows: str) -> tuple[int, int]:
    """The points in the end, and what counts towards the tier; rows are day of March, number, product, zlotys, sale."""
    cells = [row.split() for row in rows]
    lines = [
        f"{number},2026-03-{day} 10:00:00,Market,2901,{product},x,{'-' if zlotys.startswith('-') else ''}1,{zlotys}.00,{''.join(sale)},"
        for day, number, product, zlotys, *sale in cells
    ]
    shop = shop_with(folder, *lines, program=with_terms(f"at_most: {{{caps}}}", BY_POINTS))
    points = stand(shop)["2901"][0]
    assert quiet(shop)
    return points, qualifying(shop)


def test_what_came_back_of_no_known_purchase_takes_later_what_a_cap_had_spared(tmp_path: Path) -> None:
    bought = ("02 1 X 80", "03 2 X 60", "05 3 Z -30")
    # 80, and 20 of 60. 140 less 30 are 110: still 100.
    assert left(tmp_path / "spared", "month: 100", *bought) == (100, 100)
    # Without the first it is 60 less 30.
    assert left(tmp_path / "taken", "month: 100", *bought, "06 4 X -80 1") == (30, 30)


def test_each_receipt_has_what_it_would_have_had_only_the_rest_been_bought(tmp_path: Path) -> None:
    # 50, 10 of the same day, 40, 0 of 30.
    bought = ("02 1 X 80", "02 2 X 80", "03 5 X 80", "04 6 X 30")
    caps = "receipt: 50, day: 60, month: 100"
    assert left(tmp_path / "all", caps, *bought) == (100, 100)
    # Without the first: 50, 50, 0. Of 80.00 in the third 30.00 stay, too: 50, 30, 20.
    assert left(tmp_path / "first", caps, *bought, "05 7 X -80 1") == (100, 100)
    assert left(tmp_path / "both", caps, *bought, "05 7 X -80 1", "06 8 X -50 5") == (100, 100)
    # Of the second 40.00 stay as well: 40, 30, 30. And then of the last 20.00: 40, 30, 20.
    more = ("05 7 X -80 1", "06 8 X -50 5", "07 9 X -40 2")
    assert left(tmp_path / "more", caps, *bought, *more) == (100, 100)
    assert left(tmp_path / "less", caps, *bought, *more, "08 10 X -10 6") == (90, 90)
    # A receipt of 80.00 that keeps 40.00 loses the 10 that its own cap let through beyond: 40 + 50 + 10.
    assert left(tmp_path / "own", "receipt: 50, month: 100", *bought[:1], *bought[2:], "05 7 X -40 1") == (100, 100)
