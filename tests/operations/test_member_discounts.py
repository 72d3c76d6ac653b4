"""`explain CARD` tells which discounts a member has now, and why not the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.explain import explain
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
program: Discounts
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
tiers:
  by: spend
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 100, discount: 4%}
discounts:
  offers:
    pensioners: {discount: 7%, only: {groups: [pensioner]}}
    growing: {by: spend so far, discount: {2000: 5%}}
    this month: {by: spend so far, counted_over: 1 month, discount: {100: 3%}}
    tea: {discount: 10%, only: {categories: [tea]}}
    big basket: {by: this basket, discount: {500: 5%}}
    second half: {every: 2, discount: 50%}
    regulars: {by: visits so far, discount: {5: 2%}}
    sundays: {discount: 1%, only: {weekdays: [sunday]}}
"""


def discounts(shop: Shop, card: str = "2901") -> dict[str, tuple[str, str]]:
    table = next(table for table in explain(shop, card).tables if table.name == "discounts")
    return {str(said_again(str(name))): (str(said_again(str(what))), str(said_again(str(now)))) for name, what, now in table.rows}


def test_each_discount_is_said_and_whether_the_member_has_it(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 20_000),)))
    recalc(shop, as_of=day("2026-12-01"))  # a Tuesday
    assert discounts(shop) == {
        "tier discount": ("4% off.", "4%"),
        "pensioners": ("7% off.", "It is for other members."),
        "growing": ("The more you have bought, the more is off: 2000.00 PLN: 5%.", "Too little has been bought for it."),
        "this month": (
            "The more you have bought within 1 month, the more is off: 100.00 PLN: 3%.",
            "3%",
        ),
        "tea": ("10% off.", "10% for its goods, hours and stores."),
        "big basket": ("The larger the basket, the more is off: 500.00 PLN: 5%.", "It depends on the basket."),
        "second half": ("Of every 2 units the cheapest has 50% off.", "It depends on the basket."),
        "regulars": ("The more often you have come, the more is off: 5: 2%.", "There have been too few visits for it."),
        "sundays": ("1% off.", "It is for another day."),
    }


def test_a_discount_over_a_window_shrinks_on_the_day_its_purchases_leave_it(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM.replace("    friend: {at_least: 100, discount: 4%}\n", ""))

    def percent() -> object:
        table = report(shop, "members", Wanted()).tables[0]
        return table.rows[0][[column.name for column in table.columns].index("discount")]

    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 20_000),)))
    recalc(shop, as_of=day("2026-12-31"))
    assert percent() == 300
    # a month that ends on 31 December begins on 1 December; one that ends on 1 January begins on 2 December
    recalc(shop, as_of=day("2027-01-01"))
    assert percent() == 0
    assert recalc(shop, as_of=day("2027-01-01"), everyone=True).data["entries"] == 0


FALLING = """\
program: Discounts
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
discounts:
  together: best
  offers:
    newcomer: {by: visits so far, discount: {0: 10%, 1: 0%}}
    beginners: {by: spend so far, counted_over: 1 month, discount: {0: 4%, 100: 0%}}
    small basket: {by: this basket, discount: {10: 5%, 100: 0%}}
    few pieces: {by: units in this basket, discount: {0: 6%, 5: 3%, 9: 0%}}
    many pieces: {by: units in this basket, discount: {0: 1%, 5: 7%}}
"""


def test_a_step_of_nothing_is_also_of_who_brought_back_more_than_is_known(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", FALLING)
    put_receipts(shop, Receipt("R1", 2, day("2026-12-01"), (("tea", -5_000),)))
    recalc(shop, as_of=day("2026-12-01"))
    assert discounts(shop, "2902")["beginners"][1] == "4%"


def test_steps_that_fall_say_so_and_what_asks_the_basket_is_no_percent_without_one(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", FALLING)
    put_receipts(shop, Receipt("A1", 1, day("2026-12-01"), (("tea", 20_000),)))
    recalc(shop, as_of=day("2026-12-01"))
    assert discounts(shop) == {
        "newcomer": ("What is off depends on how often you have come: 0: 10%, 1: 0%.", "There have been too many visits for it."),
        "beginners": (
            "What is off depends on how much you have bought within 1 month: 0.00 PLN: 4%, 100.00 PLN: 0%.",
            "Too much has been bought for it.",
        ),
        "small basket": ("What is off depends on the basket: 10.00 PLN: 5%, 100.00 PLN: 0%.", "It depends on the basket."),
        "few pieces": ("What is off depends on how much you buy at once: 0: 6%, 5: 3%, 9: 0%.", "It depends on the basket."),
        "many pieces": ("The more you buy at once, the more is off: 0: 1%, 5: 7%.", "It depends on the basket."),
    }
    # The others, who have not come yet, are newcomers and beginners: 10 %, not another 6 % for few pieces or 1 % for many.
    table = report(shop, "members", Wanted()).tables[0]
    assert [row[[column.name for column in table.columns].index("discount")] for row in table.rows] == [0, 1000, 1000]
