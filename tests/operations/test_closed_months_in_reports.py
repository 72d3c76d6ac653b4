"""What the reports of a closed month show stays; what comes to light later is a line of the month it is booked in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import month_of
from loyalty_cli.model.days import span_of_month
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.imports.revert import import_revert
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.program.adopt import adopt_program
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store import database
from loyalty_cli.store import months
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import sold
from tests.reports.shop_by_hand import shop_by_hand

if TYPE_CHECKING:
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.operations.open_shop import Shop
    from tests.operations.small_shop import SmallShop

NAMES = ("activity", "points", "points-by-month", "liability")


def rows(shop: Shop, name: str, month: str = "") -> list[tuple[Cell, ...]]:
    first, last = span_of_month(month) if month else (None, None)
    return list(report(shop, name, Wanted(first=first, last=last)).tables[0].rows)


@pytest.fixture
def closed(there: SmallShop) -> SmallShop:
    """Ana bought for 50.00 in September, which is closed, and for 20.00 in October."""
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "50.00")])
    there.export("market-10.csv", [sold(2, "2026-10-02 10:00", ANA, "20.00")])
    nightly(there.shop)
    month_close(there.shop, "2026-09")
    return there


def bring_late(there: SmallShop) -> None:
    """Two receipts of September, of Ana and of Boris, come in October."""
    late = [sold(9, "2026-09-20 10:00", ANA, "30.00"), sold(8, "2026-09-21 10:00", BORIS, "5.00")]
    import_purchases(there.shop, [str(there.export("late.csv", late))], store="Market")
    recalc(there.shop)


def test_no_report_of_a_closed_month_changes_when_something_comes_late(closed: SmallShop) -> None:
    before = {name: rows(closed.shop, name, "2026-09") for name in NAMES}
    bring_late(closed)
    assert {name: rows(closed.shop, name, "2026-09") for name in NAMES} == before


def test_what_comes_late_is_a_line_of_its_own_in_the_month_it_is_booked_in(closed: SmallShop) -> None:
    bring_late(closed)
    assert rows(closed.shop, "activity") == [
        ("2026-09", "Market", 1, 50_00, 0, 50_00, 100_00, 50_00, None),
        ("2026-10", "Market", 1, 20_00, 0, 20_00, 100_00, 20_00, None),
        # 30.00 + 5.00 in two receipts: 17.50 on average
        ("2026-10", "Market", 2, 35_00, 0, 35_00, 100_00, 17_50, "2026-09"),
    ]
    # 20 + 30 + 5 points: what members have and what the month has is the same.
    assert [row[2] for row in rows(closed.shop, "points", "2026-10")] == [50, 5]
    assert rows(closed.shop, "points-by-month", "2026-10")[0][1] == 55


def test_the_late_line_stays_when_its_month_is_closed_too(closed: SmallShop) -> None:
    bring_late(closed)
    november = replace(closed.shop, now=closed.shop.now.replace(month=11))
    recalc(november)
    before = rows(november, "activity")
    month_close(november, "2026-10")
    assert rows(november, "activity") == before


def test_an_import_that_is_taken_back_takes_nothing_from_a_closed_month(closed: SmallShop) -> None:
    import_revert(closed.shop, 1)
    recalc(closed.shop)
    assert rows(closed.shop, "activity") == [
        ("2026-09", "Market", 1, 50_00, 0, 50_00, 100_00, 50_00, None),
        ("2026-10", "Market", 1, 20_00, 0, 20_00, 100_00, 20_00, None),
        ("2026-10", "Market", -1, -50_00, 0, -50_00, 100_00, 50_00, "2026-09"),
    ]
    # Earned in October: 20 less the 50 of September; the balance is the 20.
    assert [(row[2], row[7]) for row in rows(closed.shop, "points", "2026-10")] == [(-30, 20)]


def test_a_new_price_of_points_changes_no_closed_month(closed: SmallShop) -> None:
    # 50 points at 0.05 are 2.50; 20 more at 0.10 make 70 x 0.10 = 7.00: 2.50 + 2.00 earned + 2.50 for the price.
    before = rows(closed.shop, "liability", "2026-09")
    program = closed.shop.program
    program.write_text(program.read_text().replace("one_point_pays: 0.05", "one_point_pays: 0.10"))
    adopt_program(closed.shop, from_day=None, by="")
    assert rows(closed.shop, "liability", "2026-09") == before
    (october,) = rows(closed.shop, "liability", "2026-10")
    assert (october[8], october[11:]) == (7_00, (2_50, 2_00, 0, 0, 0, 2_50))


def test_each_heading_says_by_which_day_it_counts(closed: SmallShop) -> None:
    for name in NAMES:
        basis = str(report(closed.shop, name, Wanted()).tables[0].basis)
        assert basis == "Days: all days, by the day it was booked; closed months do not change."


DAYS = st.integers(day_from_iso("2026-07-01"), day_from_iso("2026-09-30"))
RECEIPT = st.tuples(st.just("new"), DAYS, st.integers(1, 2), st.integers(-3, 9), st.sampled_from((None, 1, 2)))
GONE = st.tuples(st.just("gone or back"), st.integers(1, 12))
CLOSE = st.just(("close",))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(RECEIPT, RECEIPT, GONE, CLOSE), min_size=3, max_size=30))
def test_whatever_happens_closed_months_stay_and_all_lines_add_up_to_the_receipts(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[object, ...]]
) -> None:
    shop = shop_by_hand(tmp_path_factory.mktemp("shop"))
    connection = database.connect(shop.database)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM receipt")
    kept: list[tuple[Cell, ...]] = []
    to_close = ["2026-07", "2026-08", "2026-09"]
    for number, (what, *values) in enumerate(history, 1):
        if what == "new":
            day, store, total, member = values
            connection.execute(
                "INSERT INTO receipt (id, store_id, number, member_id, at, day, clock, total, returned, loyalty, import_id, "
                "content, gone) VALUES (?1, ?2, ?1, ?3, 0, ?4, 0, ?5, max(0, -?5), 0, 1, 0, 0)",
                (number, store, member, day, total),
            )
        elif what == "gone or back":
            connection.execute("UPDATE receipt SET gone = iif(gone, 0, id) WHERE id = ?", values)
        elif to_close:
            month = to_close.pop(0)
            _, last = span_of_month(month)
            months.close_month(connection, months.ClosedMonth(month, last + 1, 0, ""), worth=0, at="", by="")
            kept = [row for row in rows(shop, "activity") if str(row[0]) <= month]
        found = rows(shop, "activity")
        assert found[: len(kept)] == kept
        # The slow way: every receipt that counts, by the month in which it happened.
        counts: Counter[tuple[str, int]] = Counter()
        for day, store, total in connection.execute("SELECT day, store_id, total FROM receipt WHERE gone = 0"):
            counts[month_of(day), store] += total
        shown: Counter[tuple[str, int]] = Counter()
        for row in found:
            shown[str(row[8] or row[0]), {"Market": 1, "Station": 2}[str(row[1])]] += int(row[5] or 0)
        assert {key: n for key, n in shown.items() if n} == {key: n for key, n in counts.items() if n}
    connection.close()
