"""Sealing: whatever a transaction changed is added up and kept as one seal, which also proves the seal before it.

Changed rows are noted (see watching); rows that are new are added up at the end. A change by another program makes no
seal, and so it shows.
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.seals.tables import NEVER_BETWEEN
from loyalty_cli.store.seals.tables import PRIME
from loyalty_cli.store.seals.watching import Watching
from loyalty_cli.store.telling import TellingConnection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.store.seals.tables import SealedTable

Block = tuple[str, int]
Sums = tuple[int, int, int]
NOTHING: Sums = (0, 0, 0)

# The first note of a row says whether it was there before, and how it was; a table may have columns of any other name.
FIRST_NOTES = """
CREATE TEMP TABLE first_note AS SELECT min(rowid) AS first_noted, there_before, {columns}
FROM (SELECT rowid, there_before, {values} FROM changed_row WHERE name = ?) GROUP BY {keys}
"""
# LIMIT keeps SQLite from working the print out twice.
ADDED_UP = """
SELECT block, count(*), sum(print), sum(print * label % {prime})
FROM (SELECT {block} AS block, {label} AS label, {print} AS print FROM {rows} LIMIT -1) GROUP BY block
"""
NEW_ROWS = f"""
SELECT count(*), sum(print), sum(print * label % {PRIME})
FROM (SELECT {{label}} AS label, {{print}} AS print FROM main."{{name}}" WHERE {{counter}} BETWEEN ? AND ? LIMIT -1)
"""
LAST = "SELECT id, at, what, sha256 FROM seal ORDER BY id DESC LIMIT 1"
KEEP = "INSERT INTO seal (id, at, what, changes, sha256) VALUES (?, ?, ?, ?, ?)"
# What the first seal proves as the one before it.
BEFORE_ALL = "0" * 64


class Seal(NamedTuple):
    """A seal: its number, when and for what it was made, and the SHA-256 that proves it and all before it."""

    id: int
    at: str
    what: str
    sha256: str


def watch(connection: sqlite3.Connection) -> None:
    """From here on note what changes in this transaction; `database.connect` has opened the connection."""
    watch_no_more(connection)
    if not isinstance(connection, TellingConnection):
        raise TypeError(connection)
    connection.before_each = Watching(connection)


def watch_no_more(connection: sqlite3.Connection) -> None:
    """The transaction has ended."""
    if isinstance(connection, TellingConnection):
        connection.before_each = None


def seal(connection: sqlite3.Connection, *, at: str, what: str = "") -> Seal:
    """Seal what was changed since `watch`, and go on watching; `what` says for what, as `month 2026-11`."""
    made = keep(connection, changed(connection), at=at, what=what)
    watch(connection)
    return made


def commit(connection: sqlite3.Connection, *, at: str) -> None:
    """Seal what was changed, if anything was, and make all of it last."""
    changes = changed(connection)
    if changes:
        keep(connection, changes, at=at, what="")
    connection.execute("COMMIT")


def changed(connection: sqlite3.Connection) -> dict[Block, Sums]:
    """How the sums of blocks have changed since `watch`."""
    found: dict[Block, Sums] = {}
    watching = connection.before_each if isinstance(connection, TellingConnection) else None
    if not isinstance(watching, Watching) or not watching.tables:
        return found
    noted = {name for (name,) in connection.execute("SELECT DISTINCT name FROM temp.changed_row")}
    for table, last in watching.tables.values():
        changes = list(noted_rows(connection, table)) if table.name in noted else []
        if last is not None:
            changes += new_rows(connection, table, last)
        for block, sums in changes:
            found[table.name, block] = added(found.get((table.name, block), NOTHING), sums)
    return {block: sums for block, sums in found.items() if sums != NOTHING}


def noted_rows(connection: sqlite3.Connection, table: SealedTable) -> Iterator[tuple[int, Sequence[int]]]:
    """The sums of the rows that changed: as they are now, less as they were."""
    columns = ", ".join(f'"{column}"' for column in table.columns)
    keys = ", ".join(f'"{column}"' for column in table.keys)
    values = ", ".join(f'image ->> {place} AS "{column}"' for place, column in enumerate(table.columns))
    connection.execute(FIRST_NOTES.format(columns=columns, values=values, keys=keys), (table.name,))
    about = {"block": table.block, "label": table.label, "print": table.print, "prime": PRIME}
    for block, *sums in connection.execute(ADDED_UP.format(**about, rows="temp.first_note WHERE there_before")).fetchall():
        yield block, less(NOTHING, sums)
    now = f'main."{table.name}" WHERE ({keys}) IN (SELECT {keys} FROM temp.first_note)'
    for block, *sums in connection.execute(ADDED_UP.format(**about, rows=now)).fetchall():
        yield block, sums
    connection.execute("DROP TABLE temp.first_note")


def new_rows(connection: sqlite3.Connection, table: SealedTable, last: int) -> Iterator[tuple[int, Sequence[int]]]:
    """The sums of the rows after one, block by block; large blocks one by one, which spares sorting their rows."""
    counter = table.counter
    if table.name not in NEVER_BETWEEN:
        rows = f'"{table.name}" WHERE {counter} > {last}'
        statement = ADDED_UP.format(block=table.block, label=table.label, print=table.print, rows=rows, prime=PRIME)
        for block, *sums in connection.execute(statement):
            yield block, sums
        return
    statement = NEW_ROWS.format(label=table.label, print=table.print, name=table.name, counter=counter)
    following = f'SELECT min({counter}) FROM "{table.name}" WHERE {counter} > ?'
    while (first := connection.execute(following, (last,)).fetchone()[0]) is not None:
        block = first >> table.bits
        last = ((block + 1) << table.bits) - 1
        yield block, connection.execute(statement, (first, last)).fetchone()


def added(one: Sums, other: Sequence[int], prime: int = PRIME) -> Sums:
    """Two sums together."""
    rows, prints, places = (mine + more for mine, more in zip(one, other, strict=True))
    return rows, prints % prime, places % prime


def keep(connection: sqlite3.Connection, changes: Mapping[Block, Sums], *, at: str, what: str) -> Seal:
    """Keep changes as the next seal."""
    tables: dict[str, list[tuple[int, int, int, int]]] = {}
    for (name, block), sums in sorted(changes.items()):
        tables.setdefault(name, []).append((block, *sums))
    text = json.dumps(tables, separators=(",", ":"))
    before = last_seal(connection)
    number = before.id + 1 if before else 1
    made = Seal(number, at, what, proof_of(before.sha256 if before else BEFORE_ALL, at, what, text))
    connection.execute(KEEP, (made.id, at, what, text, made.sha256))
    return made


def proof_of(before: str, at: str, what: str, changes: str) -> str:
    """The SHA-256 of a seal, which proves the seal before it."""
    return hashlib.sha256("\n".join((before, at, what, changes)).encode("utf-8", "surrogatepass")).hexdigest()


def last_seal(connection: sqlite3.Connection) -> Seal | None:
    """The newest seal, if there is one."""
    row = connection.execute(LAST).fetchone()
    return Seal(*row) if row else None


def seal_difference(connection: sqlite3.Connection, before: Mapping[Block, Sums], after: Mapping[Block, Sums], *, what: str) -> None:
    """Seal a change of shape: what differs already goes on to differ. The first seal takes everything as it is."""
    if last_seal(connection) is None:
        before = {}
    changes = {block: less(after.get(block, NOTHING), before.get(block, NOTHING)) for block in after.keys() | before.keys()}
    changes = {block: sums for block, sums in changes.items() if sums != NOTHING}
    if changes:
        keep(connection, changes, at="", what=what)


def less(one: Sums, other: Sequence[int]) -> Sums:
    """One sum less another."""
    return added(one, [-number for number in other])
