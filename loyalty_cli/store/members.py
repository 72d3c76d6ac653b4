"""Members as a list or a person changes them: found by card or number, each change noted with its hand and reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.phrase import Phrase
from loyalty_cli.model.phrase import phrase
from loyalty_cli.store.due import mark_due

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedMember
    from loyalty_cli.store.database import Connection

FIELDS = ("number", "name", "phone", "email", "language", "birthday", "joined")

CARDS = "SELECT number, member_id FROM card WHERE number = ?"
NOTE = "INSERT INTO member_change (member_id, field, was, became, at, by, reason, import_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
FIRST_RECEIPT = "SELECT min(day) FROM receipt WHERE member_id = ? AND gone = 0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who changes members, when, why, and by which import; `today` is the shop's day."""

    at: str
    today: Day
    by: str = ""
    reason: str = ""
    import_id: int | None = None


def save_member(connection: Connection, listed: ListedMember, hand: Hand) -> str | Phrase:
    """Enter or change a member: `new`, `changed` or `known`; a Phrase says why it can not be."""
    owner = owner_of(connection, listed)
    if isinstance(owner, Phrase):
        return owner
    new = owner is None
    member = (
        owner
        if owner is not None
        else int(connection.execute("INSERT INTO member DEFAULT VALUES RETURNING id").fetchone()[0])
    )
    # A member known by card only has no record yet: what the first one says holds from the joining day it gives.
    first_record = new or connection.execute("SELECT joined FROM member WHERE id = ?", (member,)).fetchone()[0] is None
    changed = change_fields(connection, member, listed, hand, new=new)
    changed += add_cards(connection, member, listed.cards, hand, new=new)
    from_day = listed.joined if first_record and listed.joined is not None else hand.today
    changed += add_groups(connection, member, listed.groups, from_day)
    changed += add_consents(connection, member, listed.consents, hand)
    if not changed and not new:
        return "known"
    mark_due(connection, [(member, changed_since(connection, member, listed, hand))])
    return "new" if new else "changed"


def owner_of(connection: Connection, listed: ListedMember) -> int | Phrase | None:
    """The member that cards and number belong to, None if nobody yet; a Phrase if they belong to different members."""
    owners: dict[int, str] = {}
    for card in listed.cards:
        row = connection.execute(CARDS, (card,)).fetchone()
        if row is not None:
            owners.setdefault(row[1], row[0])
    if listed.number is not None:
        row = connection.execute("SELECT id FROM member WHERE number = ?", (listed.number,)).fetchone()
        if row is not None:
            owners.setdefault(row[0], listed.number)
    if len(owners) > 1:
        return phrase("{names} belong to different members", names=", ".join(owners.values()))
    return next(iter(owners), None)


def change_fields(connection: Connection, member: int, listed: ListedMember, hand: Hand, *, new: bool) -> int:
    """Set what the list says and is not so yet; how many fields changed."""
    row = connection.execute(f"SELECT {', '.join(FIELDS)} FROM member WHERE id = ?", (member,)).fetchone()
    changed = 0
    for field, was in zip(FIELDS, row, strict=True):
        becomes = getattr(listed, field)
        if becomes is None or becomes == was:
            continue
        connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (becomes, member))
        if not new:
            note(connection, member, field, (was, becomes), hand)
        changed += 1
    return changed


def add_cards(connection: Connection, member: int, cards: tuple[str, ...], hand: Hand, *, new: bool) -> int:
    """Give a member the cards that nobody has; how many they were."""
    added = 0
    for card in cards:
        if connection.execute(CARDS, (card,)).fetchone() is None:
            connection.execute("INSERT INTO card (number, member_id) VALUES (?, ?)", (card, member))
            if not new:
                note(connection, member, "card", (None, card), hand)
            added += 1
    return added


def add_groups(connection: Connection, member: int, groups: tuple[str, ...], from_day: Day) -> int:
    """Put a member into groups he is not in; how many they were. A list never takes anybody out of a group."""
    standing = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM member_group WHERE member_id = ? AND until_day IS NULL AND ended = 0", (member,)
        )
    }
    new = [(member, name, from_day) for name in groups if name not in standing]
    connection.executemany("INSERT OR IGNORE INTO member_group (member_id, name, from_day) VALUES (?, ?, ?)", new)
    return len(new)


def add_consents(connection: Connection, member: int, channels: tuple[str, ...], hand: Hand) -> int:
    """Note channels a member has agreed to; how many were new."""
    latest = "SELECT given FROM consent WHERE member_id = ? AND channel = ? ORDER BY from_day DESC, id DESC LIMIT 1"
    new = [channel for channel in channels if connection.execute(latest, (member, channel)).fetchone() != (1,)]
    source = f"import {hand.import_id}" if hand.import_id is not None else hand.by
    put = """INSERT INTO consent (member_id, channel, given, from_day, source) VALUES (?, ?, 1, ?, ?)
             ON CONFLICT (member_id, channel, from_day) DO UPDATE SET given = 1, source = excluded.source"""
    connection.executemany(put, [(member, channel, hand.today, source) for channel in new])
    return len(new)


def changed_since(connection: Connection, member: int, listed: ListedMember, hand: Hand) -> Day:
    """The earliest day that a change may touch: the first receipt, the day of joining, or today."""
    first = connection.execute(FIRST_RECEIPT, (member,)).fetchone()[0]
    return min(day for day in (first, listed.joined, hand.today) if day is not None)


def note(connection: Connection, member: int, field: str, values: tuple[object, object], hand: Hand) -> None:
    """Keep what a field was and became."""
    was, became = (None if value is None else str(value) for value in values)
    connection.execute(NOTE, (member, field, was, became, hand.at, hand.by, hand.reason, hand.import_id))
