"""The present shape of the database stands in one file, schema.sql; a change of shape shows there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.store import database
from tests.shop_builder import make_shop
from tests.snapshots import Snapshot

PROGRAM = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"


def test_the_present_shape_is_the_golden_one(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    database.create(tmp_path / "loyalty.db").close()
    with sqlite3.connect(tmp_path / "loyalty.db") as connection:
        rows = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite%' ORDER BY name")
        shape = ";\n\n".join(sql for (sql,) in rows) + ";\n"
    golden = Snapshot(Path(__file__).parent, update=bool(request.config.getoption("--snapshot-update")))
    golden.check(shape, "schema.sql")


def test_a_new_database_is_for_its_owner_alone_and_says_whose_it_is(tmp_path: Path) -> None:
    path = tmp_path / "loyalty.db"
    database.create(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    # application_id at offset 68 and user_version at 60 of the header: sqlite.org/fileformat.html
    header = path.read_bytes()[:100]
    assert header[68:72] == b"LOYA"
    assert int.from_bytes(header[60:64], "big") == database.USER_VERSION


@pytest.mark.parametrize(
    ("content", "exit_code"),
    [(b"", ExitCode.NO_DATABASE), (b"date;receipt;total\n" * 100, ExitCode.DAMAGED)],
    ids=["an empty file", "a text file"],
)
def test_a_file_that_is_not_ours_is_refused(tmp_path: Path, content: bytes, exit_code: ExitCode) -> None:
    path = tmp_path / "loyalty.db"
    path.write_bytes(content)
    with pytest.raises(StoreTrouble) as caught:
        database.connect(path)
    assert caught.value.exit_code == exit_code
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loyalty.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(StoreTrouble, match="not a loyalty database"):
        database.connect(path)


def test_a_database_of_a_newer_release_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "loyalty.db"
    database.create(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    with pytest.raises(StoreTrouble) as caught:
        database.connect(path)
    assert caught.value.exit_code == ExitCode.NEWER_VERSION


def test_no_database_is_made_by_looking_for_one(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as caught:
        database.connect(tmp_path / "loyalty.db")
    assert caught.value.exit_code == ExitCode.NO_DATABASE
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_can_not_be_changed_or_thinned_out(tmp_path: Path) -> None:
    shop = make_shop(tmp_path / "shop", PROGRAM)
    with shop.changing() as connection:
        connection.execute("INSERT INTO ledger VALUES (1, 1, 1, 1, 1, 1, 5, 2461042, 2461042, 1)")
    for statement in ("UPDATE ledger SET quantity = 6", "DELETE FROM ledger"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"), shop.changing() as connection:
            connection.execute(statement)


@pytest.mark.parametrize("name", ["a shop", "sklep żółty", "50% off?", "a#b"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    database.create(tmp_path / name / "loyalty.db").close()
    database.connect(tmp_path / name / "loyalty.db", read_only=True).close()


def test_a_network_drive_is_no_authority_of_an_address() -> None:
    assert database.address(Path("//nas/shop/loyalty.db")).endswith("/nas/shop/loyalty.db")
    assert not database.address(Path("//nas/shop/loyalty.db")).startswith("file://nas")
