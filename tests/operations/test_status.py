from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from pathlib import PurePosixPath
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.shop import folder_health
from loyalty_cli.operations.shop.folder_health import kind_of_mount
from loyalty_cli.operations.shop.folder_health import rights_warnings
from loyalty_cli.operations.shop.folder_health import sync_service
from loyalty_cli.operations.shop.folder_health import windows_warnings
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.status import status
from loyalty_cli.store import nights
from loyalty_cli.store.lock import holder_of
from tests.operations.small_shop import ANA
from tests.operations.small_shop import PROGRAM
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from loyalty_cli.model.shown.outcome import Outcome
    from tests.operations.small_shop import SmallShop

A_DAY = timedelta(hours=26)


@pytest.fixture
def shop(there: SmallShop) -> SmallShop:
    """The morning after a night in which one receipt came in."""
    there.export("market-10.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    there.export("station-10.csv", [])
    nightly(there.shop)
    return there


def warned(outcome: Outcome) -> str:
    return "\n".join(map(str, outcome.warnings))


def test_status_tells_how_the_shop_is_doing(shop: SmallShop) -> None:
    found = status(shop.shop, max_age=A_DAY)
    size = -(-shop.shop.database.stat().st_size // 1024)
    assert [str(said) for said in found.said] == [
        "Fabric Corner Club: 1 version adopted.",
        "Last night: 2026-10-05 04:00; done: backup, import, recalc, coupons.",
        "Last import: 2026-10-05 04:00; last receipt: 2026-10-03.",
        "Recalculated through 2026-10-04, last on 2026-10-05 04:00; members due: 0.",
        "1 member, 1 receipt.",
        "Open conflicts: 0; rows set aside: 0.",
        "Last closed month: -.",
        f"The database takes {size} KB.",
        "Books of 2026 are to be kept through 2032-12-31: loyalty report retention",
    ]
    assert (found.exit_code, found.warnings) == (ExitCode.OK, [])
    assert found.data["last_receipt"] == "2026-10-03"
    assert found.data["program_file"] == "in force"


def test_a_night_that_is_missing_ends_with_30(shop: SmallShop) -> None:
    assert status(shop.at("2026-10-06T03:59"), max_age=A_DAY).exit_code == ExitCode.OK
    late = status(shop.at("2026-10-06T04:01"), max_age=A_DAY)
    assert late.exit_code == ExitCode.DIFFERENCES
    assert "older than 26 hours" in warned(late)


def test_a_night_that_failed_or_was_killed_does_not_count(shop: SmallShop) -> None:
    tomorrow = shop.at("2026-10-06T02:00")
    with tomorrow.changing() as connection:
        night = nights.begin_night(connection, tomorrow.moment)
    later = shop.at("2026-10-06T05:00")
    found = status(later, max_age=A_DAY)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert "it was interrupted" in str(found.said[1])
    with tomorrow.changing() as connection:
        nights.end_night(connection, night, ["backup"], ExitCode.NO_SPACE)
    found = status(later, max_age=A_DAY)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert "done: backup; it ended with code 14" in str(found.said[1])
    with tomorrow.changing() as connection:
        nights.end_night(connection, night, ["backup"], ExitCode.SET_ASIDE)
    assert status(later, max_age=A_DAY).exit_code == ExitCode.OK


def test_a_shop_without_any_night_is_late(tmp_path: Path) -> None:
    new = small_shop(tmp_path / "new", adopted=False)
    found = status(new.shop, max_age=A_DAY)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert found.data["program_file"] == "not adopted"
    assert [str(said) for said in found.said][:2] == [
        "No program has been adopted yet.",
        "There has been no night yet: loyalty nightly",
    ]


def test_a_program_file_that_differs_or_has_mistakes_is_told(shop: SmallShop) -> None:
    shop.shop.program.write_text(PROGRAM.replace("points: 1", "points: 2"), encoding="utf-8")
    assert status(shop.shop).data["program_file"] == "differs"
    shop.shop.program.write_text("x: y\n", encoding="utf-8")
    found = status(shop.shop)
    assert (found.data["program_file"], found.exit_code) == ("mistakes", ExitCode.OK)
    assert "program.yaml has mistakes" in warned(found)


LOCKING = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.readline()
"""


def test_a_database_that_is_being_written_is_no_trouble(shop: SmallShop) -> None:
    words = [sys.executable, "-c", LOCKING, str(shop.shop.database)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "locked\n"
        found = status(shop.shop, max_age=A_DAY)
        writer.communicate("\n")
    assert (found.exit_code, found.data["busy"]) == (ExitCode.OK, True)
    assert "is being written" in str(found.said[0])


def test_the_holder_of_the_lock_is_named(shop: SmallShop) -> None:
    # Two openings of the file are told apart even within one process.
    with shop.shop.changing():
        assert holder_of(shop.shop.database)["pid"] == os.getpid()
    assert holder_of(shop.shop.database) == {}


HALF_DONE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 5")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE member SET name = 'half'")
connection.executemany("INSERT INTO rule (name) VALUES (?)", ((f"{n:0500}",) for n in range(3000)))
os._exit(9)
"""


def test_what_a_killed_command_left_is_undone_by_the_first_look(shop: SmallShop) -> None:
    subprocess.run([sys.executable, "-c", HALF_DONE, str(shop.shop.database)], check=False)
    journal = shop.folder / "loyalty.db-journal"
    assert journal.exists()
    found = status(shop.shop)
    assert not journal.exists()
    assert "had been stopped in the middle" in warned(found)
    assert shop.ask("SELECT name FROM member") == [("",)]


def test_a_stray_wal_is_told(shop: SmallShop) -> None:
    (shop.folder / "loyalty.db-wal").write_bytes(b"")
    assert "loyalty.db-wal was made by another program" in warned(status(shop.shop))


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_a_database_that_others_may_read_is_told(shop: SmallShop) -> None:
    shop.shop.database.chmod(0o644)
    assert "Others on this machine may read" in warned(status(shop.shop))


def test_a_folder_with_the_mark_of_a_service_is_told(shop: SmallShop) -> None:
    (shop.folder.parent / ".dropbox").touch()
    assert "is looked after by Dropbox" in warned(status(shop.shop))


@pytest.mark.parametrize(
    ("path", "service"),
    [
        (PureWindowsPath("C:/Users/Ana/OneDrive/shop"), "OneDrive"),
        (PureWindowsPath("C:/Users/Ana/OneDrive - Fabric Corner/shop"), "OneDrive"),
        (PureWindowsPath("G:/My Drive/shop"), "Google Drive"),
        (PureWindowsPath("C:/Users/Ana/iCloudDrive/shop"), "iCloud"),
        (PureWindowsPath("C:/Users/Ana/YandexDisk/shop"), "Yandex Disk"),
        (PurePosixPath("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/shop"), "iCloud"),
        (PurePosixPath("/Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/shop"), "Google Drive"),
        (PurePosixPath("/home/ana/Nextcloud/shop"), "Nextcloud"),
        (PurePosixPath("/home/ana/Dropbox (Fabric Corner)/shop"), "Dropbox"),
        (PurePosixPath("/home/ana/dropboxes/shop"), ""),
        (PurePosixPath("/home/ana/shop"), ""),
    ],
)
def test_the_folders_of_sync_services_are_known(path: PurePosixPath, service: str) -> None:
    assert sync_service(path) == service


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/shops /srv/shops nfs4 rw 0 0
//nas/till /mnt/till\\040files cifs rw 0 0
/dev/sdb1 /srv/shops/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ana/shop", "ext4"),
        ("/srv/shops/market", "nfs4"),
        ("/srv/shops/local/market", "ext4"),
        ("/srv/shopsandmore", "ext4"),
        ("/mnt/till files/market", "cifs"),
    ],
)
def test_the_kind_of_a_drive_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert kind_of_mount(PurePosixPath(path), MOUNTS) == kind


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows its network drives itself")
def test_a_network_drive_is_told(shop: SmallShop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(folder_health, "MOUNTS", mounts)
    assert "on another machine's drive" in warned(status(shop.shop))


def test_a_disk_without_room_for_a_night_is_told(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    size = shop.shop.database.stat().st_size
    for total, free, told in ((9 * size, 3 * size - 1, True), (9 * size, 3 * size, False), (0, 0, False)):
        monkeypatch.setattr("shutil.disk_usage", lambda _, total=total, free=free: (total, total - free, free))
        assert ("a night with its backup may need" in warned(status(shop.shop))) == told


def test_a_drive_that_does_not_tell_its_size_stops_no_status(shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def does_not_tell(_: Path) -> None:
        raise OSError(1, "Incorrect function")

    monkeypatch.setattr("shutil.disk_usage", does_not_tell)
    assert "a night with its backup may need" not in warned(status(shop.shop))


def test_status_looks_and_changes_nothing(shop: SmallShop) -> None:
    before = shop.shop.database.read_bytes()
    status(shop.shop, max_age=A_DAY)
    assert shop.shop.database.read_bytes() == before


@pytest.mark.parametrize(("folder", "told"), [("C:/loyalty", True), ("C:/Users/ada/Documents/shop", False)])
def test_on_windows_a_folder_outside_of_a_person_s_own_is_told(folder: str, *, told: bool) -> None:
    home = PureWindowsPath("C:/Users/ada")
    assert bool(list(windows_warnings(PureWindowsPath(folder), home))) is told


def test_on_windows_the_rights_of_the_folder_are_looked_at(shop: SmallShop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path / "ada")
    warnings = [str(warning) for warning in rights_warnings(shop.folder, shop.shop.database)]
    assert [warning for warning in warnings if "every user of this machine" in warning]
