"""Tills that write no time: the receipts of a day go by their numbers, which grow longer as they go up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.test_returns import bring
from tests.operations.test_returns import PROGRAM
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns_and_other_rules import quiet

if TYPE_CHECKING:
    from pathlib import Path

TWICE = PROGRAM.replace("1.00}\n", "1.00}\n    friends: {multiply: 2, only: {tiers: [friend]}}\n", 1)
TIERS = "tiers: {by: spend, counted_over: lifetime, ladder: {guest: {at_least: 0}, friend: {at_least: 50}}}\n"


def test_receipt_nine_comes_before_receipt_ten(tmp_path: Path) -> None:
    rows = ("9,2026-03-10 00:00:00,Market,2901,X,x,1,60.00,,", "10,2026-03-10 00:00:00,Market,2901,X,x,1,20.00,,")
    for name, way in (("as sold", 1), ("the other way round", -1)):
        shop = shop_with(tmp_path / name, program=TWICE + TIERS)
        for row in rows[::way]:
            bring(shop, row)
        # 60 as a guest, who is a friend from 50.00 on; then twice 20.
        assert stand(shop)["2901"][0] == 100
        assert quiet(shop)
