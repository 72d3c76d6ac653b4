"""What was written of a member by hand is taken back: as it was before, and only while it has not changed again since.

Beside what was done by hand stand numbers of rows and of changes alone. What they say of a person stays in the record, where
erasure finds it.
"""

from __future__ import annotations

from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import ADVERTISING
from loyalty_cli.model.consent import DRAWS
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.members import FIELDS
from loyalty_cli.store.members.members import note
from loyalty_cli.store.members.records import owner_of_number
from loyalty_cli.store.members.referrals import friends_are_due

if TYPE_CHECKING:
    from loyalty_cli.store.by_hand import Done
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

# A row by its table and number, with what of it may change.
Rows = dict[tuple[str, int], list[int | None]]

CHANGEABLE = {"block": ("until_day",), "card": (), "consent": (), "member_group": ("until_day", "ended")}
CALLED = {"block": "blocked", "card": "card", "consent": "consent", "member_group": "groups"}
SPAN = "date(from_day) || rtrim(' to ' || coalesce(date(until_day), ''))"
# The field under which a row stands among the changes of a member, and what it says.
SAID = {
    "block": f"SELECT 'blocked', {SPAN} FROM block WHERE id = ?",
    "card": "SELECT 'card', number FROM card WHERE id = ?",
    "consent": f"""
SELECT 'consent ' || channel || iif(purpose IN ('{ADVERTISING}', '{DRAWS}'), '', ':' || purpose),
  CASE given WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'asked' END FROM consent WHERE id = ? AND gone = 0""",
    "member_group": f"SELECT 'group ' || name, iif(ended, NULL, {SPAN}) FROM member_group WHERE id = ?",
}
ANSWERED_LATER = """
SELECT 1 FROM consent old JOIN consent new USING (member_id, channel, purpose) WHERE old.id = ? AND new.id > old.id AND new.gone = 0"""
CARD_IN_USE = "SELECT 1 FROM receipt WHERE card_id = ?1 UNION ALL SELECT 1 FROM lost_card WHERE card_id = ?1"
CHANGE = "SELECT id, field, was, became FROM member_change WHERE id = ?"
CHANGES_AFTER = "SELECT id, field FROM member_change WHERE member_id = ? AND id > ? ORDER BY id"
# Every column that names a member.
NAMING = """
SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
WHERE t.schema = 'main' AND t.type = 'table' AND c.name = 'member_id'
UNION SELECT t.name, f."from" FROM pragma_table_list t JOIN pragma_foreign_key_list(t.name) f
WHERE t.schema = 'main' AND t.type = 'table' AND f."table" = 'member' ORDER BY 1, 2"""
# What goes with a member who has never been: what was said of them, and what is worked out anew.
OF_THE_RECORD = ("block", "card", "consent", "member_change", "member_group", "due", "referral", "standing")
OWN = {*((table, "member_id") for table in OF_THE_RECORD), ("by_hand", "member_id")}
# What somebody has besides, in words.
BESIDES = {"receipt": "receipts", "ledger": "entries", "coupon": "coupons", "closed_standing": "a place in closed months"}
OTHER, CHANGED_LATER = "other facts", "later changes"
OTHERWISE_BY_HAND = """
SELECT 1 FROM by_hand h WHERE h.member_id = ? AND h.id <> ? AND h.reverts IS NULL
AND NOT EXISTS (SELECT 1 FROM by_hand u WHERE u.reverts = h.id)"""
BY_A_LIST = "SELECT 1 FROM member_change WHERE member_id = ? AND import_id IS NOT NULL"
NOBODYS = "UPDATE by_hand SET member_id = NULL, detail = json_remove(detail, '$.said') WHERE member_id = ?"


class State(NamedTuple):
    """Groups, blocks, answers and cards of a member, and the last change of anybody's record."""

    rows: Rows
    change: int


def rows_of(connection: Connection, member: int) -> Rows:
    """What of a member stands in rows of its own; an answer that was taken back is none."""
    found: Rows = {}
    for table, columns in CHANGEABLE.items():
        holds = " AND gone = 0" if table == "consent" else ""
        select = f"SELECT {', '.join(('id', *columns))} FROM {table} WHERE member_id = ?{holds} ORDER BY id"
        found |= {(table, id_): state for id_, *state in connection.execute(select, (member,))}
    return found


