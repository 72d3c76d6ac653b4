"""Standings, and who has to be replayed: members with new facts, or whose day has come."""

from __future__ import annotations

import json
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.standing import Standing
from loyalty_cli.store.chain.shadows import as_it_is
from loyalty_cli.store.chain.shadows import fill_states

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# How many members are read, replayed and posted together: enough to keep SQL busy, few enough for any memory.
MEMBERS_AT_A_TIME = 200
# Up to one in so many members, their receipts are sought; of more members, all receipts are read.
SOUGHT_AT_MOST = 4

# Members whose new facts are plain later purchases go on from their snapshot; others from the start.
SINCE = """
CASE
  WHEN :all OR st.member_id IS NULL OR st.version_id <> :version OR st.until < :switch OR st.until > :until
    OR coalesce(d.since, :never) <= st.until
    OR EXISTS (SELECT 1 FROM receipt r WHERE r.member_id = m.id AND r.returned > 0 AND r.gone = 0
               AND r.day > st.until AND r.day <= :until)
    OR EXISTS (SELECT 1 FROM receipt r JOIN return_of f ON f.return_id = r.id JOIN receipt o ON o.id = f.sale_id
               WHERE r.member_id = m.id AND r.returned > 0 AND r.gone = 0 AND r.day <= st.until AND o.day > st.until)
    OR EXISTS (SELECT 1 FROM redemption d WHERE d.member_id = m.id AND d.amount > 0)
  THEN 0 ELSE st.until END"""
CHOOSE = f"""
INSERT INTO temp.work (member_id, after)
SELECT m.id, {SINCE}
FROM member m LEFT JOIN standing st ON st.member_id = m.id LEFT JOIN due d ON d.member_id = m.id
WHERE (:all OR st.member_id IS NULL OR st.version_id <> :version OR st.until > :until
  OR coalesce(d.since, :never) <= :until OR st.due_on <= :until)
AND (m.id NOT IN (SELECT member_id FROM by_hand WHERE what = 'erase')
  OR st.member_id IS NULL AND m.id NOT IN (SELECT member_id FROM frozen))
"""
# Members that somebody asks for, whether or not they are due.
ASKED = f"""
INSERT INTO temp.work (member_id, after)
SELECT m.id, {SINCE}
FROM json_each(:members) asked CROSS JOIN member m ON m.id = asked.value
LEFT JOIN standing st ON st.member_id = m.id LEFT JOIN due d ON d.member_id = m.id
"""
NEW = """
SELECT EXISTS (SELECT 1 FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.day > w.after)
  OR EXISTS (SELECT 1 FROM temp.work w CROSS JOIN redemption d ON d.member_id = w.member_id AND d.day > w.after)
  OR EXISTS (SELECT 1 FROM temp.work w CROSS JOIN adjustment a ON a.member_id = w.member_id AND a.day > w.after)
"""
# Who had joined, bought, redeemed or been given something by a day; of whom nothing is known was there all along.
KNOWN_BY = """
INSERT INTO temp.work (member_id, after) SELECT id, 0 FROM (
  SELECT id, min(
    coalesce(joined, :never),
    coalesce((SELECT min(day) FROM receipt WHERE member_id = member.id AND gone = 0), :never),
    coalesce((SELECT min(day) FROM redemption WHERE member_id = member.id), :never),
    coalesce((SELECT min(day) FROM adjustment WHERE member_id = member.id AND gone = 0), :never)) AS first
  FROM member)
WHERE first <= :day OR first = :never
"""
# Whether the kept standings are those of a day: nobody stands by a later one, and nobody has changed until it.
HOLD = """
SELECT NOT EXISTS (
  SELECT 1 FROM member LEFT JOIN standing ON standing.member_id = member.id LEFT JOIN due ON due.member_id = member.id
  WHERE standing.member_id IS NULL OR standing.version_id <> :version OR standing.until > :day
    OR due.since <= :day OR standing.due_on <= :day)
"""
# Of the members of temp.work those whose kept standing is that of a day: nothing has changed since, or, where points are all that is
# asked for, no point has come or gone since.
STOOD_ALREADY = """
INSERT INTO temp.standing SELECT st.* FROM temp.work w JOIN main.standing st ON st.member_id = w.member_id
  LEFT JOIN due d ON d.member_id = w.member_id
 WHERE st.version_id = :version AND coalesce(d.since, :never) > :day
   AND (st.until <= :day AND coalesce(st.due_on, :never) > :day
     OR :points_alone AND st.until > :day AND NOT EXISTS (
       SELECT 1 FROM ledger l JOIN asset a ON a.id = l.asset_id
       WHERE l.member_id = w.member_id AND l.effective_on > :day
         AND (a.name IN ('points', 'pending') OR a.name LIKE 'wallet:%' OR a.name LIKE 'waiting:%')))
"""
ONE = "INSERT INTO temp.work (member_id, after) VALUES (?, 0)"
COLUMNS = (
    "member_id, version_id, state, until, tier, tier_since, next_tier, missing, keep_until, keep_missing, "
    "points, pending, debt, lapsing, lapse_on, qualifying, spent, visits, discount, first_on, last_on, due_on"
)


