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


def test_a_receipt_of_the_card_elsewhere_goes_before_a_strangers_of_that_number_with_the_same_goods(tmp_path: Path) -> None:
    # Both stores have a number 17 with tea, Market's on another card: the tea of 2902 comes back to Station's, 80 - 30.
    both = ("17,2026-03-02 10:00:00,Market,2901,T,tea,1,100.00,,", "17,2026-03-02 11:00:00,Station,2902,T,tea,1,80.00,,")
    back = "5,2026-03-03 10:00:00,Market,2902,T,tea,-1,-30.00,17,"
    shop = shop_with(tmp_path / "shop", *both, back)
    assert stand(shop) == {"2901": (100, 10_000, 1), "2902": (50, 5_000, 1)}
    # Bread of Station's is not what came back: the tea is Market's, a gift that was not wanted.
    other = shop_with(tmp_path / "other", both[0], both[1].replace("T,tea", "B,bread"), back)
    assert stand(other) == {"2901": (70, 7_000, 1), "2902": (80, 8_000, 1)}
    # Without a card it is the store's own.
    nobody = shop_with(tmp_path / "nobody", *both, back.replace("2902", ""))
    assert stand(nobody) == {"2901": (70, 7_000, 1), "2902": (80, 8_000, 1)}
