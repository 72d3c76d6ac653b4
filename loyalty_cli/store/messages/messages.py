"""What became of messages that were begun."""

from __future__ import annotations

import json
import re
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.message import DueMessage
    from loyalty_cli.store.reading import Connection

LAST = "(SELECT what FROM message_event WHERE message_id = message.id ORDER BY id DESC LIMIT 1)"

WRITTEN = f"""
SELECT message.member_id, event.day FROM message JOIN message_event AS event ON event.message_id = message.id
 WHERE message.member_id IN (SELECT value FROM json_each(?)) AND message.purpose IN (SELECT value FROM json_each(?))
   AND event.what = 'begun' AND event.day >= ? AND {LAST} NOT IN ('again', 'refused')
"""
KEPT = """
SELECT message.id, message.key, message.member_id, message.name, message.purpose, message.due_on,
       event.what, event.channel, event.day, event.at, event.by, event.said,
       coalesce((SELECT number FROM card WHERE card.member_id IN (member.id, member.merged_into) ORDER BY id LIMIT 1), ''), member.name,
       message.reason
  FROM message JOIN member ON member.id = message.member_id
  JOIN message_event AS event ON event.id = (SELECT max(id) FROM message_event WHERE message_id = message.id)
"""
DOUBTFUL = f"FROM message WHERE {LAST} IN ('begun', 'doubtful')"
ONE = f"{KEPT} WHERE message.key = :key"
# Fewer letters of a key could be those of another one.
LEAST_OF_KEY = 6
SOME = f"""{KEPT}
 WHERE event.day BETWEEN :first AND :last AND (:doubtful = 0 OR event.what IN ('begun', 'doubtful'))
   AND (:member = 0 OR :member IN (member.id, member.merged_into))
 ORDER BY event.id
"""
KEEP = """
INSERT INTO message (key, member_id, name, purpose, due_on, reason) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET member_id = excluded.member_id RETURNING id
"""
NOTE = "INSERT INTO message_event (message_id, what, channel, day, at, by, said) VALUES (?, ?, ?, ?, ?, ?, ?)"
# Somebody's address has no place among what is kept for ever.
ADDRESS = re.compile(r"\S+@\S+|\+?\d[\d ()-]{7,}")


class Event(NamedTuple):
    """What became of a message: when, by which way, through whom, and what a server said."""

    what: str
    channel: str
    day: Day
    at: str
    by: str = ""
    said: str = ""


class Kept(NamedTuple):
    """A message that was begun or given up, with the last that became of it."""

    id: int
    key: str
    member: int
    name: str
    purpose: str
    due_on: Day
    event: Event
    card: str
    member_name: str
    reason: str


def written_since(connection: Connection, members: Collection[int], purposes: Collection[str], day: Day) -> Mapping[int, list[Day]]:
    """The days since one on which messages of some purposes were begun for some members, by member."""
    found: dict[int, list[Day]] = {}
    for member, on in connection.execute(WRITTEN, (json.dumps(list(members)), json.dumps(list(purposes)), day)):
        found.setdefault(member, []).append(on)
    return found


def keep_message(connection: Connection, due: DueMessage, purpose: str, event: Event) -> bool:
    """Begin a message or give it up; False if somebody else has done so since it was planned."""
    last = connection.execute(f"SELECT {LAST} FROM message WHERE key = ?", (due.key,)).fetchone()
    if last and last[0] != "again":
        return False
    (number,) = connection.execute(KEEP, (due.key, due.member, due.name, purpose, due.since, due.reason)).fetchone()
    note_event(connection, number, event)
    return True


def note_answer(connection: Connection, key: str, event: Event) -> None:
    """What became of a message that was begun."""
    (number,) = connection.execute("SELECT id FROM message WHERE key = ?", (key,)).fetchone()
    note_event(connection, number, event)


def note_event(connection: Connection, message: int, event: Event) -> None:
    """Add an event to a message."""
    said = ADDRESS.sub("…", event.said)[:200]
    connection.execute(NOTE, (message, event.what, event.channel, event.day, event.at, event.by, said))


def messages_kept(connection: Connection, *, first: Day, last: Day, doubtful: bool = False, member: int = 0) -> Iterator[Kept]:
    """What became of messages on some days, the last of each, in the order it happened."""
    values = {"first": first, "last": last, "doubtful": int(doubtful), "member": member}
    for row in connection.execute(SOME, values):
        yield kept_from(row)


def count_doubtful(connection: Connection) -> int:
    """How many messages were begun and not answered, or answered with a doubt."""
    return int(connection.execute(f"SELECT count(*) {DOUBTFUL}").fetchone()[0])


def keys_in_doubt(connection: Connection) -> list[str]:
    """Their keys, in the order in which they were begun."""
    return [key for (key,) in connection.execute(f"SELECT key {DOUBTFUL} ORDER BY id")]


def message_at(connection: Connection, key: str) -> Kept | None:
    """The message of a key, or of the beginning of one that is the only one."""
    if len(key) < LEAST_OF_KEY:
        return None
    numbers = connection.execute("SELECT key FROM message WHERE substr(key, 1, ?) = ? LIMIT 2", (len(key), key)).fetchall()
    if len(numbers) != 1:
        return None
    found = connection.execute(ONE, {"key": numbers[0][0]}).fetchone()
    return kept_from(found)


def kept_from(row: Sequence[Any]) -> Kept:
    """A row of SOME."""
    return Kept._make((*row[:6], Event._make(row[6:12]), *row[12:]))
