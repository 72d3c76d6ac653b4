"""How members who were erased stand, day by day, and what of it the books still have to take in.

Erased members are never replayed again: what replay would ask for is forgotten. So all of it was worked out before.
"""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import Told
from loyalty_cli.model.standing import Standing
from loyalty_cli.store.chain.shadows import as_it_is
from loyalty_cli.store.ledger.standings import save_standings

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

KEEP = "INSERT OR REPLACE INTO frozen (member_id, from_day, standing, state, entries, told) VALUES (?, ?, ?, ?, ?, ?)"
WAITING = """
SELECT member_id, from_day, standing, state, entries, told FROM frozen
WHERE entries IS NOT NULL AND from_day <= ? ORDER BY member_id, from_day"""
BOOKED = "UPDATE frozen SET entries = NULL, told = NULL WHERE member_id = ? AND from_day <= ?"
# Nothing changes for them by itself, and a new version of the program is none for them.
ERASED = "SELECT member_id FROM by_hand WHERE what = 'erase'"
REST = f"""
UPDATE standing SET version_id = :version, due_on = :never
WHERE member_id IN ({ERASED}) AND (version_id, due_on) <> (:version, :never)"""
# What comes late of them is taken in no more: they wait for nothing but what was worked out before.
NO_MORE = f"""
DELETE FROM due WHERE member_id IN ({ERASED})
   AND member_id NOT IN (SELECT member_id FROM frozen WHERE entries IS NOT NULL)"""
DUE = """
INSERT OR REPLACE INTO due (member_id, since)
SELECT member_id, min(from_day) FROM frozen WHERE member_id = ? AND entries IS NOT NULL GROUP BY member_id"""
AT = """
SELECT f.member_id, f.standing, f.state FROM temp.work w JOIN frozen f ON f.member_id = w.member_id
WHERE f.from_day = (SELECT max(o.from_day) FROM frozen o WHERE o.member_id = f.member_id AND o.from_day <= ?)"""


# When to look at a member again may be on the birthday; who is erased waits for no day.
DUE_ON = f"$[{Standing._fields.index('due_on')}]"
STATES = "SELECT from_day, state FROM frozen WHERE member_id = ?"
LAST_STATE = "SELECT state FROM standing WHERE member_id = ? AND state <> ''"
SAVE_STATE = "UPDATE frozen SET state = ?, standing = json_set(standing, ?, ?) WHERE member_id = ? AND from_day = ?"


class Frozen(NamedTuple):
    """How a member stands from a day on; where the books do not have it yet, with the entries of the day and what others are told."""

    from_day: Day
    standing: Standing
    state: str
    entries: list[Entry] | None = None
    told: list[Told] | None = None


def keep_frozen(connection: Connection, member: int, days: Iterable[Frozen]) -> None:
    """Keep how a member stands from some days on."""
    rows = ((member, day.from_day, json.dumps(day.standing), day.state, as_json(day.entries), as_json(day.told)) for day in days)
    connection.executemany(KEEP, rows)


def as_json(of_the_day: list[Entry] | list[Told] | None) -> str | None:
    """Entries or hand-overs as JSON arrays."""
    return None if of_the_day is None else json.dumps(of_the_day)


def not_in_the_books(connection: Connection, until: Day) -> Iterator[tuple[int, Frozen]]:
    """What the books have to take in of members through a day, in the order of days."""
    for member, day, standing, state, *rest in connection.execute(WAITING, (until,)):
        entries, told = map(json.loads, rest)
        stands = Standing(*json.loads(standing))
        yield member, Frozen(day, stands, state, [Entry(*entry) for entry in entries], [Told(*each) for each in told])


def now_in_the_books(connection: Connection, members: Iterable[int], until: Day) -> None:
    """The books have taken in some members' days; if others are still to come, the member waits for those."""
    for member in members:
        connection.execute(BOOKED, (member, until))
        wait_for_frozen(connection, member)


def wait_for_frozen(connection: Connection, member: int) -> None:
    """A member waits from the first day that the books have not taken in, or for nothing."""
    connection.execute("DELETE FROM due WHERE member_id = ?", (member,))
    connection.execute(DUE, (member,))


def erased(connection: Connection) -> list[int]:
    """Everybody who was erased."""
    return [member for (member,) in connection.execute(ERASED)]


def forget_in_states(connection: Connection, members: Iterable[int], forgotten: Callable[[str], str]) -> None:
    """Take out of all states that the database keeps of some members what they know of the person."""
    for member in members:
        rows = connection.execute(STATES, (member,)).fetchall()
        connection.executemany(SAVE_STATE, [(forgotten(state), DUE_ON, NEVER, member, day) for day, state in rows])
        # A chain's states lie in files, too.
        with as_it_is(connection):
            for (state,) in connection.execute(LAST_STATE, (member,)).fetchall():
                connection.execute("UPDATE standing SET state = ? WHERE member_id = ?", (forgotten(state), member))


def let_rest(connection: Connection, version: int) -> None:
    """Who is erased is up to date under any version of the program, whatever comes late."""
    connection.execute(REST, {"version": version, "never": NEVER})
    connection.execute(NO_MORE)


def shadow_frozen(connection: Connection, version: int, day: Day) -> None:
    """Erased members of temp.work stand in temp.standing as they stood at the end of a day, and need no replay."""
    rows = connection.execute(AT, (day,)).fetchall()
    stood = [(member, version, state, Standing(*json.loads(standing))._replace(until=day)) for member, standing, state in rows]
    save_standings(connection, stood)
    connection.executemany("DELETE FROM temp.work WHERE member_id = ?", [(member,) for member, *_ in rows])
