"""The versions of the program that the shop has adopted, each from its day."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Adopted(NamedTuple):
    """One adopted version: its number, the day it came into force, its file's text.

    `form` is the program as it was read, for who only looks; '' where none is kept.
    """

    id: int
    from_day: Day
    source: str
    form: str = ""


IN_ORDER = """
SELECT id, from_day, source, coalesce(form, '') FROM version
LEFT JOIN version_as_read ON version_id = id WHERE adopted_at <= ? ORDER BY id
"""

# After every moment.
ALWAYS = "~"


def versions_in_force(connection: Connection, *, known_at: str = ALWAYS) -> list[Adopted]:
    """The versions that still decide about some day, earliest first: a later adoption covers its day and all after.

    `known_at` is a moment; what was adopted after it counts as if it had not been.
    """
    rows = [Adopted(*row) for row in connection.execute(IN_ORDER, (known_at,))]
    kept: list[Adopted] = []
    for row in rows:
        kept = [earlier for earlier in kept if earlier.from_day < row.from_day]
        kept.append(row)
    return kept


def save_version(connection: Connection, version: Adopted, *, rules: str, at: str, by: str) -> int:
    """Adopt a version; its number. `rules` are those of its text in one fixed form, for whoever looks into the database."""
    row = connection.execute(
        "INSERT INTO version (from_day, canonical, source, adopted_at, by) VALUES (?, ?, ?, ?, ?) RETURNING id",
        (version.from_day, rules, version.source, at, by),
    ).fetchone()
    number = int(row[0])
    save_form(connection, number, version.form)
    return number


def save_source(connection: Connection, version: int, source: str) -> None:
    """Keep another text of a version that decides the same: its words, stores and nights may differ."""
    connection.execute("UPDATE version SET source = ? WHERE id = ?", (source, version))


def save_form(connection: Connection, version: int, form: str) -> None:
    """Keep a version as it was read."""
    connection.execute("INSERT OR REPLACE INTO version_as_read (version_id, form) VALUES (?, ?)", (version, form))