def choose_work(connection: Connection, values: dict[str, int]) -> int:
    """Fill temp.work with the members to replay; how many."""
    new_work(connection)
    connection.execute(CHOOSE, values)
    return to_be_worked(connection)


def choose_members(connection: Connection, members: Iterable[int]) -> None:
    """Fill temp.work with given members, from their start."""
    new_work(connection)
    connection.executemany(ONE, [(member,) for member in members])


def choose_from(connection: Connection, work: Iterable[tuple[int, Day]]) -> None:
    """Fill temp.work with given members, each from the day after which it goes on."""
    new_work(connection)
    connection.executemany("INSERT INTO temp.work (member_id, after) VALUES (?, ?)", work)


def choose_asked(connection: Connection, members: Iterable[int], values: dict[str, int]) -> bool:
    """Fill temp.work with members that somebody asks for, each from the day they can go on from; whether one has later facts."""
    new_work(connection)
    connection.execute(ASKED, {"all": 0, "never": NEVER, "members": json.dumps(sorted(set(members))), **values})
    return bool(connection.execute(NEW).fetchone()[0])


def note_worked_on(connection: Connection, *, but_for: Iterable[int] = ()) -> None:
    """Those of temp.work were replayed in this transaction, but for some."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS worked_on (member_id INTEGER PRIMARY KEY)")
    connection.executemany("DELETE FROM temp.work WHERE member_id = ?", [(member,) for member in but_for])
    connection.execute("INSERT OR IGNORE INTO temp.worked_on SELECT member_id FROM temp.work")


def members_worked_on(connection: Connection) -> int:
    """How many members were replayed in this transaction, each counted once however many rounds they took part in."""
    return int(connection.execute("SELECT count(*) FROM temp.worked_on").fetchone()[0])


def keep_in_work(connection: Connection, first: int, last: int) -> None:
    """Of the members of temp.work only those from one number to another are left."""
    connection.execute("DELETE FROM temp.work WHERE member_id NOT BETWEEN ? AND ?", (first, last))


def standings_hold(connection: Connection, version: int, day: Day) -> bool:
    """Whether everybody stood at the end of a day as is kept."""
    return bool(connection.execute(HOLD, {"version": version, "day": day}).fetchone()[0])


def choose_known_by(connection: Connection, day: Day) -> None:
    """Fill temp.work with the members there were on a day, from their start."""
    new_work(connection)
    connection.execute(KNOWN_BY, {"day": day, "never": NEVER})


def shadow_standings(connection: Connection, version: int, day: Day, *, points_alone: bool) -> None:
    """Standings that this connection alone sees in the place of those that are kept.

    They are begun with the members of temp.work who stood so already; temp.work keeps those who have to be replayed.
    """
    new_shadow(connection)
    connection.execute(STOOD_ALREADY, {"version": version, "day": day, "never": NEVER, "points_alone": points_alone})
    fill_states(connection)
    connection.execute("DELETE FROM temp.work WHERE member_id IN (SELECT member_id FROM temp.standing)")


def wallet_states(connection: Connection) -> Iterator[str]:
    """The states in which wallets may be."""
    return (state for (state,) in connection.execute("""SELECT state FROM standing WHERE instr(state, '"wallets"')"""))


def new_shadow(connection: Connection) -> None:
    """From here on this connection alone sees other standings, of which there are none yet."""
    end_of_shadow(connection)
    with as_it_is(connection):
        connection.execute("CREATE TEMP TABLE standing AS SELECT * FROM main.standing WHERE 0")
    connection.execute("CREATE UNIQUE INDEX temp.standing_of_member ON standing (member_id)")


def end_of_shadow(connection: Connection) -> None:
    """From here on this connection sees the standings that are kept."""
    connection.execute("DROP TABLE IF EXISTS temp.standing")


def new_work(connection: Connection) -> None:
    """An empty temp.work."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS work (member_id INTEGER PRIMARY KEY, after INTEGER NOT NULL)")
    connection.execute("DELETE FROM temp.work")


