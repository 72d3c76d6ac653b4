"""Every row is sealed: what loyalty itself changes breaks no seal, what anybody else changes breaks one."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.operations.by_hand.give import Gift
from loyalty_cli.operations.by_hand.give import give
from loyalty_cli.operations.by_hand.give import ToWhom
from loyalty_cli.operations.by_hand.hand import Asked
from loyalty_cli.operations.by_hand.revert import revert
from loyalty_cli.operations.months.close import month_close
from loyalty_cli.operations.months.obstacles import Accepted
from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.program.kept_forms import differing_forms
from loyalty_cli.operations.shop import demo
from loyalty_cli.operations.shop.check import check
from loyalty_cli.operations.shop.nightly import nightly
from loyalty_cli.store import database
from loyalty_cli.store.seals import seals
from loyalty_cli.store.seals.broken import broken_seals
from loyalty_cli.store.seals.broken import sums_of_rows
from loyalty_cli.store.seals.tables import Column
from loyalty_cli.store.seals.tables import number_of
from loyalty_cli.store.seals.tables import OTHERWISE
from loyalty_cli.store.seals.tables import PRIME_BEFORE_9
from loyalty_cli.store.seals.tables import register
from loyalty_cli.store.seals.tables import sealed_table_called
from loyalty_cli.store.seals.tables import sealed_tables
from loyalty_cli.store.seals.watching import Watching
from tests.benchmarks import tampering
from tests.operations.small_shop import ANA
from tests.operations.small_shop import small_shop
from tests.operations.small_shop import sold
from tests.shop_builder import make_shop

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.store.seals.broken import BrokenSeal
    from loyalty_cli.store.telling import TellingConnection

PROGRAM = "program: P\ncurrency: PLN\ntimezone: Europe/Warsaw\nstarts: 2026-01-01\n"
TRIED = 80


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path / "shop", PROGRAM, members=40)


def in_folder(folder: Path) -> Shop:
    return Shop(program=folder / "program.yaml", database=folder / "loyalty.db", now=demo.MORNING, secret=demo.SECRET)


def change(shop: Shop, *statements: str) -> None:
    """As another program would."""
    with contextlib.closing(sqlite3.connect(shop.database)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def broken(shop: Shop) -> list[BrokenSeal]:
    with shop.reading() as connection:
        return list(broken_seals(connection, sums_of_rows(connection)))


def test_every_table_of_the_shape_is_sealed_or_it_is_said_what_proves_it(shop: Shop) -> None:
    with shop.reading() as connection:
        tables = tampering.tables_of(connection)
        sealed = [table.name for table in sealed_tables(connection)]
    assert sorted([*sealed, *OTHERWISE]) == tables


def test_what_another_program_changes_adds_or_deletes_is_found(made_demo: Path, tmp_path: Path) -> None:
    shop = tampering.filled(in_folder(shutil.copytree(made_demo, tmp_path / "demo")))
    chance = random.Random(20261128)
    with contextlib.closing(tampering.opened(shop.database)) as connection:
        assert not tampering.found_by_comparing(connection)
        wanted = list(tampering.tamperings(connection, rows=1, chance=chance))
        tried = [(one, tampering.tried(connection, one)) for one in chance.sample(wanted, TRIED)]
    assert [one for one, found in tried if found is False] == []
    assert sum(found is True for _, found in tried) > TRIED // 2


def test_whatever_loyalty_changes_itself_breaks_no_seal(shop: Shop) -> None:
    # Rows come, change, go and come back under the same number, in one transaction and over many.
    chance = random.Random(7)
    number = 0
    for _ in range(30):
        with shop.changing() as connection:
            for _ in range(chance.randrange(8)):
                number += 1
                name = f"s{number}"
                one = chance.choice(
                    (
                        f"INSERT INTO setting VALUES ('{name}', '{number:04}')",
                        f"INSERT OR REPLACE INTO setting VALUES ('s{chance.randrange(number)}', 'ü{number}')",
                        "DELETE FROM setting WHERE name = (SELECT min(name) FROM setting)",
                        f"INSERT INTO store (name) VALUES ('{name}')",
                        "DELETE FROM store WHERE id = (SELECT max(id) FROM store)",
                        f"UPDATE store SET name = name || 'x' WHERE id % 3 = {chance.randrange(3)}",
                        f"UPDATE member SET joined = {number} WHERE id % 5 = {chance.randrange(5)}",
                        f"UPDATE setting SET name = name || '-' WHERE value LIKE '%{chance.randrange(10)}'",
                    )
                )
                connection.execute("SAVEPOINT one")
                connection.execute(one)
                connection.execute(chance.choice(("RELEASE one", "RELEASE one", "ROLLBACK TO one")))
        assert broken(shop) == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting VALUES ('a', '1')",
        "insert or replace into main.setting values ('currency', 'EUR')",
        "REPLACE INTO \"setting\" VALUES ('a', '1')",
        "WITH v (n) AS (SELECT 'a') INSERT INTO\n  setting SELECT n, n FROM v WHERE true",
        "INSERT INTO setting VALUES ('currency', '1') ON CONFLICT DO UPDATE SET value = '2'",
        "UPDATE OR IGNORE setting SET value = 'x'",
        "UPDATE main.\"setting\" SET value = 'x'",
        "DELETE FROM setting",
        "WITH v (n) AS (SELECT 'currency') DELETE FROM setting WHERE name IN v",
    ],
)
def test_a_statement_of_any_form_is_noted_before_it_is_run(shop: Shop, statement: str) -> None:
    with shop.changing() as connection:
        connection.execute("INSERT INTO setting VALUES ('currency', 'PLN')")
    with shop.changing() as connection:
        connection.execute(statement)
        rows = connection.execute("SELECT name, value FROM setting").fetchall()
    assert rows != [("currency", "PLN")]
    assert broken(shop) == []


def test_a_life_writes_to_no_table_that_was_not_watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # What SQLite itself says of each statement, beside what is read out of its text.
    written: set[str | None] = set()
    watched: set[str | None] = set()
    sealed: set[str | None] = set()
    watch, commit = seals.watch, seals.commit

    def note(action: int, table: str | None, _: str | None, place: str | None, __: str | None) -> int:
        if action in {sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE} and place == "main":
            written.add(table)
        return sqlite3.SQLITE_OK

    def watching(connection: TellingConnection) -> None:
        sealed.update(table.name for table in sealed_tables(connection))
        keep(connection)
        watch(connection)
        connection.set_authorizer(note)

    def keep(connection: TellingConnection) -> None:
        if isinstance(connection.before_each, Watching):
            watched.update(connection.before_each.tables)

    def committing(connection: TellingConnection, *, at: str) -> None:
        keep(connection)
        connection.set_authorizer(None)
        commit(connection, at=at)

    monkeypatch.setattr(seals, "watch", watching)
    monkeypatch.setattr(seals, "commit", committing)
    there = small_shop(tmp_path / "shop")
    there.export("market-1.csv", [sold(1, "2026-10-01 10:00", ANA, "250.00"), sold(2, "2026-10-02 10:00", ANA, "-50.00")])
    nightly(there.shop)
    give(there.shop, Gift(kind="points", count=5), ToWhom(card=ANA), Asked(by="Ewa", reason="tea", key="k"))
    revert(there.shop, 1, Asked(by="Ewa", reason="no tea", key="r"))
    later = replace(there.shop, now=datetime(2026, 11, 3, 6, 0, tzinfo=UTC))
    nightly(later)
    month_close(later, through="2026-10", accepted=Accepted(without=("all",), open_matters=True))
    assert {"receipt", "ledger", "import", "member", "by_hand", "adjustment", "month"} <= written
    assert written & sealed <= watched


def test_what_is_written_after_a_part_was_undone_is_noted_all_the_same(shop: Shop) -> None:
    with shop.changing() as connection:
        for statement in (
            *("SAVEPOINT one", "UPDATE member SET name = 'x'", "ROLLBACK TO one", "UPDATE member SET name = 'y'"),
            *("SAVEPOINT two", "DELETE FROM card WHERE id = 3", "INSERT INTO store (name) VALUES ('n')", "ROLLBACK TO two"),
        ):
            connection.execute(statement)
    assert broken(shop) == []
    with shop.reading() as connection:
        assert {name for (name,) in connection.execute("SELECT name FROM member")} == {"y"}


def test_a_changed_a_missing_and_an_added_row_are_named(shop: Shop) -> None:
    with shop.changing() as connection:
        connection.execute("INSERT INTO consent (id, member_id, channel, given, from_day) VALUES (5, 2, 'sms', 1, 2461042)")
    change(
        shop,
        "UPDATE consent SET given = 0",
        "DELETE FROM card WHERE id = 17",
        "INSERT INTO setting VALUES ('currency', 'EUR')",
    )
    assert [one[:3] for one in broken(shop)] == [
        ("missing row", "card", "17"),
        ("changed row", "consent", "5 (2026-01-01)"),
        ("added row", "setting", "currency"),
    ]


def test_a_damaged_text_is_a_difference_and_no_mistake_of_ours(shop: Shop) -> None:
    change(shop, "UPDATE member SET name = CAST(x'ff41' AS TEXT) WHERE id = 3")
    found = check(shop, full=True)
    assert found.exit_code == ExitCode.DIFFERENCES
    assert ("changed row", "member 3", "not as it was sealed") in found.tables[0].rows


def test_a_proof_on_paper_tells_that_all_seals_were_made_anew(shop: Shop) -> None:
    with shop.reading() as connection:
        paper = seals.last_seal(connection)
    assert paper
    assert check(shop, proof=paper.sha256[:20]).exit_code == ExitCode.OK
    # Somebody with a program of their own changes a row, and makes every seal again so that all of them fit.
    with contextlib.closing(database.connect(shop.database)) as connection:
        connection.execute("UPDATE card SET member_id = 2 WHERE id = 1")
        connection.execute("DELETE FROM seal")
        seals.seal_difference(connection, {}, sums_of_rows(connection), what="")
    assert check(shop).exit_code == ExitCode.OK
    assert check(shop, proof=paper.sha256).exit_code == ExitCode.DIFFERENCES


def test_a_seal_that_was_changed_is_named(shop: Shop) -> None:
    change(shop, "UPDATE seal SET at = '2020-01-01'")
    assert [(one.what, one.rows) for one in broken(shop)] == [("broken seal", "1")]


def as_sealed_before_9(shop: Shop) -> None:
    """The shop as a release of shape 8 would have left it."""
    with contextlib.closing(database.connect(shop.database)) as connection:
        connection.execute("DELETE FROM seal")
        seals.keep(connection, sums_of_rows(connection, PRIME_BEFORE_9), at="", what="")
        connection.execute("PRAGMA user_version = 8")


def test_seals_by_the_prime_of_an_older_release_go_on_by_todays(shop: Shop) -> None:
    as_sealed_before_9(shop)
    database.connect(shop.database).close()
    assert broken(shop) == []
    change(shop, "UPDATE card SET member_id = 2 WHERE id = 1")
    assert [one[:3] for one in broken(shop)] == [("changed row", "card", "1")]


def test_a_change_of_shape_hides_no_damage(shop: Shop) -> None:
    as_sealed_before_9(shop)
    change(shop, "UPDATE card SET member_id = 2 WHERE id = 1")
    database.connect(shop.database).close()
    # Of the sixteen rows of a block it is not known which: how it was is known by the older prime alone.
    assert [one[:3] for one in broken(shop)] == [("changed rows", "card", "1, 2, 3 … 15")]


# Numbers that programs write for "no limit", "none" and "I do not know", and what stands there more often than not.
ENDS = (2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, -(2**31), -(2**63), 10**9, 10**12, 1_618_033_999)
SMALL = (-1, 0, 1, 2, 3)


def test_the_ends_of_numbers_in_the_place_of_small_ones_are_found(shop: Shop) -> None:
    with contextlib.closing(database.connect(shop.database)) as connection:
        connection.execute("CREATE TABLE told (id INTEGER PRIMARY KEY, count INTEGER) STRICT")
        prints = {}
        for number in (*SMALL, *ENDS):
            connection.execute("REPLACE INTO told VALUES (1, ?)", (number,))
            (prints[number],) = (sums for (name, _), sums in sums_of_rows(connection).items() if name == "told")
    # The prime itself alone is as good as nothing; no program writes it.
    assert prints.pop(1_618_033_999) == prints[0]
    assert len(set(prints.values())) == len(prints)


def test_a_draw_that_is_not_what_is_published_is_named(made_demo: Path, tmp_path: Path) -> None:
    shop = in_folder(shutil.copytree(made_demo, tmp_path / "demo"))
    assert check(shop).exit_code == ExitCode.OK
    entries = next((tmp_path / "demo" / "draws").rglob("entries.txt"))
    entries.write_bytes(entries.read_bytes() + b"X\n")
    assert check(shop).tables[0].rows == [("draw", "autumn draw: entries.txt", "not what is published")]


def test_a_program_as_read_that_another_program_changed_is_found(made_demo: Path, tmp_path: Path) -> None:
    shop = in_folder(shutil.copytree(made_demo, tmp_path / "demo"))
    assert list(differing_forms(shop)) == []
    with contextlib.closing(sqlite3.connect(shop.database)) as connection, connection:
        form = json.loads(connection.execute("SELECT form FROM version_as_read ORDER BY version_id DESC").fetchone()[0])
        form["program"] = json.loads(json.dumps(form["program"]).replace("5000", "5001", 1))
        connection.execute("UPDATE version_as_read SET form = ?", (json.dumps(form),))
    found = check(shop, full=True)
    assert (found.exit_code, [row[:2] for row in found.tables[0].rows]) == (ExitCode.DIFFERENCES, [("program", "version 1")])


@pytest.mark.parametrize(
    ("kind", "value", "number"),
    [
        # With the prime 7: 10 = 7 + 3, and -10 = -7 - 3.
        ("INTEGER", 10, 3),
        ("INTEGER", -10, -3),
        ("INTEGER", 0, 0),
        # The CRC-32 of the letter a is 3,904,355,907 = 7 * 557,765,129 + 4; that of nothing is 0.
        ("TEXT", "a", 4),
        ("TEXT", "", 0),
    ],
)
@pytest.mark.parametrize("full", [False, True])
def test_a_value_is_the_same_number_whether_or_not_it_might_be_null(kind: str, value: object, number: int, *, full: bool) -> None:
    assert number_in_sql(kind, value, full=full) == number


@pytest.mark.parametrize("kind", ["INTEGER", "TEXT"])
def test_another_number_stands_for_null(kind: str) -> None:
    assert number_in_sql(kind, None, full=False) == 5


def number_in_sql(kind: str, value: object, *, full: bool) -> object:
    """The number of a value of a column, with 7 as the prime and 5 for NULL."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        register(connection)
        connection.execute(f"CREATE TABLE t (c {kind})")
        connection.execute("INSERT INTO t VALUES (?)", (value,))
        sql = number_of(Column(name="c", type=kind, key=0, full=full), 7, 5)
        found: object = connection.execute(f"SELECT {sql} FROM t").fetchone()[0]
        return found


def test_the_shape_says_which_columns_are_never_null() -> None:
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, must TEXT NOT NULL, may TEXT) STRICT")
        table = sealed_table_called(connection, "t")
    assert table is not None
    # Only of what may be NULL it is asked whether it is; SQLite does not say of a row's own number that it never is.
    assert [f'"{name}" NOTNULL' in table.print for name in ("id", "must", "may")] == [True, False, True]
