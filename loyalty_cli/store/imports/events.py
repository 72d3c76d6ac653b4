"""Events of members: facts that are known again by their key, else by whose, which and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from loyalty_cli.model.listed import ListedEvent
    from loyalty_cli.store.database import Connection

KEPT = "SELECT id, member_id, asset, day FROM adjustment WHERE key = ?"
SEEN = "INSERT OR IGNORE INTO event_sighting (import_id, adjustment_id) VALUES (?, ?)"
ENTER = """
INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key, import_id) VALUES (?, ?, 1, ?, ?, ?, '', ?, ?)"""
# What another import told as well stays, as if that one alone had come.
REHOME = """
UPDATE adjustment SET import_id = (SELECT min(import_id) FROM event_sighting WHERE adjustment_id = adjustment.id)
WHERE import_id = ? AND id IN (SELECT adjustment_id FROM event_sighting)"""
SEEN_AT_HOME = """
DELETE FROM event_sighting WHERE (import_id, adjustment_id) IN (SELECT import_id, id FROM adjustment WHERE asset GLOB 'event:*')"""


def save_event(connection: Connection, member: int, listed: ListedEvent, import_id: int, hand: tuple[str, str]) -> str | Clash:
    """Enter one event: `new` or `known`; a Clash if its key is another event's. `hand` is when and by whom."""
    key = f"event {listed.key or f'{listed.event} {iso(listed.day)} {listed.card or listed.number}'}"
    asset = EVENT + listed.event
    kept = connection.execute(KEPT, (key,)).fetchone()
    if kept and kept[1:] == (member, asset, listed.day):
        connection.execute(SEEN, (import_id, kept[0]))
        return "known"
    if kept:
        text = "the key {key} is that of another event: {name} of {day}"
        return Clash(phrase(text, key=listed.key or key, name=kept[2].removeprefix(EVENT), day=OnDay(kept[3])))
    connection.execute(ENTER, (member, asset, listed.day, *hand, key, import_id))
    mark_due(connection, [(member, listed.day)])
    return "new"


def leave_events_of_others(connection: Connection, import_id: int) -> None:
    """Before an import is taken back: what other imports told as well is theirs."""
    connection.execute("DELETE FROM event_sighting WHERE import_id = ?", (import_id,))
    connection.execute(REHOME, (import_id,))
    connection.execute(SEEN_AT_HOME)
