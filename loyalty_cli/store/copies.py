"""A copy of the database that is whole, whoever is working on it meanwhile."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from loyalty_cli.store.database import address
from loyalty_cli.store.database import understood
from loyalty_cli.store.database import USER_VERSION
from loyalty_cli.store.health import counts_of
from loyalty_cli.store.health import structure_faults

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.store.database import Connection


def copy_database(connection: Connection, path: Path) -> None:
    """Copy page by page into a file that is there already and empty."""
    with understood(path), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")
        copy.execute("PRAGMA journal_mode = OFF")
        connection.backup(copy)


def faults_and_counts(path: Path) -> tuple[list[str], dict[str, int]]:
    """What is wrong with a copy, and how many rows each of its tables has."""
    try:
        with understood(path), contextlib.closing(opened(path)) as copy:
            faults = structure_faults(copy)
            return faults, {} if faults else counts_of(copy)
    except UnicodeDecodeError as error:
        # SQLite quotes the damage as it stands in the file.
        return [str(error)], {}


def made_by_newer_release(path: Path) -> bool:
    """Whether a copy has a shape that this release does not know."""
    with understood(path), contextlib.closing(opened(path)) as copy:
        version: int = copy.execute("PRAGMA user_version").fetchone()[0]
        return version > USER_VERSION


def opened(path: Path) -> Connection:
    """A copy, only to be looked at."""
    return sqlite3.connect(f"{address(path)}?mode=ro", uri=True)
