"""A shop of two members whose every figure can be worked by hand: points of two rules, a coupon, a mug, a tier, costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.recalc import recalc
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """
program: Case
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
    tea: {points: 1, for_every: 1.00, only: {categories: [tea]}}
  one_point_pays: 0.05
tiers: {by: spend, counted_over: lifetime, going_down: never, ladder: {guest: {at_least: 0}, friend: {at_least: 100, discount: 10%}}}
coupons: {next visit: {worth: 5.00, valid_for: 30 days}}
gifts: {mug: {costs: 12.00}}
rewards:
  big: {when: {one_purchase: 100.00}, give: {coupon: next visit}}
  mug: {when: {one_purchase: 300.00}, give: {gift: mug}}
books: {expected_use: 80%}
"""
COSTS = """
costs:
  set_up: {cards: 60.00, printing: {amount: 20.00, on: 2025-12-20, words: posters}}
  each_month: {tool: {amount: 5.00, since: 2026-02-01}}
  margin: 40%
  uplift: 25%
"""
RECEIPTS = (
    Receipt("1", 1, day("2026-01-10"), (("bread", 100_00),)),
    Receipt("2", 2, day("2026-01-20"), (("tea", 40_00),)),
    Receipt("3", 1, day("2026-02-10"), (("bread", 50_00),)),
    Receipt("4", 2, day("2026-02-15"), (("bread", 300_00),)),
)
SOMEBODY = """
INSERT INTO receipt (store_id, number, at, day, clock, total, returned, loyalty, import_id, content, gone)
VALUES (1, '5', 0, ?, 36000, 3000, 0, 0, 1, 0, 0)
"""
COUPON = """
INSERT INTO coupon (id, key, code, member_id, rule_id, asset_id, cause_kind, cause_id, due_on, issued_on, from_day, until_day, terms)
SELECT 1, 'k', 'AAAA', 1, rule.id, asset.id, 1, 1, :day, :day, :day, :day + 30, '{"worth": 500}' FROM rule, asset
 WHERE rule.name = 'rewards.big' AND asset.name = 'coupon:next visit'
"""
USE = """
INSERT INTO redemption (member_id, kind, points, amount, coupon_id, day, clock, at, by, key) VALUES (1, ?, ?, 500, ?, ?, 0, '', '', ?)
"""
MUG = """
INSERT INTO gift_move (member_id, due_as, gift, what, cost, day, clock, at, by, key)
VALUES (2, 'mug', 'mug', 'handed out', 1200, ?, 0, '', '', 'm')
"""


def shop_with_costs(folder: Path, *, costs: str = COSTS) -> Shop:
    """The shop on the morning of 1 March; 100 points, a coupon and the mug have been used in February."""
    shop = make_shop(folder, PROGRAM + costs, members=2)
    shop = replace(shop, now=datetime(2026, 3, 1, 6, 0, tzinfo=UTC))
    put_receipts(shop, *RECEIPTS)
    with shop.changing() as connection:
        connection.execute(SOMEBODY, (day("2026-01-25"),))
        connection.execute(USE, ("points", 100, None, day("2026-02-12"), "p"))
    recalc(shop)
    with shop.changing() as connection:
        connection.execute(COUPON, {"day": day("2026-01-11")})
        connection.execute(USE, ("coupon", 0, 1, day("2026-02-12"), "c"))
        connection.execute(MUG, (day("2026-02-15"),))
    return shop
