"""The tills' own totals against what came in."""

from __future__ import annotations

from typing import Any
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.importers.receipts.gaps import missing_numbers
from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.operations.imports.reconcile import import_reconcile
from loyalty_cli.operations.imports.reconcile import Typed
from tests.operations.imports.till_shop import asked
from tests.operations.imports.till_shop import export
from tests.operations.imports.till_shop import HEADER
from tests.operations.imports.till_shop import shop_in
from tests.operations.imports.till_shop import taken_in

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.operations.open_shop import Shop

MONDAY = day_from_iso("2026-03-02")


def shop_with_day(folder: Path) -> Shop:
    """North, 2026-03-02: till 1 has 0001, 0002 and 0004 for 10.00, 20.00 and -5.00; till 2 has 7 for 2.50."""
    shop = shop_in(folder)
    taken_in(
        shop,
        export(
            shop,
            "a.csv",
            "2026-03-02,10:00:00,North,0001,,MILK,1,10.00,1",
            "2026-03-02,11:00:00,North,0002,,MILK,2,20.00,1",
            "2026-03-02,12:00:00,North,0004,,MILK,-1,-5.00,1",
            "2026-03-02,12:00:00,North,7,,MILK,1,2.50,2",
            header=f"{HEADER},till",
        ),
    )
    return shop


def test_a_total_that_agrees_ends_well(tmp_path: Path) -> None:
    shop = shop_with_day(tmp_path)
    # 10.00 + 20.00 - 5.00 + 2.50
    outcome = import_reconcile(shop, typed=Typed(store="North", day=MONDAY, total="27.50", receipts=4))
    assert (int(outcome.exit_code), outcome.data["differing"]) == (0, 0)


def test_a_till_that_says_more_differs_and_the_hole_is_named(tmp_path: Path) -> None:
    shop = shop_with_day(tmp_path)
    outcome = import_reconcile(shop, typed=Typed(store="North", till="1", day=MONDAY, total="33.20", receipts=4, by="Ola"))
    assert int(outcome.exit_code) == 31
    days: Any = outcome.data["days"]
    # 25.00 came in: 8.20 less than the till says.
    assert (days[0]["counted"], days[0]["difference"], days[0]["missing"]) == ("25.00", "-8.20", ["0003"])
    assert [str(said) for said in outcome.said] == ["1 till day differs of 1.", "1 receipt number is missing."]
    assert asked(shop, "SELECT store, till, total, receipts, by FROM till_total") == [("North", "1", 3320, 4, "Ola")]
    # The receipt comes late, and the day agrees.
    taken_in(shop, export(shop, "b.csv", "2026-03-02,11:30:00,North,0003,,MILK,1,8.20,1", header=f"{HEADER},till"))
    again = import_reconcile(shop, typed=Typed(first=MONDAY, last=MONDAY))
    assert (int(again.exit_code), again.data["missing_numbers"]) == (0, 0)


def test_daily_reports_come_as_a_list_and_a_corrected_one_replaces_the_first(tmp_path: Path) -> None:
    shop = shop_with_day(tmp_path)
    header = "date,store,till,total,receipts,first_receipt,last_receipt"
    rows = ("2026-03-02,North,1,25.00,3,0001,0005", "2026-03-02,North,2,2.50,1,7,7", "2026-03-32,North,2,2.50,1,7,7")
    outcome = import_reconcile(shop, [export(shop, "z.csv", *rows, header=header)])
    assert int(outcome.exit_code) == 100
    days: Any = outcome.data["days"]
    assert [day["missing"] for day in days] == [["0003", "0005"], []]
    files: Any = outcome.data["files"]
    assert (files[0]["imported"], files[0]["set_aside_rows"][0]["line"]) == (2, 4)
    again = import_reconcile(shop, [export(shop, "z2.csv", rows[0].replace("25.00", "26.00"), rows[1], header=header)])
    files = again.data["files"]
    assert (files[0]["changed"], files[0]["known"], int(again.exit_code)) == (1, 1, 31)
    assert asked(shop, "SELECT total FROM till_total WHERE gone = 0 ORDER BY till") == [(2600,), (250,)]


def test_a_dry_run_keeps_no_total_and_an_unknown_store_is_refused(tmp_path: Path) -> None:
    shop = shop_with_day(tmp_path)
    import_reconcile(shop, typed=Typed(store="North", day=MONDAY, total="1.00"), dry_run=True)
    assert asked(shop, "SELECT count(*) FROM till_total") == [(0,)]
    with pytest.raises(LoyaltyError, match="no store Nord"):
        import_reconcile(shop, typed=Typed(store="Nord", day=MONDAY, total="1.00"))
    with pytest.raises(LoyaltyError, match="Whose total"):
        import_reconcile(shop, typed=Typed(store="North", total="1.00"))


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [
        (["1", "2", "4"], ["3"]),
        (["P-009", "P-011", "K-1", "K-2"], ["P-010"]),
        # Two tills count apart: 12 and 900 do not leave 887 holes.
        (["10", "12", "900", "901"], ["11"]),
        # Made by chance, not counted.
        (["104", "150", "199"], []),
        (["A", "B"], []),
        (["12/03/2026", "14/03/2026"], []),
        ([], []),
    ],
)
def test_holes_between_numbers(numbers: list[str], missing: list[str]) -> None:
    assert missing_numbers(numbers) == missing


def test_the_first_and_last_number_that_a_till_says_are_looked_for() -> None:
    assert missing_numbers(["3", "4"], first="2", last="5") == ["2", "5"]


def test_a_slip_in_the_name_of_a_store_is_set_aside_and_no_day_without_receipts(tmp_path: Path) -> None:
    shop = shop_with_day(tmp_path)
    rows = ("2026-03-02,North,27.50,4", "2026-03-02,Nroth,27.50,4")
    outcome = import_reconcile(shop, [export(shop, "z.csv", *rows, header="date,store,total,receipts")])
    assert int(outcome.exit_code) == 100
    assert asked(shop, "SELECT store FROM till_total") == [("North",)]
    assert "there is no store" in asked(shop, "SELECT reason FROM set_aside")[0][0]
