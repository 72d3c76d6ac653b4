"""What the counter is told of a member: initials, not the name; what the shop does not know yet."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.ledger.facts import month_and_day

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

FIND = """
SELECT m.name, m.phone <> '', m.email <> '', m.birthday,
  EXISTS (SELECT 1 FROM consent c WHERE c.member_id = m.id)
FROM member m WHERE m.id = ?
"""
CARD = """
SELECT c.member_id, coalesce(l.from_day <= ?2, 0), EXISTS (SELECT 1 FROM block WHERE member_id = c.member_id AND until_day IS NULL)
FROM card c LEFT JOIN lost_card l ON l.card_id = c.id WHERE c.number = ?1"""


class CardKnown(NamedTuple):
    """A card on a day: whose it is, whether it is lost, whether its member is blocked."""

    member: int
    lost: bool
    blocked: bool


def card_known(connection: Connection, card: str, day: Day) -> CardKnown | None:
    """A card as the till needs it; None if nobody has had it."""
    row = connection.execute(CARD, (card, day)).fetchone()
    return None if row is None else CardKnown(row[0], bool(row[1]), bool(row[2]))


class Known(NamedTuple):
    """A member as the cashier sees them; `missing` names what could be asked for; month and day of the birthday."""

    initials: str
    missing: tuple[str, ...]
    birthday: tuple[int, int] | None


def known_at_the_counter(connection: Connection, member: int) -> Known:
    """The initials, the birthday, and which of birthday, e-mail, phone and consent are not known."""
    name, phone, email, birthday, consent = connection.execute(FIND, (member,)).fetchone() or ("", 1, 1, "", 1)
    said = {"name": name, "birthday": birthday, "email": email, "phone": phone, "consent": consent}
    initials = "".join(f"{part[0].upper()}." for part in name.split()[:3])
    return Known(initials, tuple(what for what, known in said.items() if not known), month_and_day(birthday))
