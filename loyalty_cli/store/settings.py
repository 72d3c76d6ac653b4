"""The few words about the shop that the database keeps, so that reports need no program file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shop_facts import shop_facts_from
from loyalty_cli.model.shown.phrase import AtMoment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.model.shop_facts import ShopFacts
    from loyalty_cli.store.database import Connection


def settings(connection: Connection) -> dict[str, str]:
    """All of them by name."""
    return dict(connection.execute("SELECT name, value FROM setting").fetchall())


def kept_facts(connection: Connection) -> ShopFacts:
    """Those that whoever looks needs, as values."""
    return shop_facts_from(settings(connection))


def said_at(connection: Connection, moment: str) -> AtMoment:
    """A kept moment, to be said by the shop's clocks."""
    return AtMoment(moment, kept_facts(connection).timezone)


def secret_of(connection: Connection) -> str:
    """What codes, pseudonyms and chances are made with, kept in the database alone; '' before a program is adopted."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'secret'").fetchone()
    return str(row[0]) if row else ""


def save_settings(connection: Connection, values: Mapping[str, str]) -> None:
    """Set some, keep the others."""
    connection.executemany(
        "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        values.items(),
    )
