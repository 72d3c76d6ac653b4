"""How much of what another program changes in a shop's database `loyalty check --full` finds.

Makes a demo shop with rows in every table, then changes single values (every column of every table), flips bits,
deletes and adds rows and edits whole tables, each on the same database, and counts what is found:
python tests/benchmarks/tampering.py [--rows 3] [--full] [--output tampering.json]
Without --full the check's own comparisons run in one transaction that is rolled back; with it, the command itself.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import NamedTuple
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from loyalty_cli.operations.open_shop import Shop
from loyalty_cli.operations.shop import demo
from loyalty_cli.operations.shop.check import check
from loyalty_cli.store import database
from loyalty_cli.store import health
from loyalty_cli.store.imports.proofs import differing_receipts
from loyalty_cli.store.imports.proofs import lines_out_of_order
from loyalty_cli.store.imports.proofs import lines_without_receipt
from loyalty_cli.store.seals.broken import broken_seals
from loyalty_cli.store.seals.broken import sums_of_rows
from loyalty_cli.store.seals.tables import register
from tests.struck.commands import loyalty

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2027, 3, 1, 6, 0, tzinfo=UTC)
LATER = "2026-11-10T06:00:00+00:00"
# Made again from the others: a replay, or the text of the program, proves them, the rows here do not.
DISPOSABLE = ("due", "return_of", "standing", "version_as_read")
ROWS_ADDED = 3


class Tampering(NamedTuple):
    """One change: its kind, the table, and the statement with its values."""

    kind: str
    table: str
    column: str
    statement: str
    values: tuple[object, ...]


class Column(NamedTuple):
    """A column as SQLite tells it."""

    name: str
    type: str
    needed: int
    key: int


def demo_shop(folder: Path) -> Shop:
    """The demo's shop, with some rows in each table that the demo leaves empty."""
    shop = demo.demo_shop(folder)
    for _ in demo.demo(shop):
        pass
    return filled(shop)


def filled(shop: Shop) -> Shop:
    """A shop with some rows in each table that is empty."""
    connection = database.connect(shop.database)
    connection.execute("PRAGMA foreign_keys = OFF")
    with contextlib.closing(connection), database.transaction(connection, shop.database, at=shop.moment):
        for table in tables_of(connection):
            if table != "seal" and not connection.execute(f'SELECT 1 FROM "{table}"').fetchone():
                fill(connection, table)
    return shop


# What a demo shop does in the weeks after, so that hardly a table is empty and everything in them is true.
WEEKS_AFTER = (
    *("coupons issue", "redeem points {cards[0]} 5 --basket 120.00 --store Rynek --key p1", "import conflicts --accept all --by Ewa --yes"),
    *("redeem coupon {codes[0]} --basket 500.00 --store Rynek --key c1", "coupons void {codes[1]} --reason lost --by Ewa --yes"),
    "member set {cards[1]} --name 'Ola Mak' --consent email=yes --group guests --reason asked --by Ewa",
    *("member merge {cards[2]} {cards[3]} --by Ewa --reason 'one person' --yes", "cards make --count 3 --prefix 29012 --key k1 --by Ewa"),
    *("import redemptions used.csv --store Rynek", "import redemptions again.csv --store Rynek", "import balances brought.csv"),
    "import reconcile --store Rynek --day 2026-10-30 --total 100.00 --receipts 1",
    *("draw claim 'autumn draw' 1 --refuse --by Ewa", "draw redraw 'autumn draw' 1 --by Ewa"),
    "draw claim 'autumn draw' 2 --accept --identity-checked --by Ewa",
    *("recalc --as-of 2026-11-08", "recalc --as-of 2026-11-09", "month close 2025-01 --yes-without all --accept-open --yes"),
    *("nightly", "recalc --take-back 3 --reason tried --by Ewa", "nightly"),
)


