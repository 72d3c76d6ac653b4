"""What stopped commands leave: a database that was only begun, a journal, files that were being written."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.errors import Refused
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.ledger.recalc import recalc
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.shop.backup import backup
from loyalty_cli.operations.shop.demo import BEGUN
from loyalty_cli.operations.shop.demo import demo_shop
from loyalty_cli.operations.shop.init import init
from loyalty_cli.operations.shop.status import status
from loyalty_cli.store import database
from loyalty_cli.store.lock import lock
from loyalty_cli.store.written_file import write_file
from tests.shop_builder import make_shop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = """\
program: Stopped
currency: PLN
timezone: Europe/Warsaw
starts: 2026-01-01
points:
  earn:
    basic: {points: 1, for_every: 1.00}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path / "shop", PROGRAM, members=3)


def bare(path: Path, *statements: str) -> None:
    """A file as an earlier release left it when it was stopped."""
    path.touch()
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statements",
    [
        (),
        (f"PRAGMA application_id = {database.APPLICATION_ID}",),
        (f"PRAGMA application_id = {database.APPLICATION_ID}", "CREATE TABLE member (id INTEGER PRIMARY KEY)"),
    ],
)
def test_a_database_that_was_only_begun_is_called_so_and_init_finishes_it(shop: Shop, statements: tuple[str, ...]) -> None:
    shop.database.unlink()
    bare(shop.database, *statements)
    with pytest.raises(StoreTrouble) as caught, shop.reading():
        pass
    assert caught.value.exit_code == ExitCode.NO_DATABASE
    assert "was begun and never finished" in str(caught.value)
    init(shop, template="levels")
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM member").fetchone() == (0,)


def test_another_program_s_database_is_not_ours_and_stays(shop: Shop) -> None:
    shop.database.unlink()
    bare(shop.database, "CREATE TABLE letter (id INTEGER PRIMARY KEY)")
    content = shop.database.read_bytes()
    with pytest.raises(StoreTrouble) as caught, shop.reading():
        pass
    assert caught.value.exit_code == ExitCode.DAMAGED
    with pytest.raises(Refused):
        init(shop, template="levels")
    assert shop.database.read_bytes() == content


@pytest.mark.parametrize("there", [0, 1, 2, 3, 4])
def test_an_init_that_was_stopped_after_any_file_is_finished(tmp_path: Path, shop: Shop, there: int) -> None:
    new = Shop(program=tmp_path / "new" / "program.yaml", database=tmp_path / "new" / "loyalty.db", now=shop.now, secret="")
    whole = init(new, template="levels")
    files = {path: path.read_bytes() for path in sorted(new.folder.rglob("*.yaml"))}
    shutil.rmtree(new.folder)
    for path in list(files)[:there]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[path])
    (tmp_path / "new").mkdir(exist_ok=True)
    if there < 4:
        (new.folder / ".program.yaml.1.part").write_text("progr", encoding="utf-8")
    (new.folder / ".loyalty.db.part").write_bytes(b"begun")
    again = init(new, template="levels")
    if there < 4:
        assert again.data == whole.data
    assert {path: path.read_bytes() for path in sorted(new.folder.rglob("*.yaml"))} == files
    assert not list(new.folder.rglob("*.part"))


