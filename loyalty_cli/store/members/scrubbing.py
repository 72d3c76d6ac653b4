"""What is left of somebody who was erased, outside their record: rows set aside, reasons typed by hand, free pages of the file."""

from __future__ import annotations

import contextlib
import json
import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.model.telephones import FEWEST_DIGITS
from loyalty_cli.model.telephones import telephone_end
from loyalty_cli.store import database
from loyalty_cli.store.lock import lock
from loyalty_cli.store.members.alone import alone
from loyalty_cli.store.members.cases_of_names import in_any_case
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.store.database import Connection

# What tells somebody from others; a word shorter than this, or a number, would be found in anybody's row.
IDENTITY = "SELECT name, phone, email, coalesce(number, ''), address FROM member WHERE id = ?"
FORMER = """
SELECT field = 'address', was FROM member_change
WHERE member_id = ? AND field IN ('name', 'phone', 'email', 'address', 'number') AND was <> ''"""
REGISTRATIONS = "SELECT id FROM member WHERE ?1 IN (id, merged_into) ORDER BY id"
EVERYBODY = "SELECT coalesce(merged_into, id), name, phone, email, address, coalesce(number, '') FROM member"
CARDS = "SELECT number FROM card WHERE member_id = ?"
NAMES = """
SELECT m.id, coalesce(m.merged_into, m.id), m.name FROM member m
WHERE coalesce(m.merged_into, m.id) IN (SELECT value FROM json_each(:members))
UNION SELECT m.id, coalesce(m.merged_into, m.id), c.was FROM member_change c JOIN member m ON m.id = c.member_id
WHERE c.field = 'name' AND c.was <> '' AND coalesce(m.merged_into, m.id) IN (SELECT value FROM json_each(:members))"""
# A postcode of Poland, Romania and Russia, Moldova, others: the place of a whole street or town.
POSTCODE = re.compile(r"\b(?:[0-9]{2}-[0-9]{3}|MD-?[0-9]{4}|[0-9]{5,6})\b", re.IGNORECASE)
# Letters that are written otherwise, too, and are found so.
ALIKE = str.maketrans("ёşţ", "еșț")
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


def registrations_of(connection: Connection, member: int) -> list[int]:
    """A member and the earlier registrations of the same person that were merged into it."""
    return [number for (number,) in connection.execute(REGISTRATIONS, (member,))]


def words_of(connection: Connection, member: int) -> tuple[str, ...]:
    """The name and the ways to reach somebody before they are forgotten; cards are numbers that stay with receipts.

    Former ones too, unless they are somebody else's now: what was typed for the wrong member, a telephone that was handed on.
    """
    own = registrations_of(connection, member)
    persons = [connection.execute(IDENTITY, (one,)).fetchone() for one in own]
    now = [word for *words, address in persons for word in (*words, house_of(address))]
    former = [house_of(was) if lived else was for one in own for lived, was in connection.execute(FORMER, (one,))]
    told = [*now, *words_of_nobody_else(connection, {member: former})]
    # As they stand, and with one blank for several, as other programs may have written them.
    words = dict.fromkeys(form for word in told for form in (str(word).strip(), " ".join(str(word).split())))
    return tuple(word for word in words if len(word) >= (SHORTEST_NUMBER if word.isdecimal() else SHORTEST))


def house_of(address: str) -> str:
    """An address if it has a house or a flat; '' of a town alone, where many live."""
    return address if re.search("[0-9]", POSTCODE.sub("", address)) else ""


def words_of_nobody_else(connection: Connection, known: Mapping[int, Collection[str]]) -> list[str]:
    """Those of some members' words that are no other member's: two may have one name, or one telephone, however each is written."""
    sought = {alike(word) for words in known.values() for word in words}
    whose: dict[str, set[int]] = {word: set() for word in sought}
    for member, *persons in connection.execute(EVERYBODY) if sought else ():
        for each in sought.intersection(map(alike, filter(None, persons))):
            whose[each].add(member)
    return [word for member, words in known.items() for word in words if whose[alike(word)] <= {member}]


def words_in_no_other_name(connection: Connection, known: Mapping[int, Collection[str]]) -> list[str]:
    """Those of nobody else that are no part of another's name either: Anna of Anna Lis, Ana Pop of Ana Maria Pop."""
    own = {*words_of_nobody_else(connection, known)}
    by_part: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for word in own:
        parts = frozenset(alike(word).split())
        by_part[max(parts, key=len)].append((word, parts))
    whose: defaultdict[str, set[int]] = defaultdict(set)
    for member, name, *_ in connection.execute(EVERYBODY) if own else ():
        said = frozenset(alike(name).split())
        for word, parts in chain.from_iterable(by_part[part] for part in said & by_part.keys()):
            if parts <= said:
                whose[word].add(member)
    return [word for member, words in known.items() for word in words if word in own and whose[word] <= {member}]


def alike(word: str) -> str:
    """The same of what is found as the same: a telephone in any groups, a name with letters of any size or of old, any part first."""
    end = telephone_end(word)
    return end if len(end) >= FEWEST_DIGITS else " ".join(sorted(word.casefold().translate(ALIKE).split()))


def forget_in_texts(connection: Connection, words: Collection[str]) -> None:
    """Empty every free text in which one of the words stands alone, in letters of any size, or a telephone number in groups of any size."""
    theirs = alone(words)

    def names_them(text: str) -> bool:
        return theirs.search(text) is not None

    connection.create_function("names_them", 1, names_them, deterministic=True)
    for table, column in FREE_TEXTS:
        connection.execute(f"UPDATE {table} SET {column} = '' WHERE {column} <> '' AND names_them({column})")


def names_in_any_case(connection: Connection, members: Collection[int]) -> dict[int, re.Pattern[str]]:
    """A part of each member's name, before it is forgotten, in any case of it, by the member and by their earlier registrations."""
    person: dict[int, int] = {}
    names: dict[int, set[str]] = {}
    for registration, member, name in connection.execute(NAMES, {"members": json.dumps([*members])}):
        person[registration] = member
        names.setdefault(member, set()).add(name)
    patterns = {member: in_any_case(known) for member, known in names.items()}
    return {registration: patterns[member] for registration, member in person.items()}


def forget_in_own_texts(connection: Connection, names: Mapping[int, re.Pattern[str]]) -> None:
    """Empty what was typed of some members themselves, wherever they are named."""

    def names_its_member(member: int, text: str) -> bool:
        return names[member].search(text) is not None

    connection.create_function("names_its_member", 2, names_its_member, deterministic=True)
    for table, column in OWN_TEXTS:
        of_them = f"{column} <> '' AND member_id IN (SELECT value FROM json_each(?)) AND names_its_member(member_id, {column})"
        connection.execute(f"UPDATE {table} SET {column} = '' WHERE {of_them}", (json.dumps([*names]),))


def rewrite(path: Path, *, since: str, wait: float) -> None:
    """Write the database anew, without the pages and gaps in which forgotten texts still stand."""
    with (
        lock(path, since=since, wait=wait),
        understood(path),
        contextlib.closing(database.connect(path, wait=wait)) as connection,
    ):
        connection.execute("VACUUM")
        database.remove_journal(connection)
