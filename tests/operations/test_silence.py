"""Silence is seen: by the night, by status and by a watchdog."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from typing import cast
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from loyalty_cli.model.days import day_from_iso
from loyalty_cli.model.days import iso
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations import days_off
from loyalty_cli.operations.imports.purchases import import_purchases
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.status import status
from loyalty_cli.operations.silence.rhythm import silence_of
from tests.operations.small_shop import ANA
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyalty_cli.model.shown.outcome import Outcome
    from tests.operations.small_shop import SmallShop

MONDAY = day_from_iso("2026-08-03")


def codes(outcome: Outcome) -> list[tuple[object, object]]:
    found: Any = outcome.data.get("silence") or cast("Any", outcome.data)["steps"][1]["silence"]
    return [(each["code"], each["store"]) for each in found]


def rewrite(there: SmallShop, old: str, new: str) -> None:
    there.shop.program.write_text(PROGRAM.replace(old, new), encoding="utf-8")


@pytest.fixture
def well(there: SmallShop) -> SmallShop:
    """Both stores have left a file."""
    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "5.00")])
    there.export("station-10.csv", [sold(1, "2026-10-04 10:00", ANA, "5.00")])
    nightly(there.shop)
    return there


def test_a_shop_in_which_all_is_well_is_not_silent(well: SmallShop) -> None:
    assert nightly(well.shop).exit_code == ExitCode.OK
    found = status(well.shop, max_age=timedelta(hours=26))
    assert (found.data["silence"], found.exit_code, found.warnings) == ([], ExitCode.OK, [])


@pytest.mark.parametrize(
    ("old", "new", "silence"),
    [
        (PROGRAM[PROGRAM.index("stores:") : PROGRAM.index("tiers:")], "", ("no-stores", None)),
        ("{files: till/market-*.csv}", "{}", None),
        ("till/station-*", "gone/station-*", ("no-folder", "Station")),
        ("till/station-*", "till/statoin-*", ("no-files", "Station")),
    ],
    ids=["no stores", "a store without files", "a folder that is gone", "a pattern without a file"],
)
def test_what_can_bring_nothing_is_told(well: SmallShop, old: str, new: str, silence: tuple[str, str] | None) -> None:
    rewrite(well, old, new)
    expected = [silence] if silence else []
    night = nightly(well.shop)
    assert codes(night) == expected if silence else night.exit_code == ExitCode.OK
    assert night.exit_code == (ExitCode.SILENT if silence else ExitCode.OK)
    assert night.quiet == (not silence)
    assert len(night.warnings) == len(expected)
    found = status(well.shop)
    assert (found.exit_code, found.data["silence"] != []) == (ExitCode.OK, bool(silence))
    watched = status(well.shop, max_age=timedelta(hours=26))
    assert watched.exit_code == (ExitCode.DIFFERENCES if silence else ExitCode.OK)
    assert watched.data["late"] is False


def test_a_night_that_imports_nothing_by_plan_needs_no_stores(well: SmallShop) -> None:
    text = PROGRAM[: PROGRAM.index("stores:")] + PROGRAM[PROGRAM.index("tiers:") :]
    well.shop.program.write_text(text.replace("[backup, import,", "[backup,"), encoding="utf-8")
    assert nightly(well.shop).exit_code == ExitCode.OK
    assert status(well.shop).data["silence"] == []


def test_a_store_that_has_stopped_is_told_after_two_of_its_days(well: SmallShop) -> None:
    # Monday to Saturday from 3 August to 3 October: the last is a Saturday; Sundays are not missed.
    days = [day for day in range(MONDAY, day_from_iso("2026-10-04")) if day % 7 < 6]
    rows = [sold(100 + number, f"{iso(day)} 10:00", ANA, "5.00") for number, day in enumerate(days)]
    import_purchases(well.shop, [str(well.export("market-all.csv", rows))], store="Market")
    # Tuesday morning: only Monday is missed. Wednesday morning: Monday and Tuesday.
    assert status(well.at("2026-10-06T02:00")).data["silence"] == []
    found = status(well.at("2026-10-07T02:00"))
    assert [str(warning) for warning in found.warnings] == [
        "Nothing has come from Market since 2026-10-03; on 2 days since then it should have sold."
    ]
    assert found.data["silence"] == [{"code": "silent-store", "store": "Market", "since": "2026-10-03", "said": str(found.warnings[0])}]
    assert nightly(well.at("2026-10-07T02:00")).exit_code == ExitCode.SILENT
    rewrite(well, "language: en", "language: en\nclosed: [2026-10-05 to 2026-10-06]")
    assert status(well.at("2026-10-07T02:00")).data["silence"] == []


def test_holidays_are_looked_up_by_the_night_of_a_quiet_shop_and_then_known_to_status(
    well: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The last sale is of Tuesday, 10 November; Wednesday is a holiday in Poland: by Friday morning one day is missed, not two.
    days = [day for day in range(MONDAY, day_from_iso("2026-11-11")) if day % 7 < 6]
    rows = [sold(100 + number, f"{iso(day)} 10:00", ANA, "5.00") for number, day in enumerate(days)]
    import_purchases(well.shop, [str(well.export("market-all.csv", rows))], store="Market")
    nightly(well.at("2026-11-13T02:00"))
    nobody_looks_up(monkeypatch)
    assert status(well.at("2026-11-13T02:00")).data["silence"] == []
    told = status(well.at("2026-11-14T02:00")).data["silence"]
    assert [each["since"] for each in cast("Any", told)] == ["2026-11-10"]


def test_a_shop_in_which_something_came_last_night_looks_up_no_holidays(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_looks_up(monkeypatch)
    there.export("station-8.csv", [sold(1, "2026-11-08 10:00", ANA, "5.00")])
    for day in (8, 9, 10):
        there.export(f"market-{day}.csv", [sold(day, f"2026-11-{day:02} 10:00", ANA, "5.00")])
        assert nightly(there.at(f"2026-11-{day + 1:02}T02:00")).warnings == []


def test_nor_does_one_whose_stores_nobody_names_and_nothing_comes_from(there: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody_looks_up(monkeypatch)
    rewrite(there, PROGRAM[PROGRAM.index("stores:") : PROGRAM.index("tiers:")], "")
    import_purchases(there.shop, [str(there.export("market-all.csv", [sold(1, "2026-08-10 10:00", ANA, "5.00")]))], store="Market")
    # 10 August and 56 days are 5 October.
    assert recalc(there.at("2026-10-06T02:00")).exit_code == ExitCode.OK
    with pytest.raises(AssertionError):
        recalc(there.at("2026-10-05T02:00"))


def nobody_looks_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nobody may ask for holidays that are not kept."""

    def looked_up(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(days_off, "public_holidays", looked_up)


def test_kept_holidays_serve_their_own_country_and_time() -> None:
    today = day_from_iso("2026-11-13")
    word = days_off.holidays_kept("", "PL", today)
    found = days_off.holidays_from(word)
    # A year back is in 2025, a quarter ahead in 2027, and the whole year after that.
    assert (iso(found.first), iso(found.last)) == ("2025-01-01", "2028-12-31")
    assert day_from_iso("2026-11-11") in found.days
    assert day_from_iso("2026-11-12") not in found.days
    assert days_off.holidays_kept(word, "PL", day_from_iso("2028-09-30")) == word
    assert days_off.holidays_kept(word, "PL", day_from_iso("2028-10-01")) != word
    assert days_off.holidays_from(days_off.holidays_kept(word, "DE", today)).country == "DE"
    assert days_off.holidays_kept("", "", today) == ""


def test_a_store_that_the_program_no_longer_names_is_given_up(well: SmallShop) -> None:
    days = range(MONDAY, day_from_iso("2026-10-04"))
    rows = [sold(100 + number, f"{iso(day)} 10:00", ANA, "5.00") for number, day in enumerate(days)]
    import_purchases(well.shop, [str(well.export("market-all.csv", rows))], store="Market")
    assert codes(status(well.at("2026-11-29T02:00"))) == [("silent-store", "Market")]
    rewrite(well, "  Market: {files: till/market-*.csv}\n", "")
    # The last receipt is of 3 October; 56 days later is 28 November.
    assert codes(status(well.at("2026-11-28T02:00"))) == [("silent-store", "Market")]
    assert status(well.at("2026-11-29T02:00")).data["silence"] == []


def nobody(days: Collection[int]) -> Collection[int]:
    return ()


def test_nothing_is_known_of_a_store_with_less_than_ten_days() -> None:
    days = list(range(MONDAY, MONDAY + 9))
    assert silence_of(days, [], MONDAY + 60, nobody) is None
    assert silence_of([*days, MONDAY + 9], [], MONDAY + 60, nobody) is not None


def test_a_holiday_is_no_silence_and_a_store_that_often_pauses_may_pause() -> None:
    week = [day for day in range(MONDAY, MONDAY + 56) if day % 7 < 5]  # the last is Friday, day 53
    assert silence_of(week, [], MONDAY + 57, nobody) is not None  # Monday and Tuesday
    assert silence_of(week, [], MONDAY + 57, lambda _: {MONDAY + 56}) is None
    # Every fourth day: no weekday is usual, so all count; three days between, so more than 2 x 3 + 1 = 7 are silence.
    seldom = list(range(MONDAY, MONDAY + 80, 4))
    assert silence_of(seldom, [], seldom[-1] + 7, nobody) is None
    assert silence_of(seldom, [], seldom[-1] + 8, nobody) is not None


def test_a_store_that_is_imported_once_a_week_may_be_a_week_behind() -> None:
    daily = list(range(MONDAY, MONDAY + 56))
    mondays = list(range(MONDAY + 7, MONDAY + 57, 7))
    # Six days between two imports: more than 2 x 6 + 1 = 13 are silence.
    assert silence_of(daily, mondays, daily[-1] + 13, nobody) is None
    assert silence_of(daily, mondays, daily[-1] + 14, nobody) is not None


@settings(max_examples=100)
@given(st.sets(st.integers(0, 150), min_size=10, max_size=90), st.integers(0, 60))
def test_who_is_silent_stays_silent_until_something_comes(days: set[int], waited: int) -> None:
    sold_on = [MONDAY + day for day in sorted(days)]
    until = sold_on[-1] + waited
    if silence_of(sold_on, [], until, nobody) is not None:
        assert silence_of(sold_on, [], until + 1, nobody) is not None
        assert silence_of([*sold_on, until], [], until, nobody) is None
