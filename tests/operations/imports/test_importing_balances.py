"""Opening balances: what members bring along from another system counts once, and as what it is."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.operations.imports.balances import import_balances
from loyalty_cli.operations.imports.members import import_members
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.check import check
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import PROGRAM
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

# One point for each whole zloty, which lapses after a year; friends from 500.00 within 12 months.
MOVED = (
    PROGRAM
    + """\
points:
  earn:
    basic: {points: 1, for_every: 1.00}
  lapse_after: 12 months
tiers:
  by: spend
  counted_over: 12 months
  ladder:
    guest: {at_least: 0}
    friend: {at_least: 500.00, discount: 5%}
    patron: {at_least: 2000.00, discount: 8%}
"""
)
HEADER = "card,number,date,points,usable_through,tier,tier_since,spent,visits,key"


def moved_shop(folder: Path) -> Shop:
    """Anna has the card 2900001 and the number M1, Jan the card 2900002."""
    shop = shop_in(folder, MOVED)
    import_members(shop, [export(shop, "m.csv", "2900001,M1,Anna", "2900002,M2,Jan", header="card,number,name")])
    return shop


def brought(shop: Shop, *rows: str, name: str = "b.csv") -> dict[str, Any]:
    data: Any = import_balances(shop, [export(shop, name, *rows, header=HEADER)], by="Ola").data
    figures: dict[str, Any] = data["files"][0]
    return figures


def standings(shop: Shop) -> list[tuple[Any, ...]]:
    recalc(shop)
    return asked(
        shop,
        "SELECT m.name, s.points, s.tier, date(s.tier_since), s.spent, s.visits, s.qualifying, s.lapsing, date(s.lapse_on) "
        "FROM standing s JOIN member m ON m.id = s.member_id ORDER BY m.id",
    )


def test_points_come_as_lots_with_their_own_last_days(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    rows = ("2900001,,2026-10-01,120,2026-12-31,,,,,", ",M1,2026-10-01,80,2027-03-31,,,,,", "2900002,,2026-10-01,-15,,,,,,")
    figures = brought(shop, *rows)
    assert (figures["imported"], figures["set_aside"]) == (3, 0)
    # 120 + 80, of which 120 lapse first; Jan owes 15.
    assert standings(shop) == [
        ("Anna", 200, "guest", None, 0, 0, 0, 120, "2026-12-31"),
        ("Jan", -15, "guest", None, 0, 0, 0, 0, None),
    ]
    again = brought(shop, *rows, name="again.csv")
    assert (again["imported"], again["known"]) == (0, 3)
    assert asked(shop, "SELECT count(*) FROM adjustment") == [(3,)]
    assert int(check(shop).exit_code) == 0


def test_points_without_a_last_day_lapse_as_the_program_says(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    brought(shop, "2900001,,2026-10-01,120,,,,,,")
    # A year from 2026-10-01, inclusive.
    assert standings(shop)[0][-2:] == (120, "2027-10-01")


def test_another_figure_for_a_member_is_set_aside_and_another_key_is_another_balance(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    brought(shop, "2900001,,2026-10-01,120,2026-12-31,,,,,")
    figures = brought(shop, "2900001,,2026-10-01,150,2026-12-31,,,,,", "2900001,,2026-10-01,30,2027-01-31,,,,,", name="c.csv")
    assert (figures["conflicts"], figures["set_aside"]) == (2, 2)
    assert figures["set_aside_rows"][0]["reason"] == (
        "an opening balance is kept already: points 120 of 2026-10-01; the list says 150 of 2026-10-01"
    )
    assert brought(shop, "2900001,,2026-10-01,7,,,,,,second shop", name="d.csv")["imported"] == 1
    assert standings(shop)[0][1] == 127


def test_a_list_without_days_is_of_today_and_known_tomorrow(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    said = import_balances(shop, [export(shop, "b.csv", "2900001,,,120,,,,,,", header=HEADER)]).said
    # A recalculation works through yesterday: until tomorrow nothing of it is seen.
    assert str(said[-1]) == "Balances without a day of their own count from 2026-11-21 on; --day gives another."
    assert asked(shop, "SELECT date(day) FROM adjustment") == [("2026-11-21",)]
    assert brought(shop, "2900001,,2026-11-21,120,,,,,,", name="c.csv")["known"] == 1


def test_spend_and_visits_that_came_along_count_for_the_tier(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    brought(shop, "2900001,,2026-06-30,,,,,480.00,11,")
    assert standings(shop)[0] == ("Anna", 0, "guest", None, 48000, 11, 48000, 0, None)
    taken_in(shop, export(shop, "a.csv", "2026-11-02,10:00:00,North,1,2900001,MILK,1,20.00"))
    # 480.00 + 20.00 = 500.00: a friend from that day on; 20 points.
    assert standings(shop)[0] == ("Anna", 20, "friend", "2026-11-02", 50000, 12, 50000, 20, "2027-11-02")


def test_a_tier_is_kept_for_a_whole_window_from_the_opening(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    brought(shop, "2900001,,2026-02-01,,,friend,2024-05-01,,,")
    # As if 500.00 had just been reached on 2026-02-01: twelve months later, at the month's end, it would be lost.
    assert standings(shop)[0] == ("Anna", 0, "friend", "2024-05-01", 0, 0, 50000, 0, None)
    assert asked(shop, "SELECT date(keep_until) FROM standing WHERE member_id = 1") == [("2027-02-28",)]
    assert asked(shop, "SELECT date(effective_on), quantity FROM ledger") == [("2026-02-01", 1)]


def test_what_somebody_had_on_the_evening_before_the_start_is_there_on_the_first_morning(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    rows = ("2900001,,2025-12-31,120,,,,,,",)
    assert brought(shop, *rows)["imported"] == 1
    assert brought(shop, *rows, name="again.csv")["known"] == 1
    # The program starts on 2026-01-01.
    assert asked(shop, "SELECT date(day), quantity FROM adjustment") == [("2026-01-01", 120)]
    assert standings(shop)[0][:2] == ("Anna", 120)


def test_what_can_not_be_is_set_aside(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    figures = brought(
        shop,
        "2900009,,2026-10-01,120,,,,,,",
        "2900001,M2,2026-10-01,120,,,,,,",
        "2900001,,2025-12-30,120,,,,,,",
        "2900001,,2026-10-01,120,2026-09-30,,,,,",
        "2900001,,2026-10-01,,,gold,,,,",
        "2900001,,2026-10-01,12.50,,,,,,",
        "2900001,,2026-10-01,,,,,,,",
        "2900001,,2026-12-01,5,,,,,,",
    )
    assert [row["reason"] for row in figures["set_aside_rows"]] == [
        "there is no card 2900009",
        "2900001, M2 belong to different members",
        "date: 2025-12-30 lies before the program starts on 2026-01-01",
        "usable_through: 2026-09-30 is over",
        "tier: there is no tier gold in this program",
        "points: '12.50' is not a whole number",
        "the row has neither points nor a tier, spend or visits",
        "date: 2026-12-01 has not come yet",
    ]
    assert figures["conflicts"] == 1


def test_a_wrong_list_is_taken_back_and_the_right_one_comes_in(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    brought(shop, "2900001,,2026-10-01,1200,,,,,,")
    recalc(shop)
    number = asked(shop, "SELECT max(id) FROM import")[0][0]
    assert import_revert(shop, number).data["members"] == 1
    assert brought(shop, "2900001,,2026-10-01,120,,,,,,", name="c.csv")["imported"] == 1
    assert standings(shop)[0][1] == 120
    assert int(check(shop).exit_code) == 0


def test_a_mended_lot_joins_the_others_of_its_list(tmp_path: Path) -> None:
    shop = moved_shop(tmp_path)
    figures = brought(shop, "2900001,,2026-10-01,120,2026-12-31,,,,,", "2900001,,2026-10-01,8O,2027-03-31,,,,,")
    assert figures["set_aside"] == 1
    path = tmp_path / "set-aside" / f"b.{figures['import']}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("8O", "80"), encoding="utf-8")
    data: Any = import_balances(shop, [str(path)]).data
    assert (data["files"][0]["imported"], data["files"][0]["set_aside"]) == (1, 0)
    assert standings(shop)[0][1] == 200
