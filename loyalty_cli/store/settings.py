"""The few words about the shop that the database keeps, so that reports need no program file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.store.database import Connection


def settings(connection: Connection) -> dict[str, str]:
    """All of them by name."""
    return dict(connection.execute("SELECT name, value FROM setting").fetchall())


def save_settings(connection: Connection, values: Mapping[str, str]) -> None:
    """Set some, keep the others."""
    connection.executemany(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        values.items(),
    )
