"""Which tables are sealed, and how a row becomes a number: all in SQL, so that a million rows cost little.

A row's print is the sum of its values, each times a factor of its column's own, modulo a prime: another value in one
column always gives another print. A block is some rows that follow each other; it is sealed by three numbers: how many
rows it has, the sum of their prints, and the sum of their prints times their labels (which is the row's number, or the
print of its key). Where one row differs, the two differences divided by each other give the label of that row.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping

# No number beside a power of two, for then 1 would be as good as 2**31 or the largest number of 64 bits: the digits of
# the golden ratio. Older releases took the largest prime of 31 bits.
PRIME = 1_618_033_999
PRIME_BEFORE_9 = 2**31 - 1
# A factor has 27 bits, so that forty columns below the prime add up to less than 63 bits.
FACTOR = 0x9E3779B1
FACTOR_BITS = (1 << 27) - 1

# Tables that have no seals, and what proves them instead; the last four are made again from the others.
OTHERWISE: Mapping[str, str] = {
    "seal": "the seal after it",
    "line": "its receipt",
    "standing": "a replay from scratch",
    "due": "a replay from scratch",
    "return_of": "a replay from scratch",
    "version_as_read": "its version's text",
}
# A receipt's content proves its moment and its card; its lines prove its sums.
COLUMNS_SEALED: Mapping[str, tuple[str, ...]] = {
    "receipt": (*("store_id", "number", "member_id", "day", "clock", "original", "desk_id", "import_id", "content", "gone"),),
}
# Bits of a row's number that count within a block: few rows where each should be named, many where they are many.
BITS_OF_BLOCK: Mapping[str, int] = {"receipt": 12, "ledger": 12}
USUAL_BITS = 4
# Rows that only ever come one after the other: a trigger for each would cost more than the seal.
NEVER_BETWEEN = frozenset({"receipt", "ledger"})
# Sightings come by the hundred thousand with one import, which is their block.
GROWS_BY: Mapping[str, tuple[str, str, str]] = {"sighting": ("import_id", "import", "receipt_id")}
# A key that is no number is spread over so many blocks.
BLOCKS_OF_KEYS = 64

TABLES = """
SELECT t.name, c.name, c.type, c.pk, c."notnull", t.wr FROM {list} AS t JOIN pragma_table_info(t.name) AS c
WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE '%sqlite%' ORDER BY t.name, c.cid
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column as the shape has it; `key` is its place in the primary key, or 0. `full` says that it is never NULL."""

    name: str
    type: str
    key: int
    full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTable:
    """A table that is sealed: its columns that are, its key, and label, block and print of a row as SQL.

    `counter` grows with every new row, `last` asks how far it is; both are '' where rows come in any order. Some of
    its `bits` count within a block.
    """

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    print: str
    label: str
    block: str
    counter: str = ""
    bits: int = 0
    last: str = ""


def register(connection: sqlite3.Connection) -> None:
    """Let this connection's SQL make numbers of texts."""
    connection.create_function("crc32", 1, crc32, deterministic=True)


def sealed_tables(connection: sqlite3.Connection, prime: int = PRIME) -> list[SealedTable]:
    """Every table of the shape but those that are proven otherwise."""
    return as_sealed(connection.execute(TABLES.format(list="pragma_table_list")), prime)


def sealed_table_called(connection: sqlite3.Connection, name: str) -> SealedTable | None:
    """The table of a name; None if there is none, or it is proven otherwise."""
    return next(iter(as_sealed(connection.execute(TABLES.format(list="pragma_table_list(?)"), (name,)))), None)


def as_sealed(rows: Iterable[tuple[str, str, str, int, int, int]], prime: int = PRIME) -> list[SealedTable]:
    """Tables out of their columns.

    Of each: the table, name, type, place in the key, whether it is never NULL, and whether rows have no number of their own.
    """
    columns: dict[str, list[Column]] = {}
    without_number = set()
    for table, name, kind, key, full, other in rows:
        if table not in OTHERWISE:
            columns.setdefault(table, []).append(Column(name=name, type=kind, key=key, full=bool(full)))
            if other:
                without_number.add(table)
    return [sealed_table(name, own, prime, numbered=name not in without_number) for name, own in columns.items()]


def counts_otherwise(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows the tables have that are proven otherwise."""
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in OTHERWISE}


def sealed_table(name: str, columns: list[Column], prime: int, *, numbered: bool) -> SealedTable:
    """How one table is sealed."""
    wanted = COLUMNS_SEALED.get(name)
    keys = sorted((column for column in columns if column.key), key=lambda column: column.key)
    own = [column for column in columns if wanted is None or column.name in wanted]
    key = summed(keys, prime)
    table = SealedTable(
        name=name,
        columns=tuple(dict.fromkeys(column.name for column in [*keys, *own])),
        keys=tuple(column.name for column in keys),
        print=summed(own, prime),
        label=key,
        block=f"({key} & {BLOCKS_OF_KEYS - 1})",
    )
    if name in GROWS_BY:
        counter, other, label = GROWS_BY[name]
        bits, last = 0, f"SELECT coalesce(max(id), 0) FROM {other}"
    elif numbered:
        counter = label = keys[0].name
        bits, last = BITS_OF_BLOCK.get(name, USUAL_BITS), f'SELECT coalesce(max({counter}), 0) FROM "{name}"'
    else:
        return table
    label, block = f"({label} % {prime})", f"({counter} >> {bits})"
    return replace(table, label=label, block=block, counter=counter, bits=bits, last=last)


def summed(columns: list[Column], prime: int) -> str:
    """Columns as one number below the prime, as SQL."""
    terms = [f"{number_of(column, prime, factor(place + 50))} * {factor(place)}" for place, column in enumerate(columns)]
    return f"(({' + '.join(terms)}) % {prime})"


def factor(place: int) -> int:
    """The factor of the column at a place; odd, and another one for each."""
    return (FACTOR * (place + 1)) & FACTOR_BITS | 1


def number_of(column: Column, prime: int, nothing: int) -> str:
    """A value as a number, as SQL; another number stands for NULL, which is not asked for where there is none."""
    value = f'"{column.name}"'
    number = f"{value} % {prime}" if column.type == "INTEGER" else f"crc32(CAST({value} AS BLOB)) % {prime}"
    return number if column.full else f"iif({value} NOTNULL, {number}, {nothing})"