def test_a_demo_that_was_stopped_begins_again(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    demo_shop(folder)
    (folder / "program.yaml").write_text("half", encoding="utf-8")
    demo_shop(folder)
    assert "program:" in (folder / "program.yaml").read_text(encoding="utf-8")


def test_a_demo_that_was_stopped_at_its_last_step_begins_again(made_demo: Path, tmp_path: Path) -> None:
    # All that it makes is there by then: letters, draws, and the locks beside its database.
    folder = tmp_path / "demo"
    shutil.copytree(made_demo, folder)
    (folder / BEGUN).touch()
    demo_shop(folder)
    assert not (folder / "outbox").exists()


@pytest.mark.parametrize("name", ["letter.txt", "my-layouts"])
def test_a_demo_s_folder_with_something_else_in_it_stays(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "demo"
    demo_shop(folder)
    assert (folder / BEGUN).exists()
    (folder / name).touch()
    with pytest.raises(Refused):
        demo_shop(folder)
    assert (folder / name).exists()


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from loyalty_cli.operations.open_shop import Shop
path = Path(sys.argv[1])
shop = Shop(program=path.with_name("program.yaml"), database=path, now=datetime.fromisoformat(sys.argv[2]), secret="")
with shop.changing() as connection:
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("UPDATE member SET name = 'x'")
    connection.executemany("INSERT INTO setting (name, value) VALUES (?, ?)", [(str(n), "v" * 500) for n in range(400)])
    os.kill(os.getpid(), signal.SIGKILL)
"""


def killed_while_writing(shop: Shop) -> Path:
    """A process killed when some of its pages were in the file; its journal."""
    subprocess.run([sys.executable, "-c", KILLED, str(shop.database), shop.moment], check=False)
    return shop.database.with_name("loyalty.db-journal")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_journal_that_somebody_took_away_is_told_by_every_command_until_it_is_back(shop: Shop) -> None:
    journal = killed_while_writing(shop)
    away = journal.rename(journal.with_name("taken-away"))
    looks: tuple[Callable[[Shop], object], ...] = (status, recalc, backup, status)
    for look in looks:
        with pytest.raises(StoreTrouble) as caught:
            look(shop)
        assert caught.value.exit_code == ExitCode.DAMAGED
        assert "journal" in str(caught.value)
    away.rename(journal)
    with shop.changing() as connection:
        assert connection.execute("SELECT count(*) FROM setting WHERE length(value) = 500").fetchone() == (0,)
    assert not journal.exists()
    status(shop)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_journal_that_is_there_is_used_and_nothing_is_said(shop: Shop) -> None:
    journal = killed_while_writing(shop)
    assert journal.exists()
    with shop.reading() as connection:
        assert connection.execute("SELECT count(*) FROM member WHERE name = 'x'").fetchone() == (0,)
    with shop.reading():
        pass
    recalc(shop)
    assert not journal.exists()
    assert shop.database.with_name("loyalty.db.lock").read_text(encoding="utf-8") == ""


def test_a_restored_database_is_not_blamed_for_the_old_one(shop: Shop) -> None:
    with lock(shop.database, since="then", wait=1) as held:
        held.begins()
        held.ends = lambda: False  # type: ignore[method-assign]
    with shop.database.open("ab") as file:
        file.write(bytes(4096))
    with pytest.raises(StoreTrouble), lock(shop.database, since="now", wait=1):
        pass
    with lock(shop.database, since="now", wait=1, anew=True):
        pass
    with lock(shop.database, since="now", wait=1):
        pass


def test_what_a_stopped_export_left_goes_with_the_next(tmp_path: Path) -> None:
    (tmp_path / ".members.csv.12.part").write_text("half", encoding="utf-8")
    write_file(tmp_path / "members.csv", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["members.csv"]


LIMITED = """
import resource, sys
from datetime import datetime
from pathlib import Path
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.shop.backup import backup
from loyalty_cli.model.errors import StoreTrouble
path = Path(sys.argv[1])
shop = Shop(program=path.with_name("program.yaml"), database=path, now=datetime.fromisoformat(sys.argv[2]), secret="")
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    backup(shop)
except StoreTrouble as trouble:
    print(trouble)
    sys.exit(int(trouble.exit_code))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for a file's size")
@pytest.mark.parametrize(("limit", "named"), [(100_000, ".db.part"), (1_000_000, ".zip.part")])
def test_a_backup_beyond_the_limit_for_files_names_the_file_and_leaves_nothing(shop: Shop, limit: int, named: str) -> None:
    (shop.folder / "big.csv").write_bytes(bytes(range(256)) * 4000 if limit < 1_000_000 else noise(2_000_000))
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(shop.database), shop.moment, str(limit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == ExitCode.NO_SPACE, run.stderr
    assert named in run.stdout
    assert not list((shop.folder / "backups").iterdir())


def noise(size: int) -> bytes:
    """Bytes that no packing makes smaller."""
    return b"".join(hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(size // 32))
