"""Any day can be asked for: reports of a past day show what they showed then, had everything been known."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.replay.replayer import Replayer
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.replayer import Replayed
    from tests.operations.small_shop import SmallShop

STANDINGS = ("members", "tiers", "near-tier")
# Tiers that fall again, points that lapse: on most days something happens by itself.
LIVELY = PROGRAM.replace("counted_over: lifetime", "counted_over: 2 months").replace("going_down: never", "going_down: one step")
LIVELY = LIVELY.replace("lapse_after: 12 months", "lapse_after: 45 days\n  usable_after: 5 days")


def rows(shop: Shop, name: str, as_of: str = "", *, first: str = "", last: str = "") -> list[tuple[Cell, ...]]:
    days = [day_from_iso(text) if text else None for text in (as_of, first, last)]
    return list(report(shop, name, Wanted(as_of=days[0], first=days[1], last=days[2])).tables[0].rows)


def half_a_year(there: SmallShop) -> dict[str, list[list[tuple[Cell, ...]]]]:
    """Forty members buy and bring back; every fortnight is imported and recalculated, and the reports are kept."""
    chance = random.Random(7)
    there.shop.program.write_text(LIVELY, encoding="utf-8")
    adopt_program(there.shop, from_day=0, by="")
    shown = {}
    number = 0
    for start in range(day_from_iso("2026-09-01"), day_from_iso("2027-02-01"), 14):
        lines = []
        for _ in range(30):
            number += 1
            day, card = start + chance.randrange(14), f"29{chance.randrange(min(40, number)):011}"
            amount, quantity = f"{chance.randrange(1, 200)}.00", "1"
            if chance.random() < 0.15:
                amount, quantity = f"-{amount}", "-1"
            lines.append(sold(number, f"{iso(day)} {8 + number % 10:02}:00", card, amount, quantity=quantity))
        file = there.export(f"market-{start}.csv", lines)
        shop = there.at(f"{iso(start + 14)}T02:00")
        import_purchases(shop, [str(file)], store="Market")
        recalc(shop)
        shown[iso(start + 13)] = [rows(shop, name) for name in STANDINGS]
    return shown


def test_a_past_day_is_shown_as_it_was_shown_then(tmp_path: Path) -> None:
    there = small_shop(tmp_path / "shop")
    shown = half_a_year(there)
    now = there.at("2027-02-20T02:00")
    recalc(now)
    before = there.shop.database.read_bytes()
    assert len({str(each) for each in shown.values()}) == len(shown)
    for day, then in shown.items():
        assert [rows(now, name, day) for name in STANDINGS] == then, day
    assert there.shop.database.read_bytes() == before


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """Ana buys for 250.00 in September and 100.00 in October, Boris in October only; recalculated through 4 October."""
    lines = [sold(1, "2026-09-10 10:00", ANA, "250.00"), sold(2, "2026-10-02 10:00", ANA, "100.00")]
    lines += [sold(3, "2026-10-03 10:00", BORIS, "30.00")]
    import_purchases(there.shop, [str(there.export("market.csv", lines))], store="Market")
    recalc(there.shop)
    return there


def test_members_of_a_past_day_are_those_that_were_known_by_then(shop: SmallShop) -> None:
    # card, name, tier, discount, points, spent, visits, last visit
    september = day_from_iso("2026-09-10")
    assert rows(shop.shop, "members", "2026-09-30") == [(ANA, "", "guest", 0, 250, 250_00, 1, september)]
    assert [row[:3] for row in rows(shop.shop, "members", "2026-10-03")] == [(ANA, "", "friend"), (BORIS, "", "guest")]
    assert [row[:2] for row in rows(shop.shop, "tiers", "2026-09-30")] == [("guest", 1), ("friend", 0)]
    # 50.00 of 300.00 are missing: within 20 %
    assert [(row[0], row[4]) for row in rows(shop.shop, "near-tier", "2026-09-30")] == [(ANA, 50_00)]


def test_a_month_means_its_end_and_the_running_month_today(shop: SmallShop) -> None:
    whole = rows(shop.shop, "members", first="2026-09-01", last="2026-09-30")
    assert whole == rows(shop.shop, "members", "2026-09-30")
    (table,) = report(shop.shop, "members", Wanted(last=day_from_iso("2026-10-31"))).tables
    assert str(table.basis) == "Standing at the end of 2026-10-05, by what is known now."
    assert list(table.rows) == rows(shop.shop, "members")


@pytest.mark.parametrize("name", ["activity", "points", "liability"])
def test_of_a_month_nothing_is_shown_of_days_after_the_one_asked_for(shop: SmallShop, name: str) -> None:
    # In October Ana's 100.00 are of the second, Boris's 30.00 of the third.
    october = rows(shop.shop, name, "2026-10-02", first="2026-10-01", last="2026-10-31")
    assert october == rows(shop.shop, name, first="2026-10-01", last="2026-10-02")
    assert october != rows(shop.shop, name, first="2026-10-01", last="2026-10-03")


def test_days_that_begin_after_the_one_asked_for_are_refused(shop: SmallShop) -> None:
    with pytest.raises(LoyaltyError, match="--from 2026-10-01 is after --as-of 2026-09-30"):
        rows(shop.shop, "activity", "2026-09-30", first="2026-10-01", last="2026-10-31")


def test_what_came_late_is_in_the_past_day_too(shop: SmallShop) -> None:
    late = shop.export("late.csv", [sold(9, "2026-09-20 10:00", BORIS, "310.00")])
    import_purchases(shop.shop, [str(late)], store="Market")
    # Without a recalculation: what is known now counts.
    assert [row[:3] for row in rows(shop.shop, "members", "2026-09-30")] == [(BORIS, "", "friend"), (ANA, "", "guest")]


def test_nobody_is_replayed_where_the_kept_standings_hold(shop: SmallShop) -> None:
    told: list[int] = []
    report(shop.shop, "tiers", Wanted(as_of=day_from_iso("2026-10-04")), begun=told.append)
    assert told == []
    report(shop.shop, "tiers", Wanted(as_of=day_from_iso("2026-10-01")), begun=told.append)
    assert told == [1]


def test_a_past_day_is_by_the_program_of_that_day(shop: SmallShop) -> None:
    text = PROGRAM.replace("friend: {at_least: 300}", "gold: {at_least: 340}")
    shop.shop.program.write_text(text, encoding="utf-8")
    adopt_program(shop.shop, from_day=day_from_iso("2026-10-04"), by="")
    assert [row[:2] for row in rows(shop.shop, "tiers", "2026-10-03")] == [("guest", 1), ("friend", 1)]
    assert [row[:2] for row in rows(shop.shop, "tiers", "2026-10-04")] == [("guest", 1), ("gold", 1)]


def test_whose_replay_fails_is_left_out_and_named(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Replayer.replay

    def failing(self: Replayer, facts: MemberFacts, until: int, member: None = None) -> Replayed:
        if facts.member == 1:
            raise ZeroDivisionError
        return whole(self, facts, until, member)

    monkeypatch.setattr(Replayer, "replay", failing)
    found = report(shop.shop, "members", Wanted(as_of=day_from_iso("2026-10-03")))
    assert [row[0] for row in found.tables[0].rows] == [BORIS]
    assert (len(found.warnings), found.exit_code) == (1, ExitCode.INTERNAL_ERROR)


def test_moves_end_on_the_day_asked_for(shop: SmallShop) -> None:
    assert rows(shop.shop, "moves", "2026-10-01") == []
    assert [row[3:6] for row in rows(shop.shop, "moves", "2026-10-02")] == [("guest", "friend", "up")]


def test_imports_rows_and_conflicts_are_those_of_their_days_as_they_stood_then(shop: SmallShop) -> None:
    lines = [sold(1, "2026-09-10 10:00", ANA, "9.00"), sold(7, "2026-10-06 10:00", ANA, "?")]
    # 23:30 on 6 October in Warsaw, and 00:30 on the 8th.
    import_purchases(shop.at("2026-10-06T21:30"), [str(shop.export("again.csv", lines))], store="Market")
    later = shop.at("2026-10-07T22:30")
    decide_conflicts(later, None, accept="all", by="Maria")
    mended = [sold(7, "2026-10-06 10:00", ANA, "5.00")]
    import_purchases(later, [str(shop.export("mended.csv", mended))], store="Market")
    import_revert(later, 1)
    assert [row[0] for row in rows(later, "imports", "2026-10-05")] == ["1"]
    assert [row[0] for row in rows(later, "imports", first="2026-10-06", last="2026-10-06")] == ["2"]
    assert [row[12] is None for row in rows(later, "imports", "2026-10-07")] == [True, True]
    assert [row[12] is None for row in rows(later, "imports")] == [False, True, True]
    assert [row[5] for row in rows(later, "conflicts", "2026-10-07")] == ["open"]
    assert [row[5] for row in rows(later, "conflicts")] == ["accepted"]
    assert rows(later, "conflicts", "2026-10-05") == []
    assert [row[0] for row in rows(later, "set-aside", "2026-10-07")] == ["2"]
    assert rows(later, "set-aside", "2026-10-08") == rows(later, "set-aside", "2026-10-05") == []
