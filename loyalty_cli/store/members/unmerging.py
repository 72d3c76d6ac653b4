"""Two members who were made one are two again: what the merge changed was noted row by row, as it was changed.

A row that changed again since stays as it is. Receipts that came since go by the card that they are on; all else that came since,
or was done by hand, stays with the member who stayed. With the merge undone, or its member forgotten, the notes go.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.store.by_hand import HOME
from loyalty_cli.store.by_hand import HOME_ENDS
from loyalty_cli.store.by_hand import take_back_adjustments
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.households import moved
from loyalty_cli.store.members.households import NO_RETURN_OF_A_SALE
from loyalty_cli.store.members.members import FIELDS
from loyalty_cli.store.members.members import note
from loyalty_cli.store.members.referrals import friends_are_due

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

# Made again from the others, only ever added to, or the trail of what was done.
NOT_NOTED = ("due", "standing", "ledger", "member_change", "by_hand", "merge_step")
# The tables with a key of one column that name a member, with that column and all others.
NOTED = f"""
SELECT t.name, max(c.name) FILTER (WHERE c.pk), json_group_array(c.name)
FROM pragma_table_list t JOIN pragma_table_info(t.name) c WHERE t.schema = 'main' AND t.type = 'table'
  AND t.name NOT IN {NOT_NOTED} AND (t.name = 'member' OR t.name IN (
    SELECT o.name FROM pragma_table_list o JOIN pragma_foreign_key_list(o.name) f WHERE o.schema = 'main' AND f."table" = 'member'
    UNION SELECT o.name FROM pragma_table_list o JOIN pragma_table_info(o.name) i WHERE o.schema = 'main' AND i.name = 'member_id'))
GROUP BY t.name HAVING count(*) FILTER (WHERE c.pk) = 1"""
ELSEWHERE = "SELECT name FROM temp.sqlite_schema WHERE type = 'table'"
NOTES = "CREATE TEMP TABLE merge_note (id INTEGER PRIMARY KEY, name TEXT, key TEXT, was TEXT, became TEXT)"
TAKE_NOTES = "SELECT name, key, was, became FROM merge_note ORDER BY id"
KEEP = "INSERT INTO merge_step (done_id, name, key, was, became) VALUES (?, ?, ?, ?, ?)"
KEPT = "SELECT name, key, was, became FROM merge_step WHERE done_id = ? ORDER BY id DESC"
FORGET = "DELETE FROM merge_step WHERE done_id = ?"
# The columns that say whose a row is.
WHOSE = {"member_id", "account_id", "from_id", "to_id", "by_id"}
ACCOUNTS = "SELECT account_id FROM household WHERE member_id IN (SELECT value FROM json_each(?))"
# Receipts since the merge are whose card is on them, or of the account for which it counts, unless they were assigned by hand; what
# came back goes where its sale goes.
LATER_RECEIPTS = f"""
SELECT r.id, r.member_id, coalesce((SELECT h.account_id FROM household h WHERE h.member_id = c.member_id AND h.from_day <= r.day
  AND coalesce(h.until_day, {NEVER}) >= r.day), c.member_id) AS goes, r.day