def most_of_the_shop(connection: Connection) -> bool:
    """Whether temp.work names so many members, from their start, that reading everything is quicker than seeking."""
    work, members = connection.execute("SELECT (SELECT count(*) FROM temp.work WHERE after = 0), (SELECT count(*) FROM member)").fetchone()
    return bool(work * SOUGHT_AT_MOST > members)


def receipts_to_replay(connection: Connection) -> int:
    """About how many receipts a run replays: those of the shop, if temp.work names most of its members; else few."""
    if not most_of_the_shop(connection):
        return 0
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM receipt").fetchone()[0])


def blocks(connection: Connection) -> Iterator[tuple[int, int, int]]:
    """The first and last number of each block of members in temp.work, and how many they are."""
    after = -1
    while True:
        members = connection.execute(
            "SELECT min(member_id), max(member_id), count(*) FROM (SELECT member_id FROM temp.work WHERE member_id > ? ORDER BY 1 LIMIT ?)",
            (after, MEMBERS_AT_A_TIME),
        ).fetchone()
        if members[0] is None:
            return
        yield members
        after = members[1]


def to_be_worked(connection: Connection) -> int:
    """How many members temp.work names."""
    return int(connection.execute("SELECT count(*) FROM temp.work").fetchone()[0])


def members_in(connection: Connection, first: int, last: int) -> list[int]:
    """The members of temp.work from one number to another."""
    rows = connection.execute("SELECT member_id FROM temp.work WHERE member_id BETWEEN ? AND ?", (first, last))
    return [member for (member,) in rows]


def snapshots(connection: Connection, first: int, last: int) -> dict[int, str]:
    """The states of a block's members that go on from them."""
    return dict(
        connection.execute(
            "SELECT w.member_id, st.state FROM temp.work w JOIN standing st ON st.member_id = w.member_id "
            "WHERE w.member_id BETWEEN ? AND ? AND w.after > 0",
            (first, last),
        ).fetchall()
    )


def states(connection: Connection) -> list[tuple[int, str]]:
    """Everybody's state, but for members who are another one now."""
    return connection.execute(
        "SELECT st.member_id, st.state FROM standing st JOIN member m ON m.id = st.member_id WHERE m.merged_into IS NULL"
    ).fetchall()


def save_standings(connection: Connection, rows: Iterable[tuple[int, int, str, Standing]]) -> None:
    """Write standings as (member, version, state, standing)."""
    places = ", ".join("?" * 22)
    connection.executemany(
        f"INSERT OR REPLACE INTO standing ({COLUMNS}) VALUES ({places})",
        [(member, version, state, *standing) for member, version, state, standing in rows],
    )


def standings_without_states(connection: Connection) -> list[tuple[Any, ...]]:
    """The standings of the members of temp.work as `put_standings` takes them."""
    columns = COLUMNS.replace("state,", "'',")
    return connection.execute(f"SELECT {columns} FROM standing WHERE member_id IN (SELECT w.member_id FROM temp.work w)").fetchall()


def put_standings(connection: Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write such rows."""
    connection.executemany(f"INSERT OR REPLACE INTO standing ({COLUMNS}) VALUES ({', '.join('?' * 22)})", rows)


# Points that were used since the day through which somebody was recalculated, and are not posted yet.
USED_SINCE = """
coalesce((SELECT sum(d.points) FROM redemption d LEFT JOIN points_used u ON u.redemption_id = d.id
  WHERE d.member_id = standing.member_id AND d.day > standing.until AND coalesce(u.wallet, '') = '' AND d.reverts IS NULL
    AND NOT EXISTS (SELECT 1 FROM redemption back WHERE back.reverts = d.id)), 0)"""


def points_used_since(connection: Connection, member: int) -> int:
    """The points a member has used since the standing that is kept."""
    row = connection.execute(f"SELECT {USED_SINCE} FROM standing WHERE member_id = ?", (member,)).fetchone()
    return int(row[0]) if row else 0


def standing_of_member(connection: Connection, member: int) -> Standing | None:
    """How a member stands, if they have been recalculated."""
    columns = COLUMNS.split(", ", 3)[3]
    row = connection.execute(f"SELECT {columns} FROM standing WHERE member_id = ?", (member,)).fetchone()
    return Standing(*row) if row else None
