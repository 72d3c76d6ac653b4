"""What a person changes of one member by hand: cards, groups, blocks, each from a day on."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.members.members import note
from loyalty_cli.store.members.referrals import friends_are_due

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

# Somebody who has a record: a name, a number, a way to be reached, a day of joining.
RECORD = "SELECT coalesce(number, ''), name, phone, email, address, birthday, name_day, joined FROM member WHERE id = ?"
# So many signs may be different in a card that looks like another.
MOST_DIFFERENT = 2
MOST_NEAR = 3
KNOWN_OF = ("member_group", "consent", "block")


class Group(NamedTuple):
    """A group somebody is put into, from a day through another (None: without end)."""

    name: str
    from_day: Day
    until_day: Day | None


def owner_of_card(connection: Connection, card: str) -> int | None:
    """Whose a card is."""
    row = connection.execute("SELECT member_id FROM card WHERE number = ?", (card,)).fetchone()
    return int(row[0]) if row else None


def first_card(connection: Connection, member: int) -> str:
    """The card somebody has had longest, '' if there is none."""
    select = "SELECT number FROM card WHERE member_id = ? ORDER BY id LIMIT 1"
    row = connection.execute(select, (member,)).fetchone()
    return str(row[0]) if row else ""


def near_cards(connection: Connection, card: str) -> list[str]:
    """Known cards that look like one that is not: a sign or two are wrong, swapped, missing or too many."""
    near = []
    for (number,) in connection.execute("SELECT number FROM card"):
        if abs(len(number) - len(card)) <= 1:
            different = difference(number, card)
            if different <= MOST_DIFFERENT:
                near.append((different, number))
    return [number for _, number in sorted(near)[:MOST_NEAR]]


def difference(one: str, other: str) -> int:
    """How many signs differ, if the sign that makes one of them longer is left out."""
    if len(one) == len(other):
        return sum(sign != that for sign, that in zip(one, other, strict=True))
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    same = next((place for place, sign in enumerate(shorter) if sign != longer[place]), len(shorter))
    return 1 + sum(sign != that for sign, that in zip(longer[same + 1 :], shorter[same:], strict=True))


def has_record(connection: Connection, member: int) -> bool:
    """Whether more is known of somebody than a card."""
    known = any(value not in ("", None) for value in connection.execute(RECORD, (member,)).fetchone())
    return known or any(mentions(connection, table, member) for table in KNOWN_OF)


def mentions(connection: Connection, table: str, member: int) -> bool:
    """Whether a table has a row of a member."""
    select = f"SELECT 1 FROM {table} WHERE member_id = ? LIMIT 1"
    return connection.execute(select, (member,)).fetchone() is not None


def name_of(connection: Connection, member: int) -> str:
    """A member's name, '' if it is not known."""
    return str(connection.execute("SELECT name FROM member WHERE id = ?", (member,)).fetchone()[0])


def known_as(connection: Connection, member: int) -> str:
    """What people find a member by: a card, else the number, else the name, else the number of the record."""
    select = """
SELECT coalesce((SELECT number FROM card WHERE member_id = m.id ORDER BY id LIMIT 1), nullif(m.number, ''),
  nullif(m.name, ''), 'no. ' || m.id)
FROM member m WHERE m.id = ?"""
    return str(connection.execute(select, (member,)).fetchone()[0])


def owner_of_number(connection: Connection, number: str) -> int | None:
    """Whose a member's number is."""
    row = connection.execute("SELECT id FROM member WHERE number = ?", (number,)).fetchone()
    return int(row[0]) if row else None


def clear_number(connection: Connection, member: int) -> None:
    """Nobody's number is kept as none, because numbers are unique and '' is not a number."""
    connection.execute("UPDATE member SET number = NULL WHERE id = ? AND number = ''", (member,))


def add_card(connection: Connection, member: int, card: str, hand: Hand) -> None:
    """Give a member a card that nobody has had."""
    connection.execute("INSERT INTO card (number, member_id) VALUES (?, ?)", (card, member))
    note(connection, member, "card", (None, card), hand)
    friends_are_due(connection, member)


def join_group(connection: Connection, member: int, group: Group, hand: Hand) -> bool:
    """Put a member into a group; False if that is known. The same first day again changes the last one."""
    find = "SELECT id, until_day, ended FROM member_group WHERE member_id = ? AND name = ? AND from_day = ?"
    kept = connection.execute(find, (member, group.name, group.from_day)).fetchone()
    if kept is not None and kept[1:] == (group.until_day, 0):
        return False
    connection.execute(
        "INSERT INTO member_group (member_id, name, from_day, until_day) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (member_id, name, from_day) DO UPDATE SET until_day = excluded.until_day, ended = 0",
        (member, *group),
    )
    was = None if kept is None else span_said(connection, group.from_day, kept[1])
    became = span_said(connection, group.from_day, group.until_day)
    note(connection, member, f"group {group.name}", (was, became), hand)
    return True


def leave_group(connection: Connection, member: int, name: str, last: Day, hand: Hand) -> bool:
    """Let a group end with a day; one that began later was never joined. False if the member is not in it."""
    find = (
        "SELECT id, from_day, until_day FROM member_group WHERE member_id = ? AND name = ? AND ended = 0 "
        "AND (until_day IS NULL OR until_day > ?)"
    )
    rows = connection.execute(find, (member, name, last)).fetchall()
    for id_, first, until in rows:
        never = int(first > last)
        connection.execute(
            "UPDATE member_group SET until_day = ?, ended = ? WHERE id = ?",
            (first if never else last, never, id_),
        )
        became = None if never else span_said(connection, first, last)
        note(connection, member, f"group {name}", (span_said(connection, first, until), became), hand)
    return bool(rows)


def span_said(connection: Connection, first: Day, last: Day | None) -> str:
    """Days as the list of changes shows them."""
    row = connection.execute("SELECT date(?) || ' to ' || coalesce(date(?), '')", (first, last)).fetchone()
    return str(row[0]).strip()


def block(connection: Connection, member: int, hand: Hand) -> bool:
    """Block a member from today on; False if that is so already."""
    if is_blocked(connection, member):
        return False
    connection.execute(
        "INSERT INTO block (member_id, from_day, reason) VALUES (?, ?, ?) "
        "ON CONFLICT (member_id, from_day) DO UPDATE SET until_day = NULL, reason = excluded.reason",
        (member, hand.today, hand.reason),
    )
    note(connection, member, "blocked", ("no", "yes"), hand)
    return True


def unblock(connection: Connection, member: int, hand: Hand) -> bool:
    """End a member's block with yesterday, so that today is free; False if there is none."""
    if not is_blocked(connection, member):
        return False
    connection.execute("UPDATE block SET until_day = ? WHERE member_id = ? AND until_day IS NULL", (hand.today - 1, member))
    note(connection, member, "blocked", ("yes", "no"), hand)
    return True


def is_blocked(connection: Connection, member: int) -> bool:
    """Whether a block without end is on a member."""
    select = "SELECT 1 FROM block WHERE member_id = ? AND until_day IS NULL"
    return connection.execute(select, (member,)).fetchone() is not None
