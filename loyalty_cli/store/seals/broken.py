"""Broken seals: rows that are not as loyalty left them, and seals that do not prove the one before."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.seals.seals import added
from loyalty_cli.store.seals.seals import ADDED_UP
from loyalty_cli.store.seals.seals import BEFORE_ALL
from loyalty_cli.store.seals.seals import NOTHING
from loyalty_cli.store.seals.seals import proof_of
from loyalty_cli.store.seals.seals import Seal
from loyalty_cli.store.seals.tables import PRIME
from loyalty_cli.store.seals.tables import register
from loyalty_cli.store.seals.tables import sealed_tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.store.seals.seals import Block
    from loyalty_cli.store.seals.seals import Sums
    from loyalty_cli.store.seals.tables import SealedTable

ROWS = 'SELECT {label}, {key}, {day} FROM main."{name}" WHERE {block} = ?'
# What the seal of a closed month begins with.
OF_MONTH = "month "
# The day of a row, as far as its table has one.
DAYS = ("day", "booked_on", "issued_on", "due_on", "from_day", "first_day", "joined")
MOMENTS = ("at", "closed_at", "adopted_at", "opened_at")
# Nobody reads more rows of one block than this.
MOST_OF_BLOCK = 3


class BrokenSeal(NamedTuple):
    """Rows that differ: what about them, in which table, which (with the day, where they have one), and more."""

    what: str
    table: str
    rows: str
    detail: str = ""


def sums_of_rows(connection: sqlite3.Connection, prime: int = PRIME) -> dict[Block, Sums]:
    """The sums of all blocks as the rows are now."""
    register(connection)
    return {
        (table.name, block): added(NOTHING, sums, prime)
        for table in sealed_tables(connection, prime)
        for block, *sums in connection.execute(
            ADDED_UP.format(block=table.block, label=table.label, print=table.print, rows=f'main."{table.name}"', prime=prime)
        )
    }


def sums_of_seals(connection: sqlite3.Connection, prime: int = PRIME) -> tuple[dict[Block, Sums], list[BrokenSeal]]:
    """The sums of all blocks as they were sealed, and the seals that prove nothing."""
    found: dict[Block, Sums] = {}
    broken, before, expected = [], BEFORE_ALL, 1
    for number, at, what, changes, sha256 in connection.execute("SELECT * FROM seal ORDER BY id"):
        if number != expected or proof_of(before, at, what, changes) != sha256:
            broken.append(BrokenSeal("broken seal", "seal", str(number), "it does not prove the seal before it"))
        before, expected = sha256, number + 1
        try:
            for name, blocks in json.loads(changes).items():
                for block, *sums in blocks:
                    found[name, block] = added(found.get((name, block), NOTHING), sums, prime)
        except (ValueError, TypeError, AttributeError):
            broken.append(BrokenSeal("broken seal", "seal", str(number), "it can not be read"))
    return {block: sums for block, sums in found.items() if sums != NOTHING}, broken


def broken_seals(connection: sqlite3.Connection, rows: Mapping[Block, Sums]) -> Iterator[BrokenSeal]:
    """What differs between the seals and the rows as they are now."""
    sealed, broken = sums_of_seals(connection)
    yield from broken
    tables = {table.name: table for table in sealed_tables(connection)}
    for name, block in sorted(sealed.keys() | rows.keys()):
        was, now = sealed.get((name, block), NOTHING), rows.get((name, block), NOTHING)
        if was == now:
            continue
        if name in tables:
            yield from broken_block(connection, tables[name], block, was, now)
        else:
            yield BrokenSeal("missing rows", name, "-", f"{was[0]} rows when sealed")


def broken_block(connection: sqlite3.Connection, table: SealedTable, block: int, was: Sums, now: Sums) -> Iterator[BrokenSeal]:
    """The one row of a block that differs, or where several do all that may."""
    rows = rows_of_block(connection, table, block)
    label = label_that_differs(was, now)
    more = now[0] - was[0]
    one = next((row for row in rows if row[0] == label), None)
    if one and more in (0, 1):
        yield BrokenSeal("added row" if more else "changed row", table.name, one[1], "not as it was sealed")
    elif more == -1 and table.counter and not one and label >> table.bits == block:
        yield BrokenSeal("missing row", table.name, str(label), f"{was[0]} rows when sealed, {now[0]} now")
    else:
        told = ", ".join(row[1] for row in rows[:MOST_OF_BLOCK]) or "-"
        if len(rows) > MOST_OF_BLOCK:
            told += f" … {rows[-1][1]}"
        what = "added rows" if more > 0 else "missing rows" if more < 0 else "changed rows"
        yield BrokenSeal(what, table.name, told, f"{was[0]} rows when sealed, {now[0]} now")


def label_that_differs(was: Sums, now: Sums) -> int:
    """The label of the row that differs, if it is only one; else any number."""
    return (now[2] - was[2]) * pow(now[1] - was[1], -1, PRIME) % PRIME if now[1] != was[1] else -1


def rows_of_block(connection: sqlite3.Connection, table: SealedTable, block: int) -> list[tuple[int, str]]:
    """The label and the name of each row: its key, and the day it is of."""
    register(connection)
    names = table.columns
    days = [f'date("{name}")' for name in DAYS if name in names]
    days += [f'substr("{name}", 1, 10)' for name in MOMENTS if name in names and not days]
    keys = " || ' ' || ".join(f'"{column}"' for column in table.keys)
    statement = ROWS.format(
        label=table.label,
        key=keys,
        day=f"coalesce({', '.join([*days, 'NULL', 'NULL'])})",
        name=table.name,
        block=table.block,
    )
    return [(label % PRIME, f"{key} ({day})" if day else str(key)) for label, key, day in connection.execute(statement, (block,))]


def seals_proven_by(connection: sqlite3.Connection, proof: str) -> list[Seal]:
    """The seals whose SHA-256 begins like this."""
    select = "SELECT id, at, what, sha256 FROM seal WHERE substr(sha256, 1, length(?1)) = ?1 ORDER BY id"
    return [Seal(*row) for row in connection.execute(select, (proof,))]


def seals_of_months(connection: sqlite3.Connection) -> list[Seal]:
    """The seals that were made when months were closed."""
    select = "SELECT id, at, what, sha256 FROM seal WHERE what LIKE ? || '%' ORDER BY id"
    return [Seal(*row) for row in connection.execute(select, (OF_MONTH,))]
