"""The staff's list of birthdays, days worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import next_yearly
from loyalty_cli.operations.members.add import member_add
from loyalty_cli.operations.members.wishes import MemberWishes
from loyalty_cli.operations.report import report
from loyalty_cli.operations.report import Wanted
from tests.operations.small_shop import small_shop

if TYPE_CHECKING:
    from pathlib import Path


def test_the_next_days_in_order_with_the_age_where_the_year_is_known(tmp_path: Path) -> None:
    now = small_shop(tmp_path / "shop").at("2026-12-20T10:00")
    member_add(now, "2900041000015", MemberWishes(name="Ana", birthday="1990-01-02", name_day="12-24"))
    member_add(now, "2900041000022", MemberWishes(name="Boris", birthday="12-31"))
    member_add(now, "2900041000039", MemberWishes(name="Cora", birthday="1985-02-20"))
    (table,) = report(now, "birthdays", Wanted()).tables
    # 30 days from 20 December: until 19 January; Ana was born in 1990 and becomes 37 in 2027.
    assert [(row[0], row[1], row[3], row[4]) for row in table.rows] == [
        (day_from_iso("2026-12-24"), "name day", "Ana", None),
        (day_from_iso("2026-12-31"), "birthday", "Boris", None),
        (day_from_iso("2027-01-02"), "birthday", "Ana", 37),
    ]


def test_the_29th_of_february_is_kept_on_the_28th_in_other_years() -> None:
    assert next_yearly(2, 29, day_from_iso("2027-01-01")) == day_from_iso("2027-02-28")
    assert next_yearly(2, 29, day_from_iso("2028-01-01")) == day_from_iso("2028-02-29")
    assert next_yearly(2, 29, day_from_iso("2027-03-01")) == day_from_iso("2028-02-29")
