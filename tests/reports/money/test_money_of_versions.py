"""What was given cost what it cost: coupons, draws and points that a later version of the program leaves out, or changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
"""
POINTS = "points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: PAYS}\n"
SEASON = """
coupons: {spring: {worth: 5.00, valid_for: 30 days}}
rewards: {big: {when: {one_purchase: 100.00}, give: {coupon: spring}}}
draws: {winter draw: {dates: 2026-01-01 to 2026-01-31, one_ticket_for_every: 50.00, prizes: {basket: {count: 2, worth: 30.00}}}}
"""


def test_what_a_later_version_leaves_out_or_changes_costs_what_it_did(tmp_path: Path) -> None:
    """100.00 on 10 January and 20.00 on 5 February: 120 points at 0.05, a coupon of 5.00; two baskets of 30.00 are drawn on 31 January."""
    shop = make_shop(tmp_path / "shop", HEAD + POINTS.replace("PAYS", "0.05") + SEASON, members=1)
    shop = replace(shop, now=datetime(2026, 3, 1, 6, 0, tzinfo=UTC))
    for number, on, paid in (("1", "2026-01-10", 100_00), ("2", "2026-02-05", 20_00)):
        put_receipts(shop, Receipt(number, 1, day(on), (("bread", paid),)))
    adopt_program(shop, from_day=day("2026-01-01"), by="Ewa")
    recalc(shop)

    def costs(**wanted: int) -> list[tuple[object, ...]]:
        return [(row[0], row[1], row[4]) for row in report(shop, "money", Wanted(**wanted)).tables[2].rows]  # type: ignore[arg-type]

    found = [("points.basic", "points", 6_00), ("rewards.big", "coupon:spring", 5_00), ("draws.winter draw", "prizes", 60_00)]
    assert costs() == found
    # The season is over, and so are points; from summer on each would pay twice as much.
    shop.program.write_text(HEAD, encoding="utf-8")
    adopt_program(shop, from_day=day("2026-02-10"), by="Ewa")
    recalc(shop)
    assert costs() == found
    # Points, coupons, gifts, discounts, prizes, all of it.
    assert simulate(shop, [shop.program], Wished()).tables[0].rows[0][1:7] == (6_00, 5_00, 0, 0, 60_00, 71_00)
    shop.program.write_text(HEAD + POINTS.replace("PAYS", "0.10"), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-06-01"), by="Ewa")
    recalc(shop)
    assert costs() == costs(as_of=day("2026-02-20")) == found
