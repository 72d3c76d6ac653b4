"""What the counter is told of a member: initials, not the name; what the shop does not know yet."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection

FIND = """
SELECT m.name, m.phone <> '', m.email <> '', m.birthday <> '',
  EXISTS (SELECT 1 FROM consent c WHERE c.member_id = m.id)
FROM member m WHERE m.id = ?
"""


class Known(NamedTuple):
    """A member as the cashier sees them; `missing` names what could be asked for."""

    initials: str
    missing: tuple[str, ...]


def known_at_the_counter(connection: Connection, member: int) -> Known:
    """The initials, and which of birthday, e-mail, phone and consent are not known."""
    name, phone, email, birthday, consent = connection.execute(FIND, (member,)).fetchone() or ("", 1, 1, 1, 1)
    said = {"name": name, "birthday": birthday, "email": email, "phone": phone, "consent": consent}
    initials = "".join(f"{part[0].upper()}." for part in name.split()[:3])
    return Known(initials, tuple(what for what, known in said.items() if not known))