def worked_shop(folder: Path) -> Shop:
    """The demo's shop after some weeks of work, in which nothing is wrong."""
    assert not loyalty(folder.parent, f"demo {folder.name}", now=LATER).code
    path = folder / "loyalty.db"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        cards = [card for (card,) in connection.execute("SELECT number FROM card ORDER BY id")]
        codes = [code for (code,) in connection.execute("SELECT code FROM coupon ORDER BY until_day DESC, id")]
    used = "date,time,kind,coupon,key\n2026-11-06,10:00,coupon,{},{}\n"
    (folder / "used.csv").write_text(used.format(codes[2], "u1"), encoding="utf-8")
    (folder / "again.csv").write_text(used.format(codes[2], "u2"), encoding="utf-8")
    (folder / "brought.csv").write_text(f"card,date,points,key\n{cards[4]},2026-10-01,100,b1\n", encoding="utf-8")
    for words in WEEKS_AFTER:
        done = loyalty(folder, words.format(cards=cards, codes=codes), now=LATER)
        if done.code in {1, 2}:
            sys.stderr.write(f"{words}: {done.code} {done.err}\n")
    shop = Shop(program=folder / "program.yaml", database=path, now=datetime.fromisoformat(LATER), secret="")
    assert check(shop, full=True).exit_code == 0, check(shop, full=True)
    return shop


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The tables of the shape."""
    rows = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' ORDER BY name")
    return [name for (name,) in rows]


def columns_of(connection: sqlite3.Connection, table: str) -> list[Column]:
    """A table's columns."""
    return [Column(*row) for row in connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,))]


