"""A copy of the database that is whole, whoever is working on it meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.database import address
from loyalty_cli.store.database import APPLICATION_ID
from loyalty_cli.store.database import USER_VERSION
from loyalty_cli.store.health import counts_of
from loyalty_cli.store.health import structure_faults
from loyalty_cli.store.seals.seals import last_seal
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.store.database import Connection

BACKUPS = "backups"
"""The folder of a shop's backups, beside its database."""


def copy_database(connection: Connection, path: Path) -> None:
    """Copy page by page into a file that is there already and empty."""
    with understood(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        connection.backup(copy)


class Found(NamedTuple):
    """What is wrong with a copy; if nothing is, how many rows its tables have and the proof of all of them."""

    faults: list[str]
    counts: dict[str, int]
    proof: str


def found_in(path: Path) -> Found:
    """Look through a copy. One that an older release made has no proof."""
    try:
        with understood(path), contextlib.closing(opened(path)) as copy:
            faults = structure_faults(copy)
            if faults:
                return Found(faults, {}, "")
            if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return Found(["no database of loyalty"], {}, "")
            sealed = copy.execute("SELECT 1 FROM sqlite_schema WHERE name = 'seal'").fetchone() and last_seal(copy)
            return Found([], counts_of(copy), sealed.sha256 if sealed else "")
    except UnicodeDecodeError as error:
        # SQLite quotes the damage as it stands in the file.
        return Found([str(error)], {}, "")


def made_by_newer_release(path: Path) -> bool:
    """Whether a copy has a shape that this release does not know."""
    with understood(path), contextlib.closing(opened(path)) as copy:
        version: int = copy.execute("PRAGMA user_version").fetchone()[0]
        return version > USER_VERSION


def opened(path: Path) -> Connection:
    """A copy, only to be looked at."""
    return sqlite3.connect(f"{address(path)}?mode=ro", uri=True)
