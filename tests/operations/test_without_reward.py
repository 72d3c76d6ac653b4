"""`report without-reward`: who bought and got nothing, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Without
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
stores: {Market: {}, Station: {}}
points: {earn: {tea: {points: 1, for_every: 1.00, only: {categories: [tea]}}, large: {points: 1, for_each: visit, basket_at_least: 50.00}}}
rewards:
  month: {when: {spend: 500.00, counted_over: calendar month}, give: {points: 20}}
  big: {when: {one_purchase: 200.00}, give: {points: 20}}
  cake: {when: {units: 2, only: {categories: [cake]}}, give: {points: 1}}
  station: {when: {visits: 1, only: {stores: [Station]}}, give: {points: 1}}
  summer: {when: {visits: 1, only: {dates: 2026-06-01 to 2026-08-31}}, give: {points: 1}}
  pensioners: {when: {visits: 1, only: {groups: [pensioner]}}, give: {points: 3}}
  birthday: {when: {birthday: on the day}, give: {points: 3}}
"""


def why(shop: Shop, first: str, last: str) -> list[tuple[object, ...]]:
    (table,) = report(shop, "without-reward", Wanted(first=day(first), last=day(last))).tables
    return [(*row[:1], *row[2:5], str(said_again(str(row[5])))) for row in table.rows]


def test_who_got_nothing_is_told_why_rule_by_rule(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(
        shop,
        Receipt("A1", 1, day("2026-12-01"), (("soap", 4_000),)),
        Receipt("A2", 1, day("2026-12-02"), (("soap", 3_000),)),
        Receipt("B1", 2, day("2026-12-02"), (("tea", 4_000),)),  # 40 points
        Receipt("B2", 2, day("2027-01-02"), (("soap", 1_000),)),
    )
    recalc(shop, as_of=day("2027-01-05"))
    # 40.00 + 30.00 = 70.00 on two receipts, the largest 40.00
    assert why(shop, "2026-12-01", "2026-12-31") == [
        ("2901", 7000, 2, "points.tea", "Nothing of its goods was bought."),
        ("2901", 7000, 2, "points.large", "The largest purchase was too small: 40.00 PLN of 50.00 PLN."),
        ("2901", 7000, 2, "rewards.month", "Too little: 70.00 PLN of 500.00 PLN."),
        ("2901", 7000, 2, "rewards.big", "The largest purchase was too small: 40.00 PLN of 200.00 PLN."),
        ("2901", 7000, 2, "rewards.cake", "Nothing of its goods was bought."),
        ("2901", 7000, 2, "rewards.station", "Nothing was bought in its stores."),
        ("2901", 7000, 2, "rewards.summer", "It was not its season."),
        ("2901", 7000, 2, "rewards.pensioners", "It is for other members."),
        ("2901", 7000, 2, "rewards.birthday", "What it asks for did not happen."),
    ]
    # In January it is the other one, who has nothing new.
    assert {row[0] for row in why(shop, "2027-01-01", "2027-01-05")} == {"2902"}


def test_points_that_were_used_or_lapsed_were_given_all_the_same(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("points: {earn:", "points: {lapse_after: 10 days, earn:"))
    put_receipts(
        shop,
        Receipt("B1", 2, day("2026-11-25"), (("tea", 9_000),)),  # 90 points and one, which lapse in December
        Receipt("B2", 2, day("2026-12-02"), (("tea", 1_000),)),  # 10 points
    )
    recalc(shop, as_of=day("2027-01-05"))
    assert not why(shop, "2026-12-01", "2026-12-31")
