"""What is known of a member, and each change of it with its hand and reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.listed import ListedMember
    from loyalty_cli.store.database import Connection

FIELDS = ("number", "name", "phone", "email", "address", "language", "birthday", "name_day", "joined", "referred_by")

NOTE = "INSERT INTO member_change (member_id, field, was, became, at, by, reason, import_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who changes members, when, why, and by which import; `today` is the shop's day."""

    at: str
    today: Day
    by: str = ""
    reason: str = ""
    import_id: int | None = None


def change_fields(connection: Connection, member: int, listed: ListedMember, hand: Hand, *, new: bool) -> int:
    """Set what the list says and is not so yet; how many fields changed."""
    row = connection.execute(f"SELECT {', '.join(FIELDS)} FROM member WHERE id = ?", (member,)).fetchone()
    changed = 0
    for field, was in zip(FIELDS, row, strict=True):
        becomes = getattr(listed, field)
        if becomes is None or becomes == was:
            continue
        connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (becomes, member))
        if not new:
            note(connection, member, field, (was, becomes), hand)
        changed += 1
    return changed


def note(connection: Connection, member: int, field: str, values: tuple[object, object], hand: Hand) -> None:
    """Keep what a field was and became."""
    was, became = (None if value is None else str(value) for value in values)
    connection.execute(NOTE, (member, field, was, became, hand.at, hand.by, hand.reason, hand.import_id))


def birthdays(connection: Connection) -> dict[int, str]:
    """The birthdays that are known."""
    return dict(connection.execute("SELECT id, birthday FROM member WHERE birthday <> ''").fetchall())