def state_of(connection: Connection, member: int) -> State:
    """How a member stands before something is written."""
    return State(rows_of(connection, member), connection.execute("SELECT coalesce(max(id), 0) FROM member_change").fetchone()[0])


def since(before: Rows, after: Rows) -> list[list[Any]]:
    """The rows that are new or different: table, number, as it was (None: not there), as it became."""
    return [[*key, before.get(key), state] for key, state in after.items() if before.get(key) != state]


def changed_since(connection: Connection, member: int, was: State) -> dict[str, Any]:
    """What was written since: rows, and changes of fields by their numbers."""
    changes = connection.execute(CHANGES_AFTER, (member, was.change)).fetchall()
    return {"rows": since(was.rows, rows_of(connection, member)), "changes": [number for number, field in changes if field in FIELDS]}


def changed_again(connection: Connection, member: int, detail: dict[str, Any]) -> list[str]:
    """What of it is different by now, or in use; with nothing here it can be put back."""
    found = []
    for _, field, was, became in changes_of(connection, detail):
        now = connection.execute(f"SELECT {field} FROM member WHERE id = ?", (member,)).fetchone()[0]
        taken = field == "number" and was and owner_of_number(connection, was) not in (None, member)
        if taken or str("" if now is None else now) != (became or ""):
            found.append(field)
    rows = rows_of(connection, member)
    for table, number, _, became in detail["rows"]:
        used = {"card": CARD_IN_USE, "consent": ANSWERED_LATER}.get(table)
        if rows.get((table, number)) != became or (used and connection.execute(used, (number,)).fetchone()):
            found.append(CALLED[table])
    return list(dict.fromkeys(found))


def changes_of(connection: Connection, detail: dict[str, Any]) -> list[tuple[int, str, str | None, str | None]]:
    """The changes of fields: number, field, what it was and became."""
    return [connection.execute(CHANGE, (number,)).fetchone() for number in detail["changes"]]


def put_back(connection: Connection, member: int, detail: dict[str, Any], hand: Hand) -> None:
    """Fields and rows are as they were; that they are stands among the changes, too."""
    for _, field, was, became in changes_of(connection, detail):
        connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (int(was) if field == "joined" and was else was, member))
        note(connection, member, field, (became, was), hand)
    for table, number, was, _ in detail["rows"]:
        field, said = connection.execute(SAID[table], (number,)).fetchone()
        if table == "consent":
            connection.execute("UPDATE consent SET gone = 1 WHERE id = ?", (number,))
        elif was is None:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        else:
            columns = ", ".join(f"{column} = ?" for column in CHANGEABLE[table])
            connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*was, number))
        row = connection.execute(SAID[table], (number,)).fetchone()
        note(connection, member, field, (said, row[1] if row else None), hand)
    friends_are_due(connection, member)
    mark_due(connection, [(member, 0)])


def has_besides(connection: Connection, member: int, added: Done) -> list[str]:
    """What a member who was added by hand has or said besides; with nothing here it can be as if they had never been."""
    found = ["receipts"] if added.detail["used_before"] else []
    for table, column in connection.execute(NAMING).fetchall():
        if (table, column) not in OWN and connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (member,)).fetchone():
            found.append(BESIDES.get(table, OTHER))
    by_hand = connection.execute(OTHERWISE_BY_HAND, (member, added.id)).fetchone()
    by_a_list = connection.execute(BY_A_LIST, (member,)).fetchone()
    if by_hand or by_a_list or since({}, rows_of(connection, member)) != added.detail["rows"]:
        found.append(CHANGED_LATER)
    return list(dict.fromkeys(found))


def never_added(connection: Connection, member: int) -> None:
    """A member who has nothing goes; what was done by hand for them is told as nobody's."""
    recommenders = connection.execute("SELECT by_id, 0 FROM referral WHERE member_id = ?", (member,)).fetchall()
    mark_due(connection, recommenders)
    connection.execute(NOBODYS, (member,))
    for table in OF_THE_RECORD:
        connection.execute(f"DELETE FROM {table} WHERE member_id = ?", (member,))
    connection.execute("DELETE FROM member WHERE id = ?", (member,))
