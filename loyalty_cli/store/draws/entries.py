"""Free entries in a draw: tickets given by hand, each once by its key, also to people who have no card."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# Who has no card and no number is known only from free entries: by name and telephone or e-mail, else by the address.
PERSON = """
SELECT id FROM member WHERE name = :name AND number IS NULL AND joined IS NULL
AND NOT EXISTS (SELECT 1 FROM card WHERE card.member_id = member.id)
AND (phone = :phone AND phone <> '' OR email = :email AND email <> '' OR :phone = '' AND :email = ''
     AND EXISTS (SELECT 1 FROM adjustment WHERE adjustment.member_id = member.id AND reason = :reason))
ORDER BY id LIMIT 1
"""


class FreeEntry(NamedTuple):
    """Tickets for a member on a day; `reason` keeps how the entry came."""

    member: int
    asset: str
    tickets: int
    day: Day
    at: str
    by: str
    reason: str
    key: str


def entry_by_key(connection: Connection, key: str) -> tuple[str, int, str, str] | None:
    """What a key brought before: its asset, how many, its reason, who got it by name."""
    row = connection.execute(
        "SELECT asset, quantity, reason, name FROM adjustment JOIN member ON member.id = member_id WHERE key = ?",
        (key,),
    ).fetchone()
    return (str(row[0]), int(row[1]), str(row[2]), str(row[3])) if row else None


def save_entry(connection: Connection, entry: FreeEntry) -> None:
    """Record an entry as something given by hand."""
    connection.execute(
        "INSERT INTO adjustment (member_id, asset, quantity, day, at, by, reason, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        entry,
    )


def person_called(connection: Connection, *, name: str, phone: str, email: str, reason: str) -> int:
    """Somebody without a card, entered before or new."""
    values = {"name": name, "phone": phone, "email": email, "reason": reason}
    row = connection.execute(PERSON, values).fetchone()
    if row is None:
        row = connection.execute("INSERT INTO member (name, phone, email) VALUES (:name, :phone, :email) RETURNING id", values).fetchone()
    return int(row[0])
