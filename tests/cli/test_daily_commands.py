from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import run
from tests.operations.small_shop import ANA
from tests.operations.small_shop import BORIS
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operations.small_shop import SmallShop


@pytest.fixture
def there(tmp_path: Path) -> SmallShop:
    """A shop with a purchase in September."""
    there = small_shop(tmp_path / "shop")
    there.export("market-09.csv", [sold(1, "2026-09-10 10:00", ANA, "150.00")])
    there.export("station-09.csv", [])
    return there


def test_a_night_without_trouble_writes_nothing_at_all(there: SmallShop) -> None:
    for _ in range(2):
        night = run("nightly", folder=there.folder)
        assert (night.returncode, night.stdout, night.stderr) == (0, "", "")
    assert there.ask("SELECT points FROM standing") == [(150,)]


def test_a_night_with_a_bad_row_says_so_and_ends_with_100(there: SmallShop) -> None:
    there.export("market-10.csv", [sold(2, "2026-10-01 10:00", ANA, "x"), sold(3, "2026-10-01 10:00", ANA, "1")])
    night = run("nightly", folder=there.folder)
    assert night.returncode == 100
    assert "market-10.csv: 1 row set aside" in night.stdout


def test_a_refused_export_is_told_on_standard_error(there: SmallShop) -> None:
    (there.folder / "till" / "market-00.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    night = run("nightly", folder=there.folder)
    assert night.returncode == 21
    assert "warning: market-00.csv does not fit its layout." in night.stderr
    told = run("nightly", "-O", "json", folder=there.folder)
    assert json.loads(told.stdout)["data"]["failed"] is None


def test_a_night_as_of_a_day_works_through_that_day(there: SmallShop) -> None:
    assert run("nightly", "--as-of", "2026-09-09", folder=there.folder).returncode == 0
    assert there.ask("SELECT count(*) FROM ledger") == [(0,)]
    assert run("nightly", "--as-of", "2026-09-10", folder=there.folder).returncode == 0
    # The coupon is issued on the morning after.
    assert there.ask("SELECT date(issued_on) FROM coupon") == [("2026-09-11",)]


def test_a_watchdog_learns_from_status_that_no_night_was_done(there: SmallShop) -> None:
    assert run("status", "--max-age", "26h", folder=there.folder).returncode == 30
    run("nightly", folder=there.folder)
    found = run("status", "--max-age", "26h", "-O", "json", folder=there.folder)
    assert found.returncode == 0
    assert json.loads(found.stdout)["data"]["last_night"]["exit_code"] == 0
    assert run("status", "--max-age", "soon", folder=there.folder).returncode == 2


def test_a_watch_without_a_pause_is_refused_and_does_not_keep_the_computer_busy(there: SmallShop) -> None:
    refused = run("watch", "--every", "0m", "--looks", "1", folder=there.folder)
    assert refused.returncode == 2
    assert "--every: 0m is too small; the smallest is 1m." in refused.stderr


def test_a_backup_comes_back_as_the_same_shop(there: SmallShop, tmp_path: Path) -> None:
    run("nightly", folder=there.folder)
    made = json.loads(run("backup", str(tmp_path / "stick"), "-O", "json", folder=there.folder).stdout)["data"]["file"]
    refused = run("restore", made, folder=there.folder)
    assert refused.returncode == 40
    assert "is there already" in refused.stderr
    assert run("restore", made, "--into", str(tmp_path / "new"), folder=there.folder).returncode == 0
    checked = run("check", "--full", folder=tmp_path / "new")
    assert "\nEverything is as it should be.\n" in checked.stdout


def test_a_month_is_closed_once(there: SmallShop) -> None:
    run("nightly", folder=there.folder)
    closed = run("month", "close", "2026-09", "--by", "Maria", "--yes", folder=there.folder)
    assert (closed.returncode, closed.stderr) == (0, "")
    assert closed.stdout.startswith("2026-09 is closed, ")
    assert run("month", "close", "2026-09", folder=there.folder).returncode == 40
    assert run("month", "close", "September", folder=there.folder).returncode == 2
    assert run("month", "close", folder=there.folder).returncode == 2


def test_all_that_stands_in_the_way_of_a_month_is_told(there: SmallShop) -> None:
    run("nightly", folder=there.folder)
    refused = run("month", "close", "--through", "2026-11", folder=there.folder)
    assert refused.returncode == 40
    assert "2026-09 to 2026-11 can not be closed yet" in refused.stderr
    assert "The month is not over before the end of 2026-11-30" in refused.stderr
    script = json.loads(run("month", "close", "--through", "2026-11", "-O", "json", folder=there.folder).stderr)
    assert script["problems"][0]["what"].startswith("The month is not over")


def test_check_shows_what_differs_and_ends_with_30(there: SmallShop) -> None:
    run("nightly", folder=there.folder)
    there.change("UPDATE line SET amount = amount + 1")
    found = run("check", folder=there.folder)
    assert found.returncode == 30
    assert "not what was imported" in found.stdout


def test_members_are_added_and_changed_from_the_command_line(there: SmallShop) -> None:
    run("nightly", folder=there.folder)
    words = ("--name", "Ana Ionescu", "--group", "pensioner:2026-01-01", "--consent", "email=yes", "--by", "Maria")
    assert run("member", "add", "--card", ANA, *words, folder=there.folder).returncode == 0
    changed = run("member", "set", ANA, "--card", BORIS, "--end-group", "pensioner:2026-12-31", folder=there.folder)
    assert changed.stdout == f"Ana Ionescu ({ANA}): 2 changes, no. 2.\nCard {BORIS} is added.\nNext: loyalty explain {ANA}\n"
    assert there.ask("SELECT name, date(from_day), date(until_day) FROM member_group") == [("pensioner", "2026-01-01", "2026-12-31")]
    unknown = run("member", "set", "2900041000016", "--name", "x", folder=there.folder)
    assert unknown.returncode == 2
    assert f"Did you mean {ANA}" in unknown.stderr
    assert run("member", "set", ANA, "--consent", "email", folder=there.folder).returncode == 2
