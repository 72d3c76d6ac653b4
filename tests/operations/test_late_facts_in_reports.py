"""Reports of a closed month after facts came late: what was closed stays, or the heading says that it does not."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import span_of_month
from loyalty_cli.operations.by_hand.erase import member_erase
from loyalty_cli.operations.by_hand.gifts import AtWill
from loyalty_cli.operations.by_hand.gifts import gift_move
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.coupons.issue import issue_coupons
from loyalty_cli.operations.coupons.void import void_coupon
from loyalty_cli.operations.imports.conflicts import decide_conflicts
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.merge import member_merge
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.months.pack import month_pack
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.stores.change import store_merge
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.reports.all_reports import report_named
from tests.operations.imports.till_shop import asked
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
  wallets:
    leaves: {one_point_pays: 0.50, lapse_after: 2 months, usable_after: 1 day}
  earn:
    basic: {points: 1, for_every: 1.00}
    tea:   {points: 1, for_every: 10.00, into: leaves}
  lapse_after: 3 months
  one_point_pays: 0.10
goals: {card: {turnover_with_card: 60%}}
costs: {margin: 30%}
coupons:
  next visit: {worth: 5.00, valid_for: 30 days}
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
  much: {when: {one_purchase: 100.00}, give: {coupon: next visit}}
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
AHEAD = ("expiring", "lapsing-coupons", "cohorts")


@pytest.fixture(scope="module")
def once_closed(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Ana's 100.00 and Boris's 50.00 in October, which is closed, with a coupon for Ana of the 20th; 30.00 in November."""
    folder = tmp_path_factory.mktemp("closed")
    shop = replace(shop_in(folder, PROGRAM + "segments: {new: ready}\n"), now=datetime(2026, 10, 20, 10, tzinfo=UTC))
    ana = MemberWishes(name="Ana", birthday="1990-11-10", joined=day_from_iso("2026-10-03"))
    boris = MemberWishes(name="Boris", joined=day_from_iso("2026-10-02"))
    for card, wishes in (("2900001", ana), ("2900002", boris)):
        member_add(shop, card, wishes, Asked(by="Ewa", reason="new", key=card))
    taken_in(shop, export(shop, "north.csv", ANAS, header=HEADER))
    taken_in(shop, export(shop, "south.csv", BORISS, header=HEADER))
    recalc(shop)
    issue_coupons(shop)
    shop = replace(shop, now=datetime(2026, 11, 5, 10, tzinfo=UTC))
    taken_in(shop, export(shop, "november.csv", NOVEMBERS, header=HEADER))
    recalc(shop)
    hand_out(shop, "2900001", "2026-10-07")
    month_close(shop, through="2026-10", accepted=EVERYTHING)
    return replace(shop, now=datetime(2026, 11, 5, 11, tzinfo=UTC))


@pytest.fixture
def closed(once_closed: Shop, tmp_path: Path) -> Shop:
    """That shop, to be changed by one test."""
    folder = shutil.copytree(once_closed.folder, tmp_path / "shop")
    return replace(once_closed, program=folder / once_closed.program.name, database=folder / once_closed.database.name)


def rows(shop: Shop, name: str, month: str = "", *, as_of: Day | None = None, days: int | None = None) -> list[tuple[Cell, ...]]:
    first, last = span_of_month(month) if month else (None, None)
    return list(report(shop, name, Wanted(first=first, last=last, as_of=as_of, days=days)).tables[0].rows)


def bring(shop: Shop, *lines: str) -> None:
    taken_in(shop, export(shop, "late.csv", *lines, header=HEADER))


def hand_out(shop: Shop, card: str, day: str) -> None:
    gift_move(shop, card, "mug", Asked(by="Ewa", reason="as promised", key=day, day=day_from_iso(day)), AtWill())


def accept(shop: Shop) -> None:
    bring(shop, CHEAPER)
    decide_conflicts(shop, None, accept="all", by="Ewa")


def adopt_otherwise(shop: Shop) -> None:
    """Another program, in force since October."""
    text = shop.program.read_text().replace("friend: {at_least: 100}", "friend: {at_least: 40}")
    text = text.replace("one_point_pays: 0.10", "one_point_pays: 0.20").replace("points: 1, for_every: 1.00", "points: 3, for_every: 1.00")
    shop.program.write_text(text)
    adopt_program(shop, from_day=day_from_iso("2026-10-01"), by="Ewa")


