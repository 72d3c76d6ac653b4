"""What the database cuts out of a state: the same points as in all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.replay.in_snapshot import lots_in
from loyalty_cli.replay.in_snapshot import lots_of
from loyalty_cli.replay.in_snapshot import POINTS
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, usable_after: 14 days, lapse_after: 12 months, one_point_pays: 0.10}
"""


@pytest.mark.parametrize("other", [None, "", "[2,1,2]", '{"lots": []}', "null"])
def test_points_cut_out_of_a_state_are_those_in_it(other: str | None, tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    first = day_from_iso("2026-01-05")
    put_receipts(shop, *(Receipt(str(number), 1, first + 9 * number, (("tea", 10_00 + number),)) for number in range(8)))
    recalc(shop, as_of=first + 200)
    with shop.changing() as connection:
        if other is not None:
            connection.execute("UPDATE standing SET state = ?", (other,))
        found = [(lots_in(cut), lots_of(state)) for cut, state in connection.execute(f"SELECT {POINTS}, state FROM standing")]
    assert [cut for cut, _ in found] == [whole for _, whole in found]
    assert any(cut for cut, _ in found) is (other is None)
    # Where a state of another form does not tell when they lapse, the points are there all the same.
    (table,) = report(shop, "ageing", Wanted()).tables
    assert sum(int(row[2] or 0) for row in table.rows) == 80
