"""A chain's control book: that this database is one, and which files hold its purchases, entries and states."""

from __future__ import annotations

import json
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.settings import save_settings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection

CHAIN, LAST_RECEIPT = "chain", "last receipt of the chain"
NAME = "INSERT INTO chain_file (what, bucket, name, rows, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)"


class Place(NamedTuple):
    """Where a chain's members lie and who replays them: the engine's address, the folder of the files, in how many buckets."""

    master: str
    tables: str
    buckets: int

    def bucket_of(self, member: int | None, receipt: int = 0) -> int:
        """The bucket of a member; receipts of nobody lie by their own number."""
        return (receipt if member is None else member) % self.buckets


class NamedFile(NamedTuple):
    """A file that holds."""

    bucket: int
    name: str
    rows: int
    bytes: int
    sha256: str


def place_of(connection: Connection) -> Place | None:
    """Where the chain lies, or None: this is a shop with everything in its one file."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (CHAIN,)).fetchone()
    return Place(**json.loads(row[0])) if row else None


def save_place(connection: Connection, place: Place) -> None:
    """From here on a database is the control book of a chain."""
    save_settings(connection, {CHAIN: json.dumps(place._asdict())})


def last_receipt(connection: Connection) -> int:
    """The highest number that a receipt was ever given."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (LAST_RECEIPT,)).fetchone()
    return int(row[0]) if row else 0


def save_last_receipt(connection: Connection, number: int) -> None:
    """Remember it."""
    save_settings(connection, {LAST_RECEIPT: str(number)})


def files_of(connection: Connection, what: str, buckets: Iterable[int] | None = None) -> list[NamedFile]:
    """The files that hold, in the order in which they were named."""
    chosen, values = "", [what]
    if buckets is not None:
        chosen, values = " AND bucket IN (SELECT value FROM json_each(?))", [what, json.dumps(sorted(set(buckets)))]
    select = f"SELECT bucket, name, rows, bytes, sha256 FROM chain_file WHERE what = ?{chosen} ORDER BY id"
    return [NamedFile(*row) for row in connection.execute(select, values)]


def name_files(connection: Connection, written: Iterable[Sequence[Any]], *, instead_of: Iterable[str] = ()) -> None:
    """From the end of this transaction on these files hold, and others no longer."""
    connection.executemany("DELETE FROM chain_file WHERE name = ?", [(name,) for name in instead_of])
    connection.executemany(NAME, written)


def names_held(connection: Connection) -> set[str]:
    """The names of all files that hold."""
    return {name for (name,) in connection.execute("SELECT name FROM chain_file")}
