"""Every report over the tiny shop: its look as golden files, its figures worked by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.render import csv_text
from loyalty_cli.render import plain
from loyalty_cli.render.look import Look
from loyalty_cli.reports.all_reports import ALL_REPORTS
from loyalty_cli.reports.all_reports import report_named
from loyalty_cli.store import database
from tests.reports.shop_by_hand import shop_by_hand

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.table import Cell
    from tests.snapshots import Snapshot


def rows(folder: Path, name: str, wanted: Wanted | None = None) -> list[tuple[Cell, ...]]:
    (table,) = report(shop_by_hand(folder), name, wanted or Wanted()).tables
    return list(table.rows)


def days(first: str, last: str) -> Wanted:
    return Wanted(first=day_from_iso(first), last=day_from_iso(last))


@pytest.mark.parametrize("name", ALL_REPORTS)
def test_a_report_looks_as_it_did(name: str, tmp_path: Path, snapshot: Snapshot) -> None:
    outcome = report(shop_by_hand(tmp_path), name, Wanted())
    page = plain.render(outcome, Look()).decode()
    table = csv_text.render(outcome, Look()).decode()
    snapshot.check(f"{page}\n{table}", f"{name}.txt")


@pytest.mark.parametrize("name", ALL_REPORTS)
def test_a_report_on_a_new_shop_is_a_sentence(name: str, tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    shop.database.unlink()
    database.create(shop.database).close()
    outcome = report(shop, name, Wanted())
    assert not outcome.tables[0].rows
    assert (
        plain.render(outcome, Look())
        .decode()
        .splitlines()[-1]
        .endswith((".", "loyalty import members FILE", "loyalty import purchases FILE", "loyalty coupons issue"))
    )


@pytest.mark.parametrize("name", ALL_REPORTS)
def test_a_report_has_the_columns_it_promises(name: str, tmp_path: Path) -> None:
    table, *_ = report(shop_by_hand(tmp_path), name, Wanted()).tables
    promised = [column.name for column in report_named(name).COLUMNS]
    given = [column.name for column in table.columns]
    assert table.name == name
    assert len(set(given)) == len(given)
    if name not in {"draw", "tiers"}:  # tickets before a draw have their own columns; tiers add their measure
        assert given == promised
    for row in table.rows:
        assert len(row) == len(given)


def test_the_liability_rolls_forward_and_a_month_opens_with_what_the_last_closed_with(tmp_path: Path) -> None:
    found = rows(tmp_path, "liability")
    # month, opening, earned, redeemed, lapsed, taken back, other, closing, money at 0.05, pending, money
    assert [row[:11] for row in found] == [
        # September: 120 became usable, 80 of Boris still wait. 120 x 0.05 = 6.00, 80 x 0.05 = 4.00
        ("2026-09", 0, 120, 0, 0, 0, 0, 120, 6_00, 80, 4_00),
        # October: 80 + 300 = 380 earned, 100 redeemed, 20 taken back:
        # 120 + 380 - 100 - 20 = 380; 380 x 0.05 = 19.00
        ("2026-10", 120, 380, 100, 0, 20, 0, 380, 19_00, 0, 0),
        # November: 45 earned, 80 lapsed, 10 given by hand: 380 + 45 - 80 + 10 = 355; 355 x 0.05 = 17.75
        ("2026-11", 380, 45, 0, 80, 0, 10, 355, 17_75, 0, 0),
    ]
    for before, after in pairwise(found):
        assert (after[1], after[11]) == (before[7], before[8])


def test_money_of_the_liability_adds_up_when_a_point_is_worth_a_fraction(tmp_path: Path) -> None:
    # A point is worth a third of a grosz: 333 / 1000.
    shop = shop_by_hand(tmp_path, settings={"one_point_worth": "333"})
    (table,) = report(shop, "liability", Wanted()).tables
    for row in table.rows:
        closing, (opening, earned, redeemed, lapsed, back, other) = row[8], row[11:]
        assert closing == opening + earned - redeemed - lapsed - back + other  # type: ignore[operator]


def test_a_month_of_the_liability_opens_with_all_that_was_before_it(tmp_path: Path) -> None:
    found = rows(tmp_path, "liability", days("2026-10-01", "2026-10-31"))
    assert [row[:3] for row in found] == [("2026-10", 120, 380)]


def test_the_liability_shows_a_month_in_which_nothing_happened(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    later = replace(shop, now=shop.now.replace(year=2027, month=1))
    (table,) = report(later, "liability", Wanted()).tables
    assert [(row[0], row[1], row[7]) for row in table.rows][-2:] == [
        ("2026-12", 355, 355),
        ("2027-01", 355, 355),
    ]


def test_points_of_each_member_are_sorted_into_what_they_are(tmp_path: Path) -> None:
    assert rows(tmp_path, "points") == [
        # Ana: 120 + 300 earned, 100 redeemed, 20 taken back, 10 given: 420 - 100 - 20 + 10 = 310
        ("2900000000016", "Ana Popescu", 420, 100, 0, 20, 10, 310, 0),
        # Boris: 80 + 45 earned, 80 lapsed: 45
        ("2900000000023", "=Борис", 125, 0, 80, 0, 0, 45, 0),
    ]


def test_points_of_a_month_keep_the_balance_of_its_last_day(tmp_path: Path) -> None:
    assert rows(tmp_path, "points", days("2026-10-01", "2026-10-10")) == [
        # By 10 October Ana has 120 from September and 300 pending; Boris' 80 became usable on the 4th.
        ("2900000000016", "Ana Popescu", 0, 0, 0, 0, 0, 120, 300),
        ("2900000000023", "=Борис", 80, 0, 0, 0, 0, 80, 0),
    ]


def test_moves_name_the_base_tier_and_leave_out_what_was_taken_back_the_same_day(tmp_path: Path) -> None:
    found = [(row[0], row[2], *row[3:6]) for row in rows(tmp_path, "moves")]
    assert found == [
        (day_from_iso("2026-09-20"), "=Борис", "guest", "friend", "up"),
        (day_from_iso("2026-10-05"), "Ana Popescu", "guest", "friend", "up"),
        (day_from_iso("2026-11-01"), "=Борис", "friend", "guest", "down"),
        (day_from_iso("2026-11-15"), "Ana Popescu", "friend", "patron", "up"),
    ]


def test_moves_of_a_span_are_those_of_its_days_both_included(tmp_path: Path) -> None:
    assert len(rows(tmp_path, "moves", days("2026-11-01", "2026-11-15"))) == 2


def test_near_a_tier_is_who_lacks_at_most_a_fifth_of_it(tmp_path: Path) -> None:
    # Boris lacks 10.00 of 100.00: within 20 %. The card without a name lacks all of it.
    found = [(row[1], row[3], row[4], row[5], row[6]) for row in rows(tmp_path, "near-tier")]
    assert found == [
        ("=Борис", "can rise", 10_00, "friend", None),
        ("Ana Popescu", "may drop", 50_00, "", day_from_iso("2026-12-31")),
    ]


def test_what_is_missing_is_counted_as_the_tiers_are(tmp_path: Path) -> None:
    (table,) = report(shop_by_hand(tmp_path, settings={"tiers_by": "visits"}), "near-tier", Wanted()).tables
    assert {column.name: column.kind for column in table.columns}["missing"] == "count"


def test_near_a_tier_can_be_asked_more_strictly(tmp_path: Path) -> None:
    assert [row[3] for row in rows(tmp_path, "near-tier", Wanted(within=9))] == ["may drop"]


def test_tiers_are_shown_from_the_lowest_up_with_those_that_are_empty(tmp_path: Path) -> None:
    found = [row[:4] for row in rows(tmp_path, "tiers")]
    # 2 of 3 members are guests: 66.67 %, 1 of 3 a patron: 33.33 %; the shares add up to 100 %.
    assert found == [("guest", 2, 66_67, 90_00), ("friend", 0, 0, 0), ("patron", 1, 33_33, 400_00)]


def test_a_coupon_lapses_the_day_after_its_last_one(tmp_path: Path) -> None:
    assert [row[6] for row in rows(tmp_path, "coupons")] == ["used", "lapsed", "issued"]
    (tmp_path / "before").mkdir()
    before = rows(tmp_path / "before", "coupons", Wanted(as_of=day_from_iso("2026-11-09")))
    assert [row[6] for row in before] == ["used", "issued"]


def test_turnover_is_by_month_and_store_with_the_share_of_members(tmp_path: Path) -> None:
    found = rows(tmp_path, "activity", days("2026-10-01", "2026-10-31"))
    assert found == [
        # Market in October: 50.00 sold to nobody known, 20.00 taken back: net 30.00; no member bought.
        ("2026-10", "Market", 2, 50_00, 20_00, 30_00, 0, 50_00, None),
        ("2026-10", "Station", 1, 300_00, 0, 300_00, 100_00, 300_00, None),
    ]


def test_turnover_of_one_store_leaves_the_others_out(tmp_path: Path) -> None:
    assert {row[1] for row in rows(tmp_path, "activity", Wanted(stores=("Station",)))} == {"Station"}


def test_points_that_lapse_within_the_days_asked_for_are_listed_with_their_worth(tmp_path: Path) -> None:
    # 200 points x 0.05 = 10.00
    found = rows(tmp_path, "expiring", Wanted(days=14))
    assert [(row[2], row[3], row[4]) for row in found] == [("Ana Popescu", 200, 10_00)]
    (tmp_path / "sooner").mkdir()
    assert rows(tmp_path / "sooner", "expiring", Wanted(days=13)) == []


def test_points_that_lapse_in_a_month_are_asked_for_by_its_days(tmp_path: Path) -> None:
    # Today is 14 days before Ana's 200 points lapse: they are of that month, and of no other.
    (soon,) = rows(tmp_path, "expiring", Wanted(days=14))
    assert isinstance(soon[0], int)
    month = month_of(soon[0])
    (tmp_path / "month").mkdir()
    assert rows(tmp_path / "month", "expiring", days(f"{month}-01", f"{month}-28")) == [soon]
    (tmp_path / "later").mkdir()
    assert rows(tmp_path / "later", "expiring", days("2027-06-01", "2027-06-30")) == []
    (tmp_path / "over").mkdir()
    with pytest.raises(LoyaltyError, match="is after --to 2026-01-01"):
        rows(tmp_path / "over", "expiring", Wanted(last=day_from_iso("2026-01-01")))


def test_a_draw_that_was_run_shows_its_winners(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    connection = database.connect(shop.database)
    days = (day_from_iso("2026-10-01"), day_from_iso("2026-10-31"))
    connection.execute(
        "INSERT INTO draw (id, name, slug, first_day, last_day, tickets, entrants, entries_sha256,"
        " void_sha256, rules_sha256, rules, closed_at, folder, run_at)"
        " VALUES (1, 'spring draw', 'spring-draw', ?, ?, 4, 2, '', '', '', '', '', '',"
        " '2026-11-01T10:00:00+00:00')",
        days,
    )
    connection.execute("INSERT INTO draw_winner VALUES (1, 1, 'sewing machine', 0, ?, 'P7', 3, 0)", (ANA_ID,))
    connection.execute("INSERT INTO draw_winner VALUES (1, 2, 'sewing machine', 1, ?, 'P2', 4, 1)", (BORIS_ID,))
    connection.close()
    (table,) = report(shop, "draw", Wanted(draw="spring-draw")).tables
    assert [(row[1], row[2], row[4], row[6]) for row in table.rows] == [
        ("sewing machine", "winner", "Ana Popescu", 3),
        ("sewing machine", "reserve", "=Борис", 4),
    ]


ANA_ID, BORIS_ID = 1, 2


def test_a_limit_says_how_many_rows_there_are(tmp_path: Path) -> None:
    (table,) = report(shop_by_hand(tmp_path), "members", Wanted(limit=2)).tables
    assert len(table.rows) == 2
    assert str(table.notes[-1]) == "The first 2 of 3 rows; a total counts the rows shown."


def test_a_wish_that_a_report_can_not_fulfil_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="does not take --month, --from, --to"):
        report(shop_by_hand(tmp_path), "draws", days("2026-10-01", "2026-10-31"))


@pytest.mark.parametrize(
    ("name", "hint"), [("draw", 'Write --draw "autumn".'), ("members", "Leave it out: the report shows everything it has.")]
)
def test_a_word_behind_a_report_that_takes_none_is_told_as_it_was_typed(name: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError, match="does not take autumn") as caught:
        report(shop_by_hand(tmp_path), name, Wanted(about="autumn"))
    assert str(caught.value.hint) == hint


def test_an_unknown_report_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(LoyaltyError) as caught:
        report(shop_by_hand(tmp_path), "liabilty", Wanted())
    assert str(caught.value.hint) == "Did you mean 'liability'?"


def test_a_store_from_which_nothing_has_come_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)
    with pytest.raises(LoyaltyError, match="There is no store market") as caught:
        report(shop, "activity", Wanted(stores=("market",)))
    assert str(caught.value.hint) == "Did you mean 'Market'?"
    with pytest.raises(LoyaltyError) as caught:
        report(shop, "activity", Wanted(stores=("Harbour",)))
    assert str(caught.value.hint) == "Stores: Market, Station."


def test_days_to_come_and_days_before_everything_known_are_refused(tmp_path: Path) -> None:
    shop = shop_by_hand(tmp_path)  # its first receipt is of 10 September, today is 21 November
    for wanted, why in (
        (days("2026-12-01", "2026-12-31"), "2026-12-01 has not come yet"),
        (Wanted(as_of=day_from_iso("2026-11-22")), "--as-of: 2026-11-22 has not come yet"),
        (days("2026-08-01", "2026-08-31"), "nothing until 2026-08-31: the first that is known is of 2026-09-10"),
        (Wanted(as_of=day_from_iso("2026-09-09")), "nothing until 2026-09-09"),
    ):
        with pytest.raises(LoyaltyError, match=why):
            report(shop, "activity", wanted)
    assert report(shop, "activity", days("2026-11-01", "2026-11-30")).tables[0].rows
    assert not report(shop, "prizes", days("2027-01-01", "2027-01-31")).tables[0].rows
