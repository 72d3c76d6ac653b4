"""A return's sale that comes in only after another receipt of its number seemed to be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.test_returns import bring
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand

if TYPE_CHECKING:
    from pathlib import Path


def test_a_receipt_of_its_own_store_that_holds_the_goods_is_meant_also_where_it_comes_in_last(tmp_path: Path) -> None:
    shop = shop_with(tmp_path / "shop", "17,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,")
    stand(shop, "2026-03-03")
    bring(shop, "5,2026-03-03 10:00:00,Station,,T,tea,-1,-40.00,17,")
    # Only Market is known to have a number 17: 100 - 40.
    assert stand(shop, "2026-03-04") == {"2901": (60, 6000, 1)}
    bring(shop, "17,2026-03-02 11:00:00,Station,2902,T,tea,1,50.00,,")
    # Station's own: 50 - 40, and Market's gave 100.
    assert stand(shop, "2026-03-04") == {"2901": (100, 10_000, 1), "2902": (10, 1000, 1)}
