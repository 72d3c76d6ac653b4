"""What is in a shop's folder: its rows and its files, and how two of them differ."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from contextlib import closing
from typing import cast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LEFT = re.compile(r".*\.part|.*-journal|.*\.new|\.working|\.demo-begun|loyalty-error\.log")
NUMBER_OF_PROCESS = re.compile(rb'(?<="pid": )\d+')
OF_PROCESS = re.compile(r"\.\d+\.part$")
# What differs from one run to the next by nature: the numbers of nights.
MOMENTS = {"night"}
Content = dict[str, object]


def content(shop: Path) -> Content:
    """All rows of the database, and the files beside it; moments and backups' names are the same in every run."""
    found: Content = {}
    held = {path.name: f"{hashlib.sha256(path.read_bytes()).hexdigest()}.parquet" for path in shop.rglob("*.parquet")}
    for path in sorted(shop.rglob("*")):
        below = path.relative_to(shop).with_name(held.get(path.name, path.name))
        if path.is_file() and path.suffix not in {".db", ".lock", ".zip"} and not is_left(below):
            # A database kept beside another is compared by its rows: what the check looked up in it may move bytes.
            found[below.as_posix()] = sorted(rows_of(path)) if ".db.before-" in path.name else path.read_bytes()
    for path in shop.rglob("*.db"):
        # One that is only being written, in a folder of another name, may be torn: what is left of it is asked for by name.
        if path.name.startswith(".") or ".before-" in path.name or is_left(path.relative_to(shop)):
            continue
        place = path.relative_to(shop).parent.as_posix()
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "damaged"
            names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for name in sorted(names):
                if name not in MOMENTS and not name.startswith(("_sqlite", "sqlite_")):
                    rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()
                    found[f"{place}/{name}"] = sorted(rows, key=repr)
            if found.get(f"{place}/chain_file"):
                by_what_they_hold(found, place, held)
    return found


def is_left(path: Path) -> bool:
    """Whether a file, or a folder that it is in, is one that a command had begun to write."""
    return any(map(LEFT.fullmatch, path.parts))


def by_what_they_hold(found: Content, place: str, names: Mapping[str, str]) -> None:
    """A chain's files have names by chance: they are compared by what they hold, and the seals of their names not at all."""
    rows = cast("list[tuple[object, ...]]", found.pop(f"{place}/chain_file"))
    called = [tuple(names.get(str(value).rpartition("/")[2], value) for value in row) for row in rows]
    found[f"{place}/chain_file"] = sorted(called, key=repr)
    found.pop(f"{place}/seal", None)


def rows_of(path: Path) -> list[str]:
    """All rows of a database file, as text; its own mistakes are told by SQLite."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "night"')]


def as_booked(found: Content) -> Content:
    """Without what a command that the next one finishes has twice.

    Runs are left out; the ledger counts by what is booked, not by which run; a message by what became of it last, not by how often
    it was begun.
    """
    sums: Counter[tuple[object, ...]] = Counter()
    booked = cast("list[tuple[int, ...]]", found.get("./ledger", []))
    for _, *key, quantity, day, booked_on, _ in booked:
        sums[(*key, day, booked_on)] += quantity
    events = cast("list[tuple[int, ...]]", found.get("./message_event", []))
    last = {message: rest for _, message, *rest in sorted(events)}
    rest = {name: rows for name, rows in found.items() if name not in {"./run", "./seal", "./ledger", "./message_event"}}
    rest["./message_event"] = sorted(last.items())
    rest["./ledger"] = sorted((key, quantity) for key, quantity in sums.items() if quantity)
    return rest


def tables(found: Content) -> Content:
    """The shop's database alone."""
    return {name: rows for name, rows in found.items() if name.startswith("./")}


def differing(found: Content, wanted: Content) -> list[str]:
    """Where two contents differ."""
    return sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))


def state_of(folder: Path) -> str:
    """A hash of a folder's names and bytes; numbers of processes do not matter."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        digest.update(f"\n{OF_PROCESS.sub('.N.part', path.relative_to(folder).as_posix())}\n".encode())
        if path.is_file():
            digest.update(NUMBER_OF_PROCESS.sub(b"N", path.read_bytes()))
    return digest.hexdigest()
