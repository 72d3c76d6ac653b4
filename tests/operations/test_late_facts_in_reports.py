"""Reports of a closed month after facts came late: what was closed stays, or the heading says that it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import span_of_month
from loyalty_cli.operations.by_hand.gifts import AtWill
from loyalty_cli.operations.by_hand.gifts import gift_move
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.stores.change import store_merge
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in
from tests.operations.test_month_pack import differences

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop

PROGRAM = """\
program: Corner Club
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
tiers:
  by: spend
  counted_over: lifetime
  going_down: at once
  ladder:
    guest:  {at_least: 0}
    friend: {at_least: 100}
    patron: {at_least: 150}
books: {vat: {A: 23%}}
gifts: {mug: {costs: 9.00}}
rewards:
  big: {when: {one_purchase: 50.00}, give: {gift: mug}}
"""
HEADER = "date,time,store,receipt,card,product,category,quantity,amount,discount,vat"
ANAS = "2026-10-05,10:00:00,North,1,2900001,MILK,dairy,1,100.00,10.00,A"
BORISS = "2026-10-06,10:00:00,South,2,2900002,TEA,tea,1,50.00,5.00,A"
LATE = "2026-10-20,10:00:00,North,3,2900001,MILK,dairy,1,61.50,2.00,A"
BACK = "2026-10-21,10:00:00,North,4,2900001,MILK,dairy,-1,-100.00,-10.00,A"
CHEAPER = "2026-10-05,10:00:00,North,1,2900001,MILK,dairy,1,90.00,20.00,A"
NOVEMBERS = "2026-11-03,10:00:00,North,5,2900003,TEA,tea,1,30.00,0.00,A"
EVERYTHING = Accepted(without=("all",), open_matters=True)
KEPT = ("activity", "discounts", "discount-reasons", "moves", "gifts-by-month", "points")
STANDINGS = ("members", "tiers", "near-tier")


@pytest.fixture
def closed(tmp_path: Path) -> Shop:
    """Ana's 100.00 and Boris's 50.00 in October, which is closed; 30.00 in November."""
    shop = replace(shop_in(tmp_path, PROGRAM), now=datetime(2026, 11, 5, 10, tzinfo=UTC))
    taken_in(shop, export(shop, "north.csv", ANAS, header=HEADER))
    taken_in(shop, export(shop, "south.csv", BORISS, header=HEADER))
    taken_in(shop, export(shop, "november.csv", NOVEMBERS, header=HEADER))
    recalc(shop)
    hand_out(shop, "2900001", "2026-10-07")
    month_close(shop, "2026-10", accepted=EVERYTHING)
    return shop


def rows(shop: Shop, name: str, month: str = "", *, as_of: Day | None = None) -> list[tuple[Cell, ...]]:
    first, last = span_of_month(month) if month else (None, None)
    return list(report(shop, name, Wanted(first=first, last=last, as_of=as_of)).tables[0].rows)


def bring(shop: Shop, *lines: str) -> None:
    taken_in(shop, export(shop, "late.csv", *lines, header=HEADER))


def hand_out(shop: Shop, card: str, day: str) -> None:
    gift_move(shop, card, "mug", Asked(by="Ewa", reason="as promised", key=day, day=day_from_iso(day)), AtWill())


def accept(shop: Shop) -> None:
    bring(shop, CHEAPER)
    decide_conflicts(shop, None, accept="all", by="Ewa")


LATE_FACTS: dict[str, Callable[[Shop], object]] = {
    "a receipt": lambda shop: bring(shop, LATE),
    "a return": lambda shop: bring(shop, BACK),
    "an import taken back": lambda shop: import_revert(shop, 1),
    "a conflict accepted": accept,
    "a gift handed out": lambda shop: hand_out(shop, "2900002", "2026-10-30"),
    "two members made one": lambda shop: member_merge(shop, "2900002", "2900001"),
}


@pytest.mark.parametrize("fact", LATE_FACTS)
def test_whatever_comes_late_changes_nothing_that_was_closed(closed: Shop, fact: str) -> None:
    _, last = span_of_month("2026-10")
    names = (*KEPT, *STANDINGS)
    before = {name: rows(closed, name, "2026-10") for name in names}
    as_of = {name: rows(closed, name, as_of=last) for name in names}
    LATE_FACTS[fact](closed)
    recalc(closed)
    assert {name: rows(closed, name, "2026-10") for name in names} == before
    assert {name: rows(closed, name, as_of=last) for name in names} == as_of


def test_what_comes_late_is_a_line_of_its_own_in_the_discounts_of_the_month_it_is_booked_in(closed: Shop) -> None:
    bring(closed, LATE)
    import_revert(closed, 2)
    recalc(closed)
    # month, store, mark, rate, before, discount, points and coupons, paid, with VAT, without, VAT, late of
    # October as closed: 100.00 / 1.23 = 81.30 and 50.00 / 1.23 = 40.65. November: 30.00 / 1.23 = 24.39.
    # Late: 161.50 / 1.23 = 131.30, less 81.30 is 50.00; and South's 50.00, which went.
    october = [
        ("2026-10", "North", "A", 23_00, 110_00, 10_00, 0, 100_00, 100_00, 81_30, 18_70, None),
        ("2026-10", "South", "A", 23_00, 55_00, 5_00, 0, 50_00, 50_00, 40_65, 9_35, None),
    ]
    november = [
        ("2026-11", "North", "A", 23_00, 30_00, 0, 0, 30_00, 30_00, 24_39, 5_61, None),
        ("2026-11", "North", "A", 23_00, 63_50, 2_00, 0, 61_50, 61_50, 50_00, 11_50, "2026-10"),
        ("2026-11", "South", "A", 23_00, -55_00, -5_00, 0, -50_00, -50_00, -40_65, -9_35, "2026-10"),
    ]
    assert rows(closed, "discounts", "2026-10") == october
    assert rows(closed, "discounts", "2026-11") == november
    assert rows(closed, "discounts") == [*october, *november]
    assert rows(closed, "discount-reasons") == [
        ("2026-10", "North", "discount of the till", "", 10_00, None),
        ("2026-10", "South", "discount of the till", "", 5_00, None),
        ("2026-11", "North", "discount of the till", "", 2_00, "2026-10"),
        ("2026-11", "South", "discount of the till", "", -5_00, "2026-10"),
    ]
    # Days of a closed month are those that it has now, and only of one store if that is asked for.
    first, last = span_of_month("2026-10")
    (late,) = report(closed, "discounts", Wanted(first=first + 10, last=last)).tables
    assert [row[5] for row in late.rows] == [2_00]
    # 2.00 + 0.00 off until the end of November: what is in the part of October is not late once more.
    (late,) = report(closed, "discounts", Wanted(first=first + 10, last=last + 30)).tables
    assert [(row[0], row[7], row[-1]) for row in late.rows] == [("2026-10", 61_50, None), ("2026-11", 30_00, None)]
    (south,) = report(closed, "discounts", Wanted(first=last + 1, stores=["South"])).tables
    assert south.rows == [november[2]]


def test_the_late_line_stays_when_its_month_is_closed_too_and_every_pack_ties(closed: Shop) -> None:
    bring(closed, LATE)
    december = replace(closed, now=datetime(2026, 12, 5, 10, tzinfo=UTC))
    recalc(december)
    before = {name: rows(december, name) for name in KEPT}
    month_close(december, "2026-11", accepted=EVERYTHING)
    assert {name: rows(december, name) for name in KEPT} == before
    assert rows(december, "discounts", "2026-12") == []
    # What went after both were closed is booked in December, though it came late in November itself.
    import_revert(december, 4)
    recalc(december)
    for name in ("activity", "discounts", "discount-reasons"):
        assert rows(december, name, "2026-11") == [row for row in before[name] if row[0] == "2026-11"]
    assert rows(december, "moves", "2026-11") == before["moves"][1:]
    assert rows(december, "discount-reasons", "2026-12") == [("2026-12", "North", "discount of the till", "", -2_00, "2026-10")]
    assert {*differences(month_pack(december, "2026-10")), *differences(month_pack(december, "2026-11"))} == {0}


def test_a_gift_that_is_noted_late_is_a_line_of_its_own(closed: Shop) -> None:
    hand_out(closed, "2900002", "2026-10-30")
    assert rows(closed, "gifts-by-month") == [("2026-10", "mug", 1, 0, 9_00, None), ("2026-11", "mug", 1, 0, 9_00, "2026-10")]


def test_two_stores_made_one_are_one_in_what_was_closed_too(closed: Shop) -> None:
    """10.00 and 5.00 off; 81.30 and 40.65 without VAT. Nothing is late, for nothing else was sold."""
    store_merge(closed, "South", "North")
    recalc(closed)
    assert [(*row[:2], row[5], row[9], row[-1]) for row in rows(closed, "discounts")] == [
        ("2026-10", "North", 15_00, 121_95, None),
        ("2026-11", "North", 0, 24_39, None),
    ]


def test_a_move_that_comes_late_stands_with_its_own_day_in_the_month_it_is_booked_in(closed: Shop) -> None:
    """Ana's 100.00 of 5 October make her a friend; the late 61.50 of the 20th a patron. Then the 100.00 go: 61.50 are a guest's."""
    (first, _), (november, _) = span_of_month("2026-10"), span_of_month("2026-11")
    october = [(first + 4, "2900001", "", "guest", "friend", "up", None)]
    bring(closed, LATE)
    recalc(closed)
    late = [(first + 19, "2900001", "", "friend", "patron", "up", november)]
    assert rows(closed, "moves", "2026-10") == october
    assert rows(closed, "moves", "2026-11") == late
    assert rows(closed, "moves") == [*october, *late]
    import_revert(closed, 1)
    recalc(closed)
    # What was booked late and taken back in the same open month is nothing there.
    assert rows(closed, "moves") == [*october, (first + 4, "2900001", "", "friend", "guest", "down", november)]


def test_what_changes_in_a_closed_month_says_so_in_its_heading(closed: Shop) -> None:
    first, last = span_of_month("2026-10")
    before = rows(closed, "categories", "2026-10")
    bring(closed, LATE)
    recalc(closed)
    # 100.00 + 61.50 of dairy: the days of buying are those that happened.
    assert [row[3] for row in before] == [100_00, 50_00]
    assert [row[3] for row in rows(closed, "categories", "2026-10")] == [161_50, 50_00]
    for name in ("categories", "stages", "favourites", "without-reward", "money", "joined", "rfm", "growth"):
        wanted = Wanted(as_of=last) if name in {"joined", "rfm", "growth"} else Wanted(first=first, last=last)
        assert str(report(closed, name, wanted).tables[0].basis).endswith("what comes late changes closed months, too."), name
    for name in STANDINGS:
        assert str(report(closed, name, Wanted(as_of=last)).tables[0].basis).endswith("as the month was closed."), name
        assert str(report(closed, name, Wanted(as_of=last - 1)).tables[0].basis).endswith("by what is known now."), name
    for name in KEPT:
        assert str(report(closed, name, Wanted()).tables[0].basis).endswith("closed months do not change."), name


@pytest.mark.parametrize("name", ["money", "changes", "runs", "feedback", "opinions"])
def test_what_takes_days_takes_a_day_it_ends_on(closed: Shop, name: str) -> None:
    _, last = span_of_month("2026-10")
    until, as_of = (report(closed, name, wanted) for wanted in (Wanted(last=last), Wanted(as_of=last)))
    assert [table.rows for table in as_of.tables] == [table.rows for table in until.tables]
