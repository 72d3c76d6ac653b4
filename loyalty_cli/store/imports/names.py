"""Numbers for the names that an import brings: stores, desks, articles, and cards with their members."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyalty_cli.model.columns import Beside
from loyalty_cli.model.columns import picked
from loyalty_cli.store.many_rows import insert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.store.database import Connection

# In the place of a number that the database was not asked for yet.
NOT_ASKED_YET = 0
# A card's id and its member's; of no card neither.
Owned = tuple[int | None, int | None]


def not_asked_yet(_: object) -> int:
    """What stands beside a name at first."""
    return NOT_ASKED_YET


class Stores(dict[str, int]):
    """Stores by name, also by one they had before; a new name becomes a new store."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection.execute("SELECT name, coalesce(merged_into, id) FROM store").fetchall())
        self.connection = connection

    def __missing__(self, name: str) -> int:
        row = self.connection.execute("INSERT INTO store (name) VALUES (?) RETURNING id", (name,)).fetchone()
        self[name] = row[0]
        return int(row[0])


class Desks(dict[tuple[str, str], int | None]):
    """Tills with cashiers; an export that names neither has none."""

    def __init__(self, connection: Connection) -> None:
        super().__init__({("", ""): None})
        self.connection = connection

    def __missing__(self, desk: tuple[str, str]) -> int | None:
        found = self.connection.execute("SELECT id FROM desk WHERE till = ? AND cashier = ?", desk).fetchone()
        if found is None:
            found = self.connection.execute("INSERT INTO desk (till, cashier) VALUES (?, ?) RETURNING id", desk).fetchone()
        self[desk] = found[0]
        return int(found[0])


class Articles:
    """The articles' numbers in the database; a new one is entered."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.ids = Beside(not_asked_yet)

    def of(self, catalogue: Sequence[Article], articles: Sequence[int]) -> Sequence[int]:
        """The numbers of articles that are given by their places in a catalogue."""
        ids = self.ids.all(catalogue)
        found = picked(ids, articles)
        if NOT_ASKED_YET not in found:
            return found
        for place in dict.fromkeys(articles):
            if ids[place] == NOT_ASKED_YET:
                ids[place] = article_id(self.connection, catalogue[place])
        return picked(ids, articles)


def article_id(connection: Connection, article: Article) -> int:
    """The number of an article, which is entered if it is new."""
    find = "SELECT id FROM article WHERE code = ? AND name = ? AND category = ? AND vat = ?"
    found = connection.execute(find, article).fetchone()
    if found is None:
        enter = "INSERT INTO article (code, name, category, vat) VALUES (?, ?, ?, ?) RETURNING id"
        found = connection.execute(enter, article).fetchone()
    return int(found[0])


class Cards:
    """Cards and whose they are; an unknown card becomes a member who is known by the card only."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        # By their places in the list of numbers that a batch brings.
        self.ids: Beside[str, int | None] = Beside(not_asked_yet)
        self.members: Beside[str, int | None] = Beside(not_asked_yet)
        self.next_member = next_id(connection, "member")
        self.next_card = next_id(connection, "card")
        # A new database has no cards to look for.
        self.empty = self.next_card == 1
        # New cards with their members, and new members, which go in together: a few at a time cost twice as much.
        self.waiting: list[tuple[int, str, int]] = []
        self.strangers: list[int] = []

    def of(self, numbers: Sequence[str], cards: Sequence[int]) -> tuple[Sequence[int | None], Sequence[int | None]]:
        """The ids and the members of cards that are given by their places in a list; new cards are entered with new members."""
        if self.ids.entries is not numbers and self.ids.entries:
            # What the list before had is asked for again rather than kept in memory.
            self.put_in()
            self.empty = False
        ids = self.ids.all(numbers)
        found = picked(ids, cards)
        if NOT_ASKED_YET in found:
            self.learn({numbers[place]: place for place in set(cards) if ids[place] == NOT_ASKED_YET})
            found = picked(ids, cards)
        return found, picked(self.members.all(numbers), cards)

    def learn(self, places: dict[str, int]) -> None:
        """Make sure that these cards are known, each with its place in the list."""
        owned: dict[str, Owned] = {"": (None, None)}
        unknown = sorted(places)
        if not self.empty:
            for number, *found in self.connection.execute(FIND_CARDS, (json.dumps(unknown),)):
                owned[number] = tuple(found)
        self.enter([number for number in unknown if number not in owned], owned)
        members = self.members.all(self.ids.entries)
        for number, place in places.items():
            self.ids.values[place], members[place] = owned[number]

    def enter(self, numbers: list[str], owned: dict[str, Owned]) -> None:
        """New cards: of the one member with this e-mail address or phone number, else of new members by card only."""
        owners = self.owners(numbers)
        for number in numbers:
            if number not in owners:
                owners[number] = self.next_member
                self.strangers.append(self.next_member)
                self.next_member += 1
            owned[number] = (self.next_card, owners[number])
            self.waiting.append((self.next_card, number, owners[number]))
            self.next_card += 1

    def put_in(self) -> None:
        """Enter the cards and members that wait."""
        if self.strangers:
            insert(self.connection, "member (id)", [self.strangers])
        if self.waiting:
            columns = list(zip(*self.waiting, strict=True))
            insert(self.connection, "card (id, number, member_id)", columns)
        self.strangers, self.waiting = [], []

    def owners(self, numbers: list[str]) -> dict[str, int]:
        """The members whom an e-mail address or a phone number in a card's place belongs to, where it is one member."""
        return owners_by_contact(self.connection, [number for number in numbers if "@" in number or number.startswith("+")])


# Ways to reach members, put together once: looked for member by member, those of 30,000 take a quarter of an hour.
OWNERS = """
WITH way (contact, id) AS MATERIALIZED (
  SELECT lower(email), id FROM member WHERE email <> '' UNION
  SELECT replace(replace(replace(replace(phone, ' ', ''), '-', ''), '(', ''), ')', ''), id FROM member WHERE phone <> '')
SELECT wanted.value, min(way.id) FROM json_each(?) AS wanted CROSS JOIN way ON way.contact = wanted.value
GROUP BY wanted.value HAVING count(*) = 1"""
FIND_CARDS = """
SELECT card.number, card.id, card.member_id
FROM json_each(?) AS wanted CROSS JOIN card ON card.number = wanted.value"""


def owners_by_contact(connection: Connection, contacts: list[str]) -> dict[str, int]:
    """Of e-mail addresses and phone numbers those that one member has, with the member."""
    return dict(connection.execute(OWNERS, (json.dumps(contacts),)).fetchall()) if contacts else {}


def next_id(connection: Connection, table: str) -> int:
    """The number after the highest one in use."""
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def card_exists(connection: Connection, number: str) -> bool:
    """Whether a card is known."""
    return connection.execute("SELECT 1 FROM card WHERE number = ?", (number,)).fetchone() is not None