LATE_FACTS: dict[str, Callable[[Shop], object]] = {
    "a receipt": lambda shop: bring(shop, LATE),
    "a return": lambda shop: bring(shop, BACK),
    "an import taken back": lambda shop: import_revert(shop, 1),
    "a conflict accepted": accept,
    "a gift handed out": lambda shop: hand_out(shop, "2900002", "2026-10-30"),
    "two members made one": lambda shop: member_merge(shop, "2900002", "2900001"),
    "a member forgotten": lambda shop: member_erase(shop, "2900001", Asked(by="Ewa", reason="asked to be")),
    "a coupon made void": lambda shop: void_coupon(shop, asked(shop, "SELECT code FROM coupon")[0][0], by="Ewa", reason="torn"),
    "another program": adopt_otherwise,
}


@pytest.mark.parametrize("fact", LATE_FACTS)
def test_whatever_comes_late_changes_nothing_that_was_closed(closed: Shop, fact: str) -> None:
    _, last = span_of_month("2026-10")
    names = (*KEPT, *STANDINGS)
    before = {name: rows(closed, name, "2026-10") for name in names}
    as_of = {name: rows(closed, name, as_of=last) for name in (*names, *AHEAD)}
    LATE_FACTS[fact](closed)
    recalc(closed)
    # Who is forgotten has no name any more.
    forgotten = {"Ana": ""} if fact == "a member forgotten" else {}
    assert {name: rows(closed, name, "2026-10") for name in names} == told(before, forgotten)
    assert {name: rows(closed, name, as_of=last) for name in (*names, *AHEAD)} == told(as_of, forgotten)


def told(found: dict[str, list[tuple[Cell, ...]]], otherwise: dict[str, str]) -> dict[str, list[tuple[Cell, ...]]]:
    return {name: [tuple(otherwise.get(str(cell), cell) for cell in row) for row in own] for name, own in found.items()}


def test_what_lapses_after_a_closed_month_is_what_was_known_of_it(closed: Shop) -> None:
    """Ana's 100.00 of 5 October are 100 points of 0.10 for three months and 10 leaves of 0.50 for two; Boris has half of it on the 6th."""
    (_, last), bought = span_of_month("2026-10"), day_from_iso("2026-10-05")
    expiring = [
        (day_from_iso("2026-12-05"), "2900001", "Ana", 10, 5_00, 10, bought, "leaves"),
        (day_from_iso("2026-12-06"), "2900002", "Boris", 5, 2_50, 5, bought + 1, "leaves"),
        (day_from_iso("2027-01-05"), "2900001", "Ana", 100, 10_00, 100, bought, ""),
        (day_from_iso("2027-01-06"), "2900002", "Boris", 50, 5_00, 50, bought + 1, ""),
    ]
    assert rows(closed, "expiring", as_of=last, days=70) == expiring
    bring(closed, LATE.replace("MILK,dairy", "TEA,tea"))
    recalc(closed)
    assert rows(closed, "expiring", as_of=last, days=70) == expiring
    # 100 + 61 points of Ana by what is known now, a day later.
    assert [row[5] for row in rows(closed, "expiring", as_of=last + 1, days=70)][:3] == [16, 5, 16]


def test_who_became_one_with_somebody_has_the_name_of_then(closed: Shop) -> None:
    """Boris joined before Ana, and her card is his now: her name of October stays."""
    _, last = span_of_month("2026-10")
    member_merge(closed, "2900002", "2900001")
    recalc(closed)
    assert [row[:2] for row in rows(closed, "members", as_of=last)] == [("2900001", "Ana"), ("2900002", "Boris")]
    assert [row[:2] for row in rows(closed, "members")][:1] == [("2900001", "Boris")]


def test_a_coupon_that_was_used_or_withdrawn_since_could_be_used_then(closed: Shop) -> None:
    _, last = span_of_month("2026-10")
    lapsing = rows(closed, "lapsing-coupons", as_of=last)
    # 20 October and 30 days
    assert [(row[0], row[1]) for row in lapsing] == [(day_from_iso("2026-11-19"), "2900001")]
    assert rows(closed, "lapsing-coupons", as_of=day_from_iso("2026-10-19")) == []
    import_revert(closed, 1)
    recalc(closed)
    issue_coupons(closed)
    assert rows(closed, "lapsing-coupons", as_of=last) == lapsing
    assert rows(closed, "lapsing-coupons") == []


