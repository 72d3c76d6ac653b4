"""What is left of somebody who was erased, outside their record: rows set aside, reasons typed by hand, free pages of the file."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from loyalty_cli.model.telephones import telephone_end
from loyalty_cli.store import database
from loyalty_cli.store.lock import lock
from loyalty_cli.store.members.alone import alone
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from pathlib import Path

    from loyalty_cli.store.database import Connection

# What tells somebody from others; a word shorter than this, or a number, would be found in anybody's row.
IDENTITY = "SELECT name, phone, email, address, coalesce(number, '') FROM member WHERE id = ?"
FORMER = "SELECT was FROM member_change WHERE member_id = ? AND field IN ('name', 'phone', 'email', 'address', 'number') AND was <> ''"
REGISTRATIONS = "SELECT id FROM member WHERE ?1 IN (id, merged_into) ORDER BY id"
SHARED = f"""
SELECT EXISTS (SELECT 1 FROM member WHERE id NOT IN ({REGISTRATIONS})
  AND (?2 IN (name, phone, email, address, number) OR ?3 <> '' AND telephone_end(phone) = ?3))"""
CARDS = "SELECT number FROM card WHERE member_id = ?"
NAMES = """
SELECT name FROM member WHERE id = :member
UNION SELECT was FROM member_change WHERE member_id = :member AND field = 'name' AND was <> ''"""
SHORTEST = 4
SHORTEST_NUMBER = 7
# What was typed of a member themself names them in any case of their name: Lisowskiej, Marka, Марией.
OWN_TEXTS = tuple((table, "reason") for table in ("by_hand", "member_change", "adjustment", "block", "gift_move"))
# Texts that people or their lists wrote, in which somebody may be named.
FREE_TEXTS = (
    *OWN_TEXTS,
    *(("set_aside", column) for column in ("row", "reason", "drop_reason")),
    *(("consent", "source"), ("consent", "proof"), ("bearer_coupon", "void_reason")),
    *((table, "reason") for table in ("coupon_event", "draw_void", "lost_card", "taken_back")),
)
ENDING = re.compile(r"(?<=\w{3})(?:[eеё]\w|[aeiouyąęăâîаеёиоуыэюяйь])$", re.IGNORECASE)
LONGEST_ENDING = 4


def registrations_of(connection: Connection, member: int) -> list[int]:
    """A member and the earlier registrations of the same person that were merged into it."""
    return [number for (number,) in connection.execute(REGISTRATIONS, (member,))]


def words_of(connection: Connection, member: int) -> tuple[str, ...]:
    """The name and the ways to reach somebody before they are forgotten; cards are numbers that stay with receipts.

    Former ones too, unless they are somebody else's now: what was typed for the wrong member, a telephone that was handed on.
    """
    own = registrations_of(connection, member)
    persons = [word for one in own for word in connection.execute(IDENTITY, (one,)).fetchone()]
    former = [word for one in own for (word,) in connection.execute(FORMER, (one,))]
    told = [*persons, *words_of_nobody_else(connection, member, former)]
    # As they stand, and with one blank for several, as other programs may have written them.
    words = dict.fromkeys(form for word in told for form in (str(word).strip(), " ".join(str(word).split())))
    return tuple(word for word in words if len(word) >= (SHORTEST_NUMBER if word.isdecimal() else SHORTEST))


def words_of_nobody_else(connection: Connection, member: int, words: Collection[str]) -> list[str]:
    """Those of a member's words that are no other member's: two may have one name, or one telephone, however each is written."""
    connection.create_function("telephone_end", 1, telephone_end, deterministic=True)
    return [word for word in words if not connection.execute(SHARED, (member, word, telephone_end(word))).fetchone()[0]]


def forget_in_texts(connection: Connection, words: Collection[str]) -> None:
    """Empty every free text in which one of the words stands alone, in letters of any size, or a telephone number in groups of any size."""
    empty(connection, FREE_TEXTS, alone(words))


def names_in_any_case(connection: Connection, member: int) -> re.Pattern[str]:
    """A part of a member's name, before it is forgotten, in any case of it."""
    names = [name for one in registrations_of(connection, member) for (name,) in connection.execute(NAMES, {"member": one})]
    stems = [re.escape(ENDING.sub("", part)) for name in names for part in re.findall(r"\w{3,}", name)]
    return re.compile(rf"\b(?:{'|'.join(stems)})\w{{0,{LONGEST_ENDING}}}\b" if stems else "(?!)", re.IGNORECASE)


def forget_in_own_texts(connection: Connection, member: int, names: re.Pattern[str]) -> None:
    """Empty what was typed of a member themself, wherever they are named."""
    for one in registrations_of(connection, member):
        empty(connection, OWN_TEXTS, names, f"member_id = {one:d}")


def empty(connection: Connection, texts: Iterable[tuple[str, str]], theirs: re.Pattern[str], those: str = "1") -> None:
    """Empty some texts, of all rows or of those, where somebody is named."""

    def names_them(text: str) -> bool:
        return theirs.search(text) is not None

    connection.create_function("names_them", 1, names_them, deterministic=True)
    for table, column in texts:
        connection.execute(f"UPDATE {table} SET {column} = '' WHERE {column} <> '' AND {those} AND names_them({column})")


def rewrite(path: Path, *, since: str, wait: float) -> None:
    """Write the database anew, without the pages and gaps in which forgotten texts still stand."""
    with (
        lock(path, since=since, wait=wait),
        understood(path),
        contextlib.closing(database.connect(path, wait=wait)) as connection,
    ):
        connection.execute("VACUUM")
        database.remove_journal(connection)
