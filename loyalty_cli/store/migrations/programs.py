"""What looking at a program needs: each version as it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.migrations.scripts import run

if TYPE_CHECKING:
    from sqlite_utils import Database

# Made again from the version's text whenever it is missing or does not fit; nothing else refers to it.
AS_READ = """
CREATE TABLE version_as_read (
  version_id INTEGER PRIMARY KEY,
  form TEXT NOT NULL
) STRICT;
"""


def versions_as_read(db: Database) -> None:
    """Versions of the program as they were read."""
    run(db, AS_READ)
