"""Who is meant by a name, or a part of it, a telephone number, an e-mail address, a card or a part of it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.reading.owners_words import bare

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

EVERYBODY = """
SELECT m.id, m.name, coalesce(m.number, ''), m.phone, m.email, coalesce(group_concat(c.number, ' '), '')
FROM member m LEFT JOIN card c ON c.member_id = m.id WHERE m.merged_into IS NULL GROUP BY m.id ORDER BY m.name, m.id
"""
# So many digits make a number that somebody remembers a part of: the end of a card or of a telephone number.
FEWEST_DIGITS = 4


class Found(NamedTuple):
    """A member who fits what somebody said."""

    id: int
    name: str
    number: str
    phone: str
    email: str
    cards: str


def members_like(connection: Connection, text: str) -> list[Found]:
    """Everybody who fits: each word begins a word of the name, or the digits are in a number of theirs.

    Letters are compared without their marks. Who is called exactly so comes alone.
    """
    words, wish = bare(text).split(), "".join(sign for sign in text if sign.isdigit())
    if not words:
        return []
    people = map(Found._make, connection.execute(EVERYBODY))
    fitting = [person for person in people if fits(person, words, text.strip().casefold(), wish)]
    exact = [person for person in fitting if sorted(bare(person.name).split()) == sorted(words)]
    return exact or fitting


def fits(person: Found, words: list[str], text: str, wish: str) -> bool:
    """Whether somebody may be meant."""
    if text in (person.number.casefold(), person.email.casefold()):
        return True
    if wish and not any(sign.isalpha() for sign in text):
        numbers = (*person.cards.split(), person.phone)
        return len(wish) >= FEWEST_DIGITS and any(wish in "".join(filter(str.isdigit, number)) for number in numbers)
    parts = bare(person.name).split()
    return bool(parts) and all(any(part.startswith(word) for part in parts) for word in words)
