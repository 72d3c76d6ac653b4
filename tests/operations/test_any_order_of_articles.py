"""The order in which a shop came to know its articles decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.imports.till_shop import asked
from tests.operations.test_returns import bring
from tests.operations.test_returns import PROGRAM
from tests.operations.test_returns import shop_with
from tests.operations.test_returns import stand
from tests.operations.test_returns import use

if TYPE_CHECKING:
    from pathlib import Path

TEA = "tiers: {by: spend, counted_over: lifetime, only: {categories: [tea]}, ladder: {guest: {at_least: 0}}}\n"
TOLD_APART = "rewards: {r: {when: {different: 2 categories}, give: {badge: both}}}\n"


def test_the_last_coin_of_what_points_paid_falls_on_the_same_category_whichever_was_known_first(tmp_path: Path) -> None:
    # 0.50 of 64.98 are 0.15382 of each 19.99 and 0.19236 of 25.00: 0.15 + 0.19 + 0.15, and the last coin falls on bread. Tea: 19.84.
    prices = {"bread": "19.99", "cup": "25.00", "tea": "19.99"}
    goods = [f"3,2026-03-02 10:00:00,Market,2901,{name},{name},1,{price},," for name, price in prices.items()]
    known = [f"{number},2026-03-01 10:00:00,Market,2902,{name},{name},1,5.00,," for number, name in enumerate(prices, 7)]
    for name, way in (("one", 1), ("other", -1)):
        shop = shop_with(tmp_path / name, *known[::way], program=PROGRAM + TEA + TOLD_APART)
        bring(shop, "1,2026-03-01 10:00:00,Market,2901,X,x,1,50.00,,")
        stand(shop, "2026-03-01")
        use(shop, 5, basket="64.98", receipt="3", day="2026-03-02")
        bring(shop, *goods)
        stand(shop)
        select = "SELECT qualifying FROM standing JOIN card ON card.member_id = standing.member_id WHERE number = '2901'"
        assert asked(shop, select) == [(1984,)]
