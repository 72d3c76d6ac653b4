"""`report uplift`: which days, which members, and what is said, in shops so even that every figure is known."""

from __future__ import annotations

from math import exp
from random import Random
from typing import TYPE_CHECKING

from loyalty_cli.model.chance import chance_of
from loyalty_cli.model.chance import control_key
from loyalty_cli.model.chance import KeptOut
from loyalty_cli.model.costs import Costs
from loyalty_cli.model.days import iso
from loyalty_cli.model.shown.kept_phrase import said_again
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.shop_builder import day
from tests.shop_builder import make_shop
from tests.shop_builder import put_receipts
from tests.shop_builder import Receipt
from tests.shop_builder import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

MEMBERS = 40
PROGRAM = """\
program: Uplift
currency: PLN
timezone: Europe/Warsaw
starts: 2026-12-01
rewards:
  gift: {when: {one_purchase: 30.00}, give: {badge: gift}, control: 50%}
  plain: {when: {one_purchase: 30.00}, give: {badge: plain}}
"""
KEPT_OUT = {n for n in range(1, MEMBERS + 1) if KeptOut(5_000, "rewards.gift").has(chance_of(control_key(SECRET), f"29{n:02}"))}


def receipt(member: int, when: str, amount: int) -> Receipt:
    return Receipt(f"{member}-{when}", member, day(when), (("tea", amount),))


def shop_with(folder: Path, more: int) -> Shop:
    """Everybody buys for 20.00 and 20.00 before and after; who has the gift buys for `more` once more in December."""
    shop = make_shop(folder / "shop", PROGRAM, members=MEMBERS)
    days = ("2026-11-10", "2026-11-20", "2026-12-10", "2026-12-20")
    receipts = [receipt(n, when, 20_00) for n in range(1, MEMBERS + 1) for when in days]
    receipts += [receipt(n, "2026-12-28", more) for n in range(1, MEMBERS + 1) if n not in KEPT_OUT and more]
    put_receipts(shop, *receipts, receipt(1, "2026-12-30", 0))
    recalc(shop, as_of=day("2026-12-31"))
    return shop


def test_what_is_spent_more_leaves_its_margin(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 30_00)
    with shop.changing() as connection:
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('costs', ?)", (Costs(margin=40_00).kept(),))
    rows = found(shop, Wanted())
    # 40 % of 40.00 without it, and of 30.00 more: 16.00 and 12.00, and so its bounds
    assert rows["margin"][:2] == rows["spend"][:2]
    assert rows["margin"][2:6] == ("16.00", "12.00", "12.00", "12.00")


def found(shop: Shop, wanted: Wanted) -> dict[str, tuple[Cell, ...]]:
    (table,) = report(shop, "uplift", wanted).tables
    return {str(row[1]): (*row[2:-1], str(said_again(str(row[-1])))) for row in table.rows}


def test_members_with_the_rule_are_compared_with_those_kept_out(tmp_path: Path) -> None:
    assert LEAST_ON_A_SIDE <= len(KEPT_OUT) <= MEMBERS - LEAST_ON_A_SIDE
    rows = found(shop_with(tmp_path, 30_00), Wanted(first=day("2026-12-01"), last=day("2026-12-31")))
    sizes = MEMBERS - len(KEPT_OUT), len(KEPT_OUT)
    # Two visits and 40.00 against three and 70.00, and everybody on a side does the same: exactly 1 and 30.00 more
    assert rows["visits"] == (*sizes, "2.00", "1.00", "1.00", "1.00", None, "control group", "More with it.")
    assert rows["spend"] == (*sizes, "40.00", "30.00", "30.00", "30.00", None, "control group", "More with it.")


LEAST_ON_A_SIDE = 10


def test_where_all_do_the_same_no_effect_is_seen(tmp_path: Path) -> None:
    rows = found(shop_with(tmp_path, 0), Wanted(about="gift"))
    # Nothing differs, and so nothing is missing either.
    assert rows["spend"][2:] == ("40.00", "0.00", "0.00", "0.00", 0, "control group", "No effect seen.")


def test_without_a_control_group_members_who_were_alike_are_compared(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM, members=MEMBERS)
    # Until the middle, 15 December, all come on the same days and pay the same; but half of them pay 30.00 at once.
    receipts = [receipt(n, when, 20_00) for n in range(1, MEMBERS + 1) for when in ("2026-11-10", "2026-11-20", "2026-12-20")]
    receipts += [receipt(n, "2026-12-05", 30_00) for n in range(1, 21)]
    receipts += [Receipt(f"{n}-{part}", n, day("2026-12-05"), (("tea", 15_00),)) for n in range(21, MEMBERS + 1) for part in "ab"]
    # After it they come once more. One of the others gets the reward then: too late to be among those who have it.
    receipts += [receipt(n, "2026-12-28", 30_00) for n in range(1, 22)]
    put_receipts(shop, *receipts, receipt(1, "2026-12-30", 0))
    recalc(shop, as_of=day("2026-12-31"))
    rows = found(shop, Wanted(about="plain"))
    # One visit of 20.00 against two and 50.00; but one of the 20 on the other side has two, too: 1.05 visits and 21.50,
    # so 0.95 visits and 28.50 more.
    assert rows["visits"][:4] == (20, 20, "1.05", "0.95")
    assert rows["spend"][:4] == (20, 20, "21.50", "28.50")
    assert rows["visits"][-2:] == ("alike members", "More, perhaps not because of it.")


def test_a_rule_that_spending_itself_sets_off_brings_nothing_in_shops_without_an_effect(tmp_path: Path) -> None:
    # Who pays 30.00 at once gets the reward, and buys on as before: seen in no shop of five.
    for seed in range(5):
        chance = Random(seed)
        shop = make_shop(tmp_path / f"shop {seed}", PROGRAM, members=MEMBERS * 2)
        receipts = []
        for n in range(1, MEMBERS * 2 + 1):
            often, much = chance.gammavariate(2, 3), chance.gauss(3, 0.4)
            days = sorted(chance.sample(range(90), min(round(often) + 2, 60)))
            receipts += [receipt(n, iso(day("2026-11-01") + each), round(100 * exp(chance.gauss(much, 0.5)))) for each in days]
        put_receipts(shop, *receipts)
        recalc(shop, as_of=day("2027-01-31"))
        rows = found(shop, Wanted(about="plain"))
        assert {rows[name][-1] for name in ("visits", "spend")} == {"No effect seen."}, (seed, rows)


def test_before_the_first_day_nothing_is_said(tmp_path: Path) -> None:
    rows = found(shop_with(tmp_path, 0), Wanted(about="gift", first=day("2026-12-30")))
    assert rows["visits"] == (*[None] * 7, "control group", "There are no days to compare yet.")


def test_who_slept_before_does_not_count_for_coming_back(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, 0)
    with shop.changing() as connection:
        # Member 1 bought two years ago and again in December: the rule itself may have brought them.
        connection.execute("UPDATE receipt SET day = ? WHERE number IN ('1-2026-11-10', '1-2026-11-20')", (day("2024-11-10"),))
    rows = found(shop, Wanted(about="gift"))
    assert sum(int(size or 0) for size in rows["visits"][:2]) == MEMBERS - 1