FROM import i JOIN receipt r ON r.import_id = i.id JOIN card c ON c.id = r.card_id
WHERE i.at >= :since AND r.member_id IN (SELECT value FROM json_each(:those)) AND goes <> r.member_id
AND r.id NOT IN (SELECT detail ->> 'row' FROM by_hand WHERE what = 'assign') AND {NO_RETURN_OF_A_SALE}"""
LATER_COUPONS = f"UPDATE coupon SET member_id = ? WHERE member_id = ? AND cause_kind = {int(Cause.RECEIPT)} AND cause_id = ? RETURNING id"
LATER_USES = """
UPDATE redemption SET member_id = ?1 WHERE member_id = ?2 AND at >= ?3
AND ?4 IN (coupon_id, (SELECT coupon_id FROM further_use WHERE redemption_id = redemption.id))"""
# What went home to an account since then goes anew.
LATER_HOME = """
SELECT a.id FROM household h JOIN adjustment a ON a.key >= 'by hand ' || h.key || ?1 AND a.key < 'by hand ' || h.key || ?2
WHERE (h.member_id IN (?3, ?4) OR h.account_id IN (?3, ?4)) AND a.at >= ?5"""


class Step(NamedTuple):
    """A row of a table by its key: its columns as they were (None: it was not there) and became (None: it is gone)."""

    name: str
    key: str
    was: dict[str, Any] | None
    became: dict[str, Any] | None


@contextlib.contextmanager
def noting(connection: Connection) -> Iterator[list[Step]]:
    """Note every row that names a member and is changed; the steps are there at the end, one for each row."""
    connection.execute(NOTES)
    made = []
    elsewhere = {name for (name,) in connection.execute(ELSEWHERE)}
    for name, key, columns in connection.execute(NOTED).fetchall():
        old, new = (row_as_json(row, json.loads(columns)) for row in ("OLD", "NEW"))
        events = (("UPDATE", "OLD", old, new), ("INSERT", "NEW", "NULL", new), ("DELETE", "OLD", old, "NULL"))
        # Of a chain the receipts are only in sight: brought in they are not new.
        schema, noted = ("temp", events[:1]) if name in elsewhere else ("main", events)
        for event, row, was, became in noted:
            made.append(f"noting {name} {event}")
            connection.execute(
                f'CREATE TEMP TRIGGER "{made[-1]}" AFTER {event} ON {schema}.{name} BEGIN '
                f"INSERT INTO merge_note (name, key, was, became) VALUES ('{name}', {row}.{key}, {was}, {became}); END"
            )
    steps: list[Step] = []
    yield steps
    steps += net(connection.execute(TAKE_NOTES).fetchall())
    for trigger in made:
        connection.execute(f'DROP TRIGGER temp."{trigger}"')
    connection.execute("DROP TABLE temp.merge_note")


def row_as_json(row: str, columns: list[str]) -> str:
    """A row of a trigger as SQL that says it as JSON."""
    pairs = [f"'{column}', {row}.{column}" for column in columns]
    return f"json_object({', '.join(pairs)})"


def net(rows: list[tuple[str, str, str | None, str | None]]) -> Iterator[Step]:
    """What several changes of a row come to, in the order of the first ones, with the columns alone that are different.

    Undone from the last to the first, a number that went from one to the other is free again before it goes back.
    """
    changes: dict[tuple[str, str], tuple[dict[str, Any] | None, dict[str, Any] | None]] = {}
    for name, key, was, became in rows:
        first, _ = changes.get((name, key), (None if was is None else json.loads(was), None))
        changes[name, key] = first, None if became is None else json.loads(became)
    for (name, key), (was_, became_) in changes.items():
        if was_ is None or became_ is None:
            if was_ != became_:
                yield Step(name, key, was_, became_)
        elif different := [column for column in was_ if was_[column] != became_[column]]:
            yield Step(name, key, {column: was_[column] for column in different}, {column: became_[column] for column in different})


def keep_steps(connection: Connection, number: int, steps: list[Step]) -> None:
    """Keep what a thing done by hand changed."""
    written = ((number, step.name, step.key, text(step.was), text(step.became)) for step in steps)
    connection.executemany(KEEP, written)


def text(columns: dict[str, Any] | None) -> str | None:
    """Columns as they are kept."""
    return None if columns is None else json.dumps(columns, ensure_ascii=False)


def steps_of(connection: Connection, number: int) -> list[Step]:
    """What a thing done by hand changed, the last first; nothing of merges by older releases."""
    return [
        Step(name, key, *(None if each is None else json.loads(each) for each in (was, became)))
        for name, key, was, became in connection.execute(KEPT, (number,)).fetchall()
    ]


def part(connection: Connection, number: int, whose: tuple[int, int], since: str, hand: Hand) -> None:
    """Undo a merge of the first into the second of two, made at a moment."""
    old, new = whose
    steps = steps_of(connection, number)
    for step in steps:
        put_back(connection, step, hand)
    note(connection, old, "merged", (new, None), hand)
    named = {row[column] for step in steps for row in (step.was, step.became) if row for column in WHOSE & row.keys()}
    those = {old, new, *named} - {None}
    those |= {account for (account,) in connection.execute(ACCOUNTS, (json.dumps(list(those)),))}
    later = connection.execute(LATER_RECEIPTS, {"since": since, "those": json.dumps(list(those))}).fetchall()
    moved(connection, later)
    for receipt, was, goes, _ in later:
        for (coupon,) in connection.execute(LATER_COUPONS, (goes, was, receipt)).fetchall():
            connection.execute(LATER_USES, (goes, was, since, coupon))
    home = connection.execute(LATER_HOME, (HOME, HOME_ENDS, old, new, since)).fetchall()
    mark_due(connection, take_back_adjustments(connection, [adjustment for (adjustment,) in home]))
    connection.execute(FORGET, (number,))
    friends_are_due(connection, old, new)
    mark_due(connection, [(member, 0) for member in those])


def put_back(connection: Connection, step: Step, hand: Hand) -> None:
    """A row is as it was, as far as it has not changed again."""
    (key,) = connection.execute(f"SELECT name FROM pragma_table_info('{step.name}') WHERE pk").fetchone()
    if step.became is None:
        row = step.was or {}
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT OR IGNORE INTO {step.name} ({', '.join(row)}) VALUES ({marks})", list(row.values()))
        return
    if step.was is None:
        # An answer is never deleted: it is as if it had not come.
        gone = "UPDATE consent SET gone = 1" if step.name == "consent" else f"DELETE FROM {step.name}"
        connection.execute(f"{gone} WHERE {key} = ?", (step.key,))
        return
    for column, was in step.was.items():
        became = step.became[column]
        put = f"UPDATE OR IGNORE {step.name} SET {column} = ? WHERE {key} = ? AND {column} IS ?"
        back = connection.execute(put, (was, step.key, became)).rowcount
        if back and step.name == "member" and column in FIELDS:
            note(connection, int(step.key), column, (became, was), hand)
