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


def test_points_cost_what_they_were_worth_in_their_month(tmp_path: Path) -> None:
    """100 points of January at 0.05 are 5.00 and 20 of a wallet at 0.10 2.00, 20 of February at 0.20 are 4.00 and 4 at 0.50 2.00."""
    wallet = "wallets: {cafe: {one_point_pays: CAFE}}, earn: {cafe: {points: 1, for_every: 5.00, into: cafe}, basic: {points"
    text = (HEAD + POINTS).replace("earn: {basic: {points", wallet)
    shop = make_shop(tmp_path / "shop", text.replace("PAYS", "0.05").replace("CAFE", "0.10"), members=1)
    shop = replace(shop, now=datetime(2026, 3, 1, 6, 0, tzinfo=UTC))
    put_receipts(shop, *(Receipt(on, 1, day(on), (("bread", paid),)) for on, paid in (("2026-01-10", 100_00), ("2026-02-05", 20_00))))
    recalc(shop)
    shop.program.write_text(text.replace("PAYS", "0.20").replace("CAFE", "0.50"), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-02-01"), by="Ewa")

    def costs() -> list[tuple[object, ...]]:
        return [row[:4] + row[4:6] for row in report(shop, "money", Wanted()).tables[3].rows]

    # The running month of a wallet has its new worth before anybody is worked out anew.
    assert costs() == [
        ("2026-01", "points.basic", "points", 100, 5_00, 5_00),
        ("2026-01", "points.cafe", "wallet:cafe", 20, 2_00, 2_00),
        ("2026-02", "points.basic", "points", 20, 4_00, 4_00),
        ("2026-02", "points.cafe", "wallet:cafe", 4, 2_00, 2_00),
    ]
    before = costs()
    recalc(shop)
    assert costs() == before
    notes = [str(note) for note in report(shop, "money", Wanted()).tables[0].notes]
    assert "Points count as they were worth at the end of each month." in notes
    # Four weeks until 8 January with nothing yet, until 5 February all of it: 120 x 0.20 + 24 x 0.50 = 36.00.
    assert [row[-1] for row in report(shop, "dashboard", Wanted()).tables[0].rows] == [36_00]
    put_receipts(shop, Receipt("late", 1, day("2026-02-25"), (("bread", 5),)))
    # Until 28 January: 100 x 0.05 + 20 x 0.10.
    assert [row[-1] for row in report(shop, "dashboard", Wanted()).tables[0].rows] == [7_00, 36_00]


def test_points_of_which_nobody_said_what_they_paid_paid_no_part_of_a_coin(tmp_path: Path) -> None:
    """33 x 0.0175 = 0.5775 pays 0.57, three times 1.71 on a day; 20 points pay 0.35."""
    shop = make_shop(tmp_path / "shop", (HEAD + POINTS).replace("PAYS", "0.0175"), members=1)
    shop = replace(shop, now=datetime(2026, 3, 1, 6, 0, tzinfo=UTC))
    put_receipts(shop, *(Receipt(on, 1, day(on), (("bread", 100_00),)) for on in ("2026-01-10", "2026-02-05")))
    recalc(shop)
    with shop.changing() as connection:
        use = "INSERT INTO redemption (member_id, kind, points, amount, day, clock, at, by, key) SELECT 1, 'points', ?, 0, ?, 0, '', '', ?"
        connection.executemany(use, [(points, day("2026-02-03"), str(number)) for number, points in enumerate((33, 20, 33, 33))])
    months = report(shop, "money", Wanted()).tables[1]
    used = [column.name for column in months.columns].index("used")
    assert [row[used] for row in months.rows] == [0, 1_71 + 35]


def test_a_wallet_that_was_worth_something_else_is_said(tmp_path: Path) -> None:
    text = (HEAD + POINTS).replace("PAYS", "0.05").replace("earn: {basic: {points", "wallets: {cafe: {one_point_pays: 0.10}}, "
                                   "earn: {cafe: {points: 1, for_every: 5.00, into: cafe}, basic: {points")  # fmt: skip
    shop = make_shop(tmp_path / "shop", text, members=1)
    shop = replace(shop, now=datetime(2026, 3, 1, 6, 0, tzinfo=UTC))
    put_receipts(shop, *(Receipt(on, 1, day(on), (("bread", 100_00),)) for on in ("2026-01-10", "2026-02-05")))
    recalc(shop)

    def said() -> bool:
        return "Points count as they were worth at the end of each month." in map(str, report(shop, "money", Wanted()).tables[0].notes)

    assert not said()
    shop.program.write_text(text.replace("0.10", "0.50"), encoding="utf-8")
    adopt_program(shop, from_day=day("2026-02-01"), by="Ewa")
    assert said()


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
