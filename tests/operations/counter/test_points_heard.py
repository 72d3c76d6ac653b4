"""A reward that hears of points hears in a quote what the night will hear: also of points from before that are not in the books yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.counter.answer import quote
from loyalty_cli.operations.ledger.recalc import recalc
from tests.operations.counter.conftest import moment
from tests.operations.counter.conftest import TODAY
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: UTC
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}}
rewards:
  hundred: {when: {points_reached: 100, times: every time}, give: {badge: hundred}}
"""


def test_a_basket_reaches_what_purchases_of_today_have_begun(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, now=moment(TODAY))
    recalc(shop, as_of=TODAY - 1)
    # 70 points in the morning and 20 later, both after the night; 10.00 more make 100.
    put_receipts(shop, *(Receipt(f"A{n}", 1, TODAY, (("bread", paid),), 30_000 + n) for n, paid in enumerate((7_000, 2_000))))
    earns = quote(shop, {"card": "2901", "amount": "10.00"}).data["earns"]
    assert isinstance(earns, list)
    assert [(row["what"], row["quantity"]) for row in earns] == [("points", 10), ("badge:hundred", 1)]