def fill(connection: sqlite3.Connection, table: str) -> None:
    """Put a few rows of invented values into a table; links and checks do not matter here."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    columns = columns_of(connection, table)
    places = ", ".join("?" for _ in columns)
    for number in range(1, ROWS_ADDED + 1):
        values = [number if column.type == "INTEGER" else f"{column.name} {number}" for column in columns]
        connection.execute(f'INSERT INTO "{table}" VALUES ({places})', values)
    connection.execute("PRAGMA ignore_check_constraints = OFF")


def opened(database: Path) -> sqlite3.Connection:
    """The database as a program that knows nothing of loyalty opens it, without what would hold it back."""
    connection = sqlite3.connect(database, isolation_level=None)
    register(connection)
    health.read_anything(connection)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    return connection


def without_guards(connection: sqlite3.Connection) -> None:
    """Drop the triggers that keep the ledger as it is."""
    for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')


def tamperings(connection: sqlite3.Connection, *, rows: int, chance: random.Random) -> Iterator[Tampering]:
    """Every change to be tried: some rows of every column of every table."""
    for table in tables_of(connection):
        if table in DISPOSABLE:
            continue
        columns = columns_of(connection, table)
        keys = [column.name for column in sorted(columns, key=lambda column: column.key) if column.key]
        where = " AND ".join(f'"{key}" = ?' for key in keys)
        names = ", ".join(f'"{key}"' for key in keys)
        all_keys = connection.execute(f'SELECT {names} FROM "{table}"').fetchall()
        for key in chance.sample(all_keys, min(rows, len(all_keys))):
            for column in columns:
                select = f'SELECT "{column.name}" FROM "{table}" WHERE {where}'
                old = connection.execute(select, key).fetchone()[0]
                update = f'UPDATE OR REPLACE "{table}" SET "{column.name}" = ? WHERE {where}'
                for kind, new in others(old, column, chance):
                    yield Tampering(kind, table, column.name, update, (new, *key))
            yield Tampering("row deleted", table, "", f'DELETE FROM "{table}" WHERE {where}', key)
            yield Tampering("row added", table, "", *copied(table, columns, where, key, chance))
        for column in columns:
            if not column.key:
                new = f'"{column.name}" * 100 + 1' if column.type == "INTEGER" else f"\"{column.name}\" || '0'"
                statement = f'UPDATE "{table}" SET "{column.name}" = {new} WHERE "{column.name}" IS NOT NULL'
                yield Tampering("whole table", table, column.name, statement, ())
        yield Tampering("all rows deleted", table, "", f'DELETE FROM "{table}"', ())


def others(old: object, column: Column, chance: random.Random) -> Iterator[tuple[str, object]]:
    """Other values than the one that is there."""
    if isinstance(old, int):
        yield "value", old + chance.choice((-1, 1))
        bit = 1 << chance.randrange(62)
        yield "bit", old ^ bit
    elif isinstance(old, str):
        yield "value", old + "0"
        if old:
            place = chance.randrange(len(old))
            yield "bit", old[:place] + chr(ord(old[place]) ^ 1) + old[place + 1 :]
    if old is not None and not column.needed and not column.key:
        yield "value", None
    if old is None:
        yield "value", 0 if column.type == "INTEGER" else ""


def copied(table: str, columns: list[Column], where: str, key: tuple[object, ...], chance: random.Random) -> tuple[str, tuple[object, ...]]:
    """A row once more under another key, with other words where they may stand only once."""
    number = chance.randrange(10**6, 10**7)
    values = ", ".join(
        (str(number) if column.type == "INTEGER" else f"'{number}'")
        if column.key or column.name in ("key", "code", "number", "name", "slug")
        else f'"{column.name}"'
        for column in columns
    )
    return f'INSERT OR IGNORE INTO "{table}" SELECT {values} FROM "{table}" WHERE {where}', key


def found_by_comparing(connection: sqlite3.Connection) -> bool:
    """Whether the comparisons of a check see something."""
    return (
        any(True for _ in broken_seals(connection, sums_of_rows(connection)))
        or any(True for _ in differing_receipts(connection))
        or lines_without_receipt(connection) + lines_out_of_order(connection) > 0
    )


def tried(connection: sqlite3.Connection, tampering: Tampering) -> bool | None:
    """Whether a change is found; None if SQLite refused it or nothing changed."""
    connection.execute("BEGIN")
    try:
        without_guards(connection)
        if not connection.execute(tampering.statement, tampering.values).rowcount:
            return None
        return found_by_comparing(connection)
    except sqlite3.IntegrityError:
        return None
    finally:
        connection.execute("ROLLBACK")


def tried_by_command(shop: Shop, copy: Path, tampering: Tampering) -> bool | None:
    """The same on a copy of the file, by the command itself."""
    shutil.copyfile(shop.database, copy)
    with contextlib.closing(opened(copy)) as connection:
        try:
            without_guards(connection)
            if not connection.execute(tampering.statement, tampering.values).rowcount:
                return None
        except sqlite3.IntegrityError:
            return None
    return check(Shop(program=shop.program, database=copy, now=NOW, secret=""), full=True).exit_code in (12, 30)


def main() -> None:
    """Try, count, print, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=3)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--output", type=Path, default=Path("tampering.json"))
    wish = parser.parse_args()
    counts: Counter[str] = Counter()
    missed = []
    with tempfile.TemporaryDirectory(prefix="loyalty-tampering-") as place:
        shop = (worked_shop if wish.full else demo_shop)(Path(place) / "shop")
        with contextlib.closing(opened(shop.database)) as connection:
            wanted = list(tamperings(connection, rows=wish.rows, chance=random.Random(20261128)))
            for one in wanted:
                copy = shop.database.with_name("tampered.db")
                found = tried_by_command(shop, copy, one) if wish.full else tried(connection, one)
                if found is not None:
                    counts[f"{one.kind}: tried"] += 1
                    counts[f"{one.kind}: found"] += found
                    if not found:
                        missed.append(one)
    figures = {"counts": dict(sorted(counts.items())), "missed": [one._asdict() for one in missed]}
    wish.output.write_text(json.dumps(figures, indent=2, default=str) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps(figures, indent=2, default=str) + "\n")


if __name__ == "__main__":
    main()
