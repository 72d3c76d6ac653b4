from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import stat
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.shop import backup as module
from loyalty_cli.operations.shop.backup import backup
from loyalty_cli.operations.shop.backup import is_safe
from loyalty_cli.operations.shop.backup import too_old
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.operations.shop.restore import restore
from loyalty_cli.store.written_file import own_file
from tests.operations.small_shop import ANA
from tests.operations.small_shop import opened
from tests.operations.small_shop import sold

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.operations.small_shop import SmallShop


@pytest.fixture
def full(there: SmallShop) -> SmallShop:
    """A shop with a purchase, a layout, a draw's folder and things that no backup needs."""
    there.export("market-1003.csv", [sold(1, "2026-10-03 10:00", ANA, "150.00")])
    nightly(there.shop)
    for name in ("layouts/till.yaml", "draws/spring/entries.txt", "templates/thanks.txt"):
        path = there.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"{name}: zażółć\n", encoding="utf-8")
    for name in (".hidden", "~$open.xlsx", "export.csv.part", "loyalty.db.before-2026-01-01-000000"):
        (there.folder / name).write_text("x", encoding="utf-8")
    return there


def made(shop: SmallShop, keep: int = 30) -> Path:
    return Path(str(backup(shop.shop, keep=keep).data["file"]))


