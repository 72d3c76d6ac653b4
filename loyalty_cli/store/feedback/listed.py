"""Answers that a list brings: whose they are, and that each is kept once."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from loyalty_cli.model.days import iso
from loyalty_cli.model.facts import FEEDBACK
from loyalty_cli.model.listed import Clash
from loyalty_cli.model.shown.phrase import OnDay
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.telephones import of_the_digits
from loyalty_cli.model.telephones import telephone_end
from loyalty_cli.store.feedback.answers import answer_of
from loyalty_cli.store.feedback.answers import save_answer
from loyalty_cli.store.imports.events import ENTER
from loyalty_cli.store.imports.events import KEPT
from loyalty_cli.store.imports.events import SEEN
from loyalty_cli.store.ledger.due import mark_due

if TYPE_CHECKING:
    from loyalty_cli.model.feedback import Answer
    from loyalty_cli.model.listed import ListedFeedback
    from loyalty_cli.store.database import Connection

# The first that is said decides; people leave out the country of their telephone.
WHO = {
    "card": "SELECT member_id FROM card WHERE number = ?",
    "number": "SELECT id FROM member WHERE number = ? AND merged_into IS NULL",
    "coupon": "SELECT member_id FROM coupon WHERE code = upper(?)",
    "email": "SELECT id FROM member WHERE lower(email) = lower(?) AND merged_into IS NULL",
    "phone": "SELECT id FROM member WHERE phone LIKE ?2 AND ?1 <> '' AND telephone_end(phone) = ?1 AND merged_into IS NULL",
}


def members_who(connection: Connection, listed: ListedFeedback) -> list[int]:
    """Who may have answered, by the first of a card, a number, a coupon, an e-mail address and a telephone number."""
    connection.create_function("telephone_end", 1, telephone_end, deterministic=True)
    for word, select in WHO.items():
        said = getattr(listed, word)
        if said:
            end = telephone_end(said.strip())
            values = (end, of_the_digits(end)) if word == "phone" else (said.strip(),)
            return [member for (member,) in connection.execute(select, values)]
    return []


def save_listed(
    connection: Connection, member: int, told: tuple[Answer, str | None], import_id: int, hand: tuple[str, str]
) -> tuple[str | Clash, int | None]:
    """Keep an answer with its key, if it has one: new, known or at odds with what is kept; and its number if it is new.

    `hand` is when and by whom. The key holds nothing that a person could be known by.
    """
    answer, own = told
    said = own or f"{member} {iso(answer.day)} {answer.score} {answer.text} {answer.receipt}"
    key = f"feedback {sha256(said.encode()).hexdigest()[:24]}"
    kept = connection.execute(KEPT, (key,)).fetchone()
    if kept and (kept[1], answer_of(connection, kept[0])) == (member, answer):
        connection.execute(SEEN, (import_id, kept[0]))
        return "known", None
    if kept:
        return Clash(phrase("the key {key} is that of another answer, of {day}", key=own or key, day=OnDay(kept[3]))), None
    connection.execute(ENTER, (member, FEEDBACK, answer.day, *hand, key, import_id))
    adjustment = int(connection.execute("SELECT last_insert_rowid()").fetchone()[0])
    mark_due(connection, [(member, answer.day)])
    return "new", save_answer(connection, member, answer, adjustment)