def test_coupons_of_a_closed_month_are_what_they_were_when_it_was_closed(closed: Shop) -> None:
    state = [column.name for column in report_named("coupons").COLUMNS].index("state")
    _, last = span_of_month("2026-10")
    (before,) = rows(closed, "coupons", "2026-10")
    assert before[state] == "issued"
    import_revert(closed, 1)
    recalc(closed)
    issue_coupons(closed)
    # It was withdrawn on 5 November: not by the end of October, nor when October was closed.
    assert rows(closed, "coupons", "2026-10") == [before]
    assert [row[state] for row in rows(closed, "coupons", as_of=last - 1)] == ["issued"]
    assert [row[state] for row in rows(closed, "coupons")] == ["withdrawn"]


def test_expiring_says_where_an_earlier_release_kept_no_more_than_the_next_day(closed: Shop) -> None:
    _, last = span_of_month("2026-10")
    wanted = Wanted(as_of=last, days=90)
    note = "An earlier release has kept the next day only"
    assert note not in "".join(map(str, report(closed, "expiring", wanted).tables[0].notes))
    with closed.changing() as connection:
        # without the points by their last day, which stand last
        connection.execute("UPDATE closed_standing SET standing = json_remove(standing, '$[#-1]')")
    assert note in "".join(map(str, report(closed, "expiring", wanted).tables[0].notes))


@pytest.mark.parametrize("fact", LATE_FACTS)
def test_every_report_of_a_closed_month_stays_or_says_that_it_does_not(closed: Shop, fact: str) -> None:
    before = of_october(closed)
    LATE_FACTS[fact](closed)
    recalc(closed)
    issue_coupons(closed)
    after = of_october(closed)
    assert before.keys() == after.keys()
    otherwise = [name for name in before if before[name][1] != after[name][1]]
    assert [name for name in otherwise if not CHANGES.search(after[name][0])] == []


CHANGES = re.compile("what comes late changes closed months, too|by what is known now|a reverted import no longer counts")


def of_october(shop: Shop) -> dict[tuple[str, str, int], tuple[str, list[list[Cell]]]]:
    """The heading and the rows of each table of every report that takes days, of October; who somebody is may be forgotten."""
    first, last = span_of_month("2026-10")
    found: dict[tuple[str, str, int], tuple[str, list[list[Cell]]]] = {}
    for name in sorted(ALL_REPORTS):
        takes = report_named(name).TAKES
        wishes = {"dates": Wanted(first=first, last=last), "as-of": Wanted(as_of=last)}
        for wish, wanted in wishes.items() if name not in {"uplift", "control"} else ():
            for place, table in enumerate(report(shop, name, wanted).tables if wish in takes else ()):
                heading = str(table.basis) if place == 0 or table.basis else found[name, wish, 0][0]
                told = [number for number, column in enumerate(table.columns) if column.name != "name"]
                found[name, wish, place] = heading, [[row[number] for number in told] for row in table.rows]
    return found


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


def test_a_file_is_of_the_stores_that_its_rows_name(closed: Shop) -> None:
    assert [row[11] for row in rows(closed, "imports")] == ["North", "South", "North"]
    bring(closed, LATE, BORISS, "2026-10-30,10:00:00,North,9,2900001,TEA,tea,1,no amount,0,A")
    # Boris's receipt was known, and came again with this file.
    for store, files in (("North", ["north.csv", "november.csv", "late.csv"]), ("South", ["south.csv", "late.csv"])):
        assert [row[1] for row in report(closed, "imports", Wanted(stores=[store])).tables[0].rows] == files
        assert [row[1] for row in report(closed, "set-aside", Wanted(stores=[store])).tables[0].rows] == ["late.csv"]
    assert rows(closed, "imports")[-1][11] == "North, South"


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
    october = [(first + 4, "2900001", "Ana", "guest", "friend", "up", None)]
    bring(closed, LATE)
    recalc(closed)
    late = [(first + 19, "2900001", "Ana", "friend", "patron", "up", november)]
    assert rows(closed, "moves", "2026-10") == october
    assert rows(closed, "moves", "2026-11") == late
    assert rows(closed, "moves") == [*october, *late]
    import_revert(closed, 1)
    recalc(closed)
    # What was booked late and taken back in the same open month is nothing there.
    assert rows(closed, "moves") == [*october, (first + 4, "2900001", "Ana", "friend", "guest", "down", november)]


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