def test_a_backup_holds_the_whole_folder_and_says_so_in_its_manifest(full: SmallShop) -> None:
    path = made(full)
    # 02:00 UTC is 04:00 in Warsaw in summer.
    assert path == full.folder / "backups" / "loyalty-2026-10-05-040000.zip"
    with zipfile.ZipFile(path) as packed:
        manifest = json.loads(packed.read("manifest.json"))
        names = sorted(packed.namelist())
    assert names == [
        *("draws/spring/entries.txt", "layouts/till.yaml", "loyalty.db", "manifest.json", "program.yaml"),
        *("templates/thanks.txt", "till/market-1003.csv"),
    ]
    assert manifest["database"] == "loyalty.db"
    assert manifest["counts"]["receipt"] == 1
    assert sorted(entry["name"] for entry in manifest["files"]) == [name for name in names if name != "manifest.json"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_a_backup_is_for_its_owner_only(full: SmallShop) -> None:
    assert stat.S_IMODE(made(full).stat().st_mode) == 0o600


def test_a_restored_backup_is_the_same_shop(full: SmallShop, tmp_path: Path) -> None:
    path = made(full)
    into = tmp_path / "new" / "place"
    restore(full.shop, path, into=into)
    assert opened(into).dump() == full.dump()
    assert (into / "draws/spring/entries.txt").read_bytes() == (full.folder / "draws/spring/entries.txt").read_bytes()
    assert sorted(path.name for path in into.iterdir()) == [
        *("draws", "layouts", "loyalty.db", "loyalty.db.lock", "program.yaml", "templates", "till"),
    ]


def test_a_shop_is_replaced_only_when_told_and_the_old_one_stays_beside(full: SmallShop) -> None:
    path = made(full)
    full.change("UPDATE member SET name = 'Ana' WHERE id = 1")
    full.shop.program.write_text("changed\n", encoding="utf-8")
    with pytest.raises(Refused):
        restore(full.shop, path)
    assert full.ask("SELECT name FROM member") == [("Ana",)]
    restore(full.shop, path, yes=True)
    assert full.ask("SELECT name FROM member") == [("",)]
    old = full.folder / "loyalty.db.before-2026-10-05-020000"
    with sqlite3.connect(old) as connection:
        assert connection.execute("SELECT name FROM member").fetchall() == [("Ana",)]
    connection.close()
    assert (full.folder / "program.yaml.before-2026-10-05-020000").read_text(encoding="utf-8") == "changed\n"


def test_a_database_that_another_program_has_open_on_windows_stops_a_restore_before_anything_is_moved(
    full: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(full)
    (full.folder / "program.yaml").write_text("newer: yes\n", encoding="utf-8")
    moved: list[str] = []
    usual = Path.replace

    def as_on_windows(self: Path, target: Path) -> Path:
        if self.name == "loyalty.db" and self.parent == full.folder:
            raise PermissionError(13, "used by another process", str(self))
        moved.append(self.name)
        return usual(self, target)

    monkeypatch.setattr(Path, "replace", as_on_windows)
    with pytest.raises(StoreTrouble):
        restore(full.shop, path, yes=True)
    assert (moved, (full.folder / "program.yaml").read_text(encoding="utf-8")) == ([], "newer: yes\n")


def test_the_journal_of_a_replaced_database_goes_with_it(full: SmallShop) -> None:
    path = made(full)
    journal = full.folder / "loyalty.db-journal"
    journal.write_bytes(b"left by a command that was killed")
    restore(full.shop, path, yes=True)
    assert not journal.exists()
    assert (full.folder / "loyalty.db.before-2026-10-05-020000-journal").exists()


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The backup with other content, its checksums as a zip has them."""
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    other = path.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return other


def outside(files: dict[str, bytes]) -> None:
    files["../outside.txt"] = files.pop("layouts/till.yaml")
    files["manifest.json"] = files["manifest.json"].replace(b"layouts/till.yaml", b"../outside.txt")


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.update({"program.yaml": b"program: other\n"}),
        lambda files: files.update({"more.txt": b"not in the manifest"}),
        lambda files: files.pop("program.yaml"),
        lambda files: files.pop("manifest.json"),
        lambda files: files.update({"manifest.json": b'{"loyalty_backup": 2}'}),
        lambda files: files.update({"manifest.json": files["manifest.json"].replace(b'"receipt": 1', b'"receipt": 2')}),
        outside,
    ],
    ids=["changed", "added", "missing", "no manifest", "other form", "other counts", "outside the folder"],
)
def test_a_backup_that_was_changed_is_refused_and_touches_nothing(
    full: SmallShop, change: Callable[[dict[str, bytes]], None], tmp_path: Path
) -> None:
    other = rewritten(made(full), change)
    before = full.dump()
    with pytest.raises(StoreTrouble) as caught:
        restore(full.shop, other, yes=True)
    assert caught.value.exit_code == ExitCode.DAMAGED
    assert full.dump() == before
    assert not list(full.folder.glob("*.before-2026-10-05*"))
    assert not (tmp_path / "outside.txt").exists()
    assert not (full.folder / ".restored.part").exists()


def test_a_backup_cut_anywhere_is_refused(full: SmallShop, tmp_path: Path) -> None:
    content = made(full).read_bytes()
    for part in (0.1, 0.5, 0.9, 0.999):
        cut = tmp_path / "cut.zip"
        cut.write_bytes(content[: int(len(content) * part)])
        with pytest.raises(StoreTrouble):
            restore(full.shop, cut, into=tmp_path / "into")
    with pytest.raises(LoyaltyError):
        restore(full.shop, tmp_path / "none.zip")


def test_a_folder_in_the_place_of_a_backup_is_told_with_the_newest_one_in_it(full: SmallShop) -> None:
    path = made(full)
    (path.parent / "loyalty-before-christmas.zip").write_bytes(b"")  # a name of the owner's, whenever it was made
    with pytest.raises(LoyaltyError, match="can not be read: it is a folder") as refused:
        restore(full.shop, path.parent)
    assert str(refused.value.hint).endswith(f"loyalty restore {path}")
    with pytest.raises(LoyaltyError, match="it is a folder") as refused:
        restore(full.shop, full.shop.folder)
    assert refused.value.hint is None


def test_a_damaged_database_gives_no_backup_and_removes_none(full: SmallShop) -> None:
    kept = made(full)
    content = bytearray(full.shop.database.read_bytes())
    content[8192:24576] = bytes(16384)
    full.shop.database.write_bytes(content)
    later = opened(full.folder, now="2026-12-05T02:00")
    with pytest.raises(StoreTrouble) as caught:
        backup(later.shop, keep=1)
    assert caught.value.exit_code == ExitCode.DAMAGED
    assert list((full.folder / "backups").iterdir()) == [kept]


def test_backups_of_older_days_go_and_nothing_else_does(full: SmallShop) -> None:
    folder = full.folder / "backups"
    strangers = ("holiday.zip", "loyalty-2020-01-01.zip", "loyalty-2020-01-01-000000.zip.txt")
    for name in (*strangers, "loyalty-2026-09-01-000000.zip", "loyalty-2026-09-30-000000.zip"):
        (folder / name).write_bytes(b"")
    made(full, 2)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [*strangers, "loyalty-2026-09-30-000000.zip", "loyalty-2026-10-05-040000.zip"]
    )


def test_all_backups_of_a_kept_day_are_kept() -> None:
    names = [f"loyalty-2026-10-0{day}-{hour:02}0000.zip" for day in (1, 2, 3) for hour in (4, 12)]
    assert too_old(names, 2) == names[:2]
    assert too_old(names, 3) == []


def test_a_name_that_is_too_long_is_a_slip_and_no_full_disk(full: SmallShop) -> None:
    with pytest.raises(StoreTrouble, match="the name is too long") as caught:
        restore(full.shop, Path("a" * 300))
    assert caught.value.exit_code == ExitCode.USAGE


def test_a_full_disk_leaves_no_half_backup(full: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "backups")

    before = sorted((full.folder / "backups").iterdir())
    monkeypatch.setattr(module, "copy_hashed", fail)
    with pytest.raises(StoreTrouble) as caught:
        backup(opened(full.folder, now="2026-10-06T02:00").shop)
    assert caught.value.exit_code == ExitCode.NO_SPACE
    assert sorted((full.folder / "backups").iterdir()) == before


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../x", "a/../../x", "C:/x", "C:x", "a\\b", "\\\\server\\x", "x:stream", "", "a\nb", "."],
)
def test_names_that_leave_the_folder_on_any_system_are_not_safe(name: str) -> None:
    assert not is_safe(name)


def test_ordinary_names_are_safe() -> None:
    assert is_safe("draws/wiosenne losowanie/entries.txt")


def test_what_a_killed_backup_left_goes_with_the_next_and_what_is_being_made_stays(full: SmallShop) -> None:
    left, made_now = (full.folder / "backups" / f".loyalty-{number}.zip.part" for number in (1, 2))
    left.touch()
    with own_file(made_now):
        backup(full.shop)
        assert (left.exists(), made_now.exists()) == (False, os.name != "nt")


def renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    """A backup whose layout has another name, in its manifest too."""

    def change(files: dict[str, bytes]) -> None:
        files[name] = files.pop("layouts/till.yaml")
        there = json.dumps(name, ensure_ascii=False).encode()
        files["manifest.json"] = files["manifest.json"].replace(b'"layouts/till.yaml"', there)

    return change


@pytest.mark.parametrize(
    "name",
    ["CON", "aux.csv", "layouts/nul.yaml", "COM1.txt", ".bashrc", "a/.ssh/keys", "PROGRAM.YAML", "Loyalty.db", "a.", "a ",
     "loyalty.db-journal", "x.part", "C:/a.yaml", "/etc/cron.d/a", "a\\b", "a//b", "./a", "stra\u00dfe/../x", "a\u202eb",
     "Program.yaml/x", "loyalty.db/x", "\u0142" * 128],
)  # fmt: skip
def test_a_name_that_is_none_on_every_system_is_refused(full: SmallShop, name: str) -> None:
    before = full.dump()
    with pytest.raises(StoreTrouble, match="can not be restored") as caught:
        restore(full.shop, rewritten(made(full), renamed(name)), yes=True)
    assert caught.value.exit_code == ExitCode.DAMAGED
    assert full.dump() == before


@pytest.mark.parametrize("content", [b"", b"of another program"], ids=["empty", "another program's"])
def test_a_backup_whose_database_is_none_of_ours_is_refused(full: SmallShop, tmp_path: Path, content: bytes) -> None:
    if content:
        with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as connection, connection:
            connection.execute("CREATE TABLE other (id INTEGER)")
        content = (tmp_path / "other.db").read_bytes()

    def change(files: dict[str, bytes]) -> None:
        files["loyalty.db"] = content
        manifest = json.loads(files["manifest.json"])
        for entry in manifest["files"]:
            if entry["name"] == "loyalty.db":
                entry.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
        files["manifest.json"] = json.dumps(manifest).encode()

    with pytest.raises(StoreTrouble, match="its database is not what was saved") as caught:
        restore(full.shop, rewritten(made(full), change), into=tmp_path / "new")
    assert caught.value.exit_code == ExitCode.DAMAGED


def test_what_no_restore_would_take_is_left_out_of_a_backup_and_told(full: SmallShop) -> None:
    (full.folder / "aux.csv").write_text("a", encoding="utf-8")
    (full.folder / "PROGRAM.yaml").write_text("a", encoding="utf-8")
    outcome = backup(full.shop)
    # Of two names that differ in case only the shop's own program is kept.
    assert outcome.data["left_out"] == ["PROGRAM.yaml", "aux.csv"]
    assert "aux.csv is not in the backup" in str(outcome.warnings[1])


def test_a_bomb_is_refused_before_anything_is_unpacked(full: SmallShop, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("loyalty.db", bytes(200 << 20))
        packed.writestr("manifest.json", "{}")
    # 200 MiB packed into 200 kB: 64 MiB are free, and 200 times its size are 40 MiB more.
    with pytest.raises(StoreTrouble, match="it would become 200 megabytes") as caught:
        restore(full.shop, path, into=tmp_path / "new")
    assert caught.value.exit_code == ExitCode.DAMAGED
    assert not (tmp_path / "new").exists()
