"""Every kind of reward, discount and prize stands in a simulation with what it costs, worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.simulation.simulate import simulate
from loyalty_cli.operations.simulation.simulate import Wished
from loyalty_cli.rules.all_rules import ALL_RULES
from loyalty_cli.store.simulation.sold import usual_prices
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome

# The shop's one receipt: a tea for 60.00, after which its member is a friend; then a cake for 40.00, with 5 % off as a friend.
PROGRAM = """program: P
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points: {earn: {basic: {points: 1, for_every: 1.00}}, one_point_pays: 0.05}
tiers:
  by: spend
  counted_over: lifetime
  going_down: never
  ladder: {guest: {at_least: 0}, friend: {at_least: 50, discount: 5%}}
discounts:
  together: one after another
  offers:
    cakes: {discount: 10%, only: {categories: [cake]}}
    off: {take_off: 1.00, basket_at_least: 50.00}
coupons:
  twenty: {worth: 20.00, valid_for: 30 days}
  tenth: {discount: 10%, valid_for: 30 days}
gifts:
  mug: {stock: 9, costs: 9.00}
  cup: {stock: 9, costs: 4.00}
draws:
  spring: {dates: 2026-01-01 to 2026-02-15, one_ticket_for_every: 10.00, prizes: {kettle: {count: 2, worth: 150.00}}}
rewards:
  a: {when: {one_purchase: 50.00}, give: {points: 100}}
  b: {when: {one_purchase: 50.00}, give: {coupon: twenty}}
  c: {when: {one_purchase: 50.00}, give: {coupon: tenth}}
  d: {when: {one_purchase: 50.00}, give: {free_item: {free: tea, valid_for: 30 days}}}
  e: {when: {one_purchase: 50.00}, give: {gift: mug}}
  f: {when: {one_purchase: 50.00}, give: {gift: [mug, cup]}}
  g: {when: {one_purchase: 50.00}, give: {gift_for: {one_unit_of: cake, price: 15.00, valid_for: 30 days}}}
  h: {when: {one_purchase: 50.00}, give: {gift_for: {one_unit_of: tea, discount: 80%, valid_for: 30 days}}}
  i: {when: {one_purchase: 50.00}, give: {voucher: {worth: 15.00, valid_for: 30 days}}}
  j: {when: {one_purchase: 50.00}, give: {badge: buyer, tickets: 3 in spring, message: thanks, tier: {tier: friend, valid_for: 3 months}}}
"""
COSTS = {
    # 60 points for the tea; the cake costs 40.00 whatever would have come off it: 40.
    ("points.basic", "points"): 5_00,
    # 100 points at 0.05.
    ("rewards.a", "points"): 5_00,
    ("rewards.b", "coupon:twenty"): 20_00,
    # 10 % of the average receipt of 50.00.
    ("rewards.c", "coupon:tenth"): 5_00,
    # The only tea that was sold cost 60.00, the only cake 40.00.
    ("rewards.d", "coupon:d"): 60_00,
    ("rewards.e", "gift:mug"): 9_00,
    # The dearer one: the member chooses.
    ("rewards.f", "gift:mug | cup"): 9_00,
    ("rewards.g", "coupon:g"): 25_00,
    ("rewards.h", "coupon:h"): 48_00,
    ("rewards.i", "coupon:i"): 15_00,
    # Off the tea; off the cake first 5 % of 40.00, then 10 % of the 38.00 that are left.
    ("discounts.off", "discount"): 1_00,
    ("tiers", "tier:friend"): 2_00,
    ("discounts.cakes", "discount"): 3_80,
    ("draws.spring", "prizes"): 300_00,
}


def test_no_kind_is_missing_here() -> None:
    rewards = yaml.safe_load(PROGRAM)["rewards"].values()
    assert {word for reward in rewards for word in reward["give"]} == set(ALL_RULES["give"])


def test_every_kind_by_hand(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=1)
    put_receipts(shop, Receipt("1", 1, day("2026-01-05"), (("tea", 60_00),)), Receipt("2", 1, day("2026-02-05"), (("cake", 40_00),)))
    recalc(shop)
    outcome = simulate(shop, [shop.program], Wished(last=day("2026-02-20")))
    assert {key: cost for key, cost in costs(outcome).items() if cost} == COSTS
    total = next(each for each in outcome.tables if each.name == "simulation")
    columns = [column.name for column in total.columns]
    for row in total.rows:
        named = dict(zip(columns, row, strict=True))
        assert named["cost"] == sum(COSTS.values())
        assert (named["discounts"], named["prizes"]) == (6_80, 300_00)
    assert not any("not known" in note.text for note in total.notes)


def test_what_an_earlier_version_gave_for_free_costs_what_it_was_sold_for(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=1)
    put_receipts(shop, Receipt("1", 1, day("2026-01-05"), (("tea", 60_00),)), Receipt("2", 1, day("2026-02-05"), (("cake", 40_00),)))
    adopt_program(shop, from_day=day("2026-01-01"), by="Ewa")
    text = "\n".join(line for line in PROGRAM.splitlines() if "tea" not in line)
    shop.program.write_text(text, encoding="utf-8")
    adopt_program(shop, from_day=day("2026-02-10"), by="Ewa")
    recalc(shop)
    outcome = simulate(shop, [shop.program], Wished(last=day("2026-02-20")))
    # The only tea that was sold cost 60.00.
    assert costs(outcome)["rewards.d", "coupon:d"] == 60_00


def test_prizes_do_not_grow_with_what_is_bought(tmp_path: Path) -> None:
    """1,000.00 at 30 % leave 300.00; 1,000 points at 0.05 are 50.00, a kettle is 30.00: 80 / (300 - 50) = 32 %.

    A tenth more leaves 30.00, and costs 55.00 + 30.00.
    """
    program = PROGRAM[: PROGRAM.index("tiers:")] + PROGRAM[PROGRAM.index("draws:") : PROGRAM.index("rewards:")]
    shop = make_shop(tmp_path / "shop", program.replace("{count: 2, worth: 150.00}", "{count: 1, worth: 30.00}"), members=1)
    put_receipts(shop, Receipt("1", 1, day("2026-01-05"), (("tea", 1000_00),)))
    recalc(shop, as_of=day("2026-02-20"))
    outcome = simulate(shop, [shop.program], Wished(last=day("2026-02-20"), margin=3000, uplift=1000))
    (row,) = {row[1:] for each in outcome.tables if each.name.endswith("pays") for row in each.rows}
    assert row == (1000_00, 80_00, 3200, 30_00, 85_00, -55_00)


def test_a_receipt_that_was_taken_back_tells_no_price(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=1)
    cakes = (("1", 40_00), ("2", 50_00), ("3", 99_00))
    put_receipts(shop, *(Receipt(number, 1, day("2026-01-05"), (("cake", price),)) for number, price in cakes))
    with shop.changing() as connection:
        connection.execute("UPDATE receipt SET gone = id WHERE number = '3'")
        # (40.00 + 50.00) / 2; of tea nothing was sold.
        assert usual_prices(connection, ["cake", "tea"]) == {"cake": 45_00}


def costs(outcome: Outcome) -> dict[tuple[str, str], int]:
    """The cost of each rule and asset."""
    table = next(each for each in outcome.tables if each.name == "rules")
    places = [[column.name for column in table.columns].index(name) for name in ("rule", "asset", "cost")]
    return {(str(row[places[0]]), str(row[places[1]])): int(row[places[2]] or 0) for row in table.rows}
