"""Where members can be reached, and which addresses were found not to work: an answer of a mail server, a letter come back."""

from __future__ import annotations

import json
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.consent import EMAIL
from loyalty_cli.model.consent import LETTER
from loyalty_cli.model.consent import PHONE
from loyalty_cli.model.consent import SMS
from loyalty_cli.model.telephones import FEWEST_DIGITS
from loyalty_cli.model.telephones import of_the_digits
from loyalty_cli.model.telephones import telephone_end

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.members import Hand

REACH = """
SELECT m.id, m.name, m.language, m.email, m.phone, m.address, (
  SELECT json_group_array(DISTINCT last.channel || ' ' || last.address) FROM address_seen last WHERE last.member_id = m.id
  AND last.works = 0 AND NOT EXISTS (SELECT 1 FROM address_seen later WHERE later.member_id = m.id
    AND (later.channel, later.address) = (last.channel, last.address) AND later.id > last.id))
FROM member m WHERE m.merged_into IS NULL AND {those} ORDER BY m.id"""
ADD = "INSERT INTO address_seen (member_id, channel, address, works, day, at, by, why, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
LAST = "SELECT works FROM address_seen WHERE member_id = ? AND channel = ? AND address = ? ORDER BY id DESC LIMIT 1"
BY_EMAIL = "SELECT id FROM member WHERE lower(email) = lower(?) AND merged_into IS NULL ORDER BY id"
CALLED = "SELECT id, phone FROM member WHERE phone LIKE ? AND merged_into IS NULL ORDER BY id"


class Reach(NamedTuple):
    """How a member is called and reached; '' where an address is not known. `dead` are channels whose address does not work."""

    member: int
    name: str
    language: str
    email: str
    phone: str
    address: str
    dead: frozenset[str] = frozenset()

    def at(self, channel: str) -> str:
        """The address for a channel that works as far as is known, else ''."""
        return self.addresses.get(channel, "")

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses by channel, of those that work."""
        known = {EMAIL: self.email, SMS: self.phone, PHONE: self.phone, LETTER: self.address}
        return {channel: address for channel, address in known.items() if channel not in self.dead} if self.dead else known


def reach_of_many(connection: Connection, members: Collection[int] | None = None) -> Iterator[Reach]:
    """How some members, or all (None), can be reached, in the order of their numbers; who became another is left out."""
    those = "1" if members is None else "m.id IN (SELECT value FROM json_each(?))"
    values = () if members is None else (json.dumps(list(members)),)
    for member, name, language, email, phone, address, dead in connection.execute(REACH.format(those=those), values):
        reach = Reach(member, name, language, email, phone, address)
        if dead != "[]":
            gone = set(json.loads(dead))
            reach = reach._replace(dead=frozenset(way for way, address in reach.addresses.items() if f"{way} {address}" in gone))
        yield reach


def note_address(connection: Connection, member: int, seen: tuple[str, str], hand: Hand, *, works: bool, source: str = "") -> bool:
    """Keep that a channel's address of a member does not work, or does again; False if that is known. `seen` is both."""
    was = connection.execute(LAST, (member, *seen)).fetchone()
    if was == (int(works),) or (was is None and works):
        return False
    connection.execute(ADD, (member, *seen, int(works), hand.today, hand.at, hand.by, hand.reason, source))
    return True


def members_at(connection: Connection, email: str) -> list[int]:
    """The members with an e-mail address, whatever its letters' size."""
    return [member for (member,) in connection.execute(BY_EMAIL, (email.strip(),))]


def move_addresses(connection: Connection, old: int, new: int) -> None:
    """Two members are one: what is known of an address is known of it there, too."""
    connection.execute("UPDATE address_seen SET member_id = ? WHERE member_id = ?", (new, old))


def members_called(connection: Connection, phone: str) -> list[int]:
    """The members with a telephone number, however it is written."""
    end = telephone_end(phone)
    if len(end) < FEWEST_DIGITS:
        return []
    rows = connection.execute(CALLED, (of_the_digits(end),))
    return [member for member, own in rows if telephone_end(own) == end]
