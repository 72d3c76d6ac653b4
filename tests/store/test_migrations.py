"""A database of the first release gets today's shape with everything in it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.store import database
from loyalty_cli.store.migrations import migrations

if TYPE_CHECKING:
    from pathlib import Path

IMPORT = "INSERT INTO import VALUES (?, 'purchases', 'a.csv', 'ab', 'North', 'plain', '2026-03-02', 3, 1, 1, 0, 2, 0, 0, 350, ?)"


def first_release(path: Path) -> None:
    """Two imports, of which one was reverted, with a row set aside and a conflict, as the first release kept them."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        migrations.apply(Database(connection, execute_plugins=False), stop_before="more_kinds_of_imports")
        connection.execute(f"PRAGMA application_id = {database.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute(IMPORT, (1, None))
        connection.execute(IMPORT, (2, "2026-03-03"))
        connection.execute("INSERT INTO set_aside VALUES (1, 1, 7, 'a;b', 'amount: it is empty')")
        connection.execute("INSERT INTO receipt VALUES (1, 1, '1', NULL, NULL, 0, 1, 0, 350, 0, 0, NULL, NULL, 1, 0, 0)")
        connection.execute("INSERT INTO conflict VALUES (1, 1, 1, 8, '{}', NULL, NULL, NULL)")
        connection.execute("INSERT INTO member (id) VALUES (1)")
        connection.execute("INSERT INTO month VALUES ('2026-02', '', '', 2, 0, '')")
        connection.execute("INSERT INTO setting VALUES ('one_point_worth', '5000')")
        connection.execute("INSERT INTO adjustment VALUES (1, 1, 'points', 5, 1, '', '', '', 'k')")
    connection.close()


def test_nothing_is_lost_and_everything_still_refers_to_what_it_did(tmp_path: Path) -> None:
    path = tmp_path / "loyalty.db"
    first_release(path)
    connection = database.connect(path)
    assert connection.execute("SELECT id, reverted_at, mends FROM import").fetchall() == [
        (1, None, None),
        (2, "2026-03-03", None),
    ]
    assert connection.execute("SELECT reason, receipt, mended_by, dropped_at FROM set_aside").fetchall() == [
        ("amount: it is empty", 0, None, None)
    ]
    assert connection.execute("SELECT quantity, until_day, gone FROM adjustment").fetchall() == [(5, None, 0)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA foreign_key_list(set_aside)").fetchall()[0][2] == "import"
    connection.execute(IMPORT.replace("?)", "?, 1, NULL)").replace("purchases", "totals"), (3, None))
    connection.close()


def test_a_month_closed_by_an_older_release_keeps_what_it_shows_today(tmp_path: Path) -> None:
    first_release(tmp_path / "loyalty.db")
    connection = database.connect(tmp_path / "loyalty.db")
    # The receipt of 3.50 is of day 1, before the first open day 2.
    assert connection.execute("SELECT booked_on, day, receipts, sold, by_members FROM turnover").fetchall() == [(1, 1, 1, 350, 0)]
    assert connection.execute("SELECT point_worth FROM month").fetchall() == [(5000,)]
    connection.close()


def test_the_file_as_it_was_is_kept_and_a_reader_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "loyalty.db"
    first_release(path)
    with pytest.raises(StoreTrouble, match="older release"):
        database.connect(path, read_only=True)
    database.connect(path).close()
    kept = tmp_path / "loyalty.before-12.db"
    assert sorted(tmp_path.iterdir()) == [kept, path]
    with sqlite3.connect(kept) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM import").fetchone() == (2,)
    database.connect(path, read_only=True).close()


def test_the_shape_is_that_of_a_new_database(tmp_path: Path) -> None:
    first_release(tmp_path / "old.db")
    database.connect(tmp_path / "old.db").close()
    database.create(tmp_path / "new.db").close()
    shapes = []
    for name in ("old.db", "new.db"):
        with sqlite3.connect(tmp_path / name) as connection:
            rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '%sqlite%' ORDER BY name")
            shapes.append(rows.fetchall())
        connection.close()
    assert shapes[0] == shapes[1]
