"""Which message somebody writes back to: by its key, which stands in the answer's headers."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.members.unsubscribing import living

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.store.database import Connection

WRITTEN = "SELECT member_id, name, purpose, reason FROM message WHERE key = ?"
# What a message was for ends with its receipt, where it was for one.
RECEIPT = """
SELECT r.store_id, r.number, ', ' || s.name || ' ' || r.number || ' ' || date(r.day) AS said FROM receipt AS r
  JOIN store AS s ON s.id = r.store_id
 WHERE r.member_id = ? AND r.gone = 0 AND substr(?, -length(said)) = said ORDER BY r.day DESC LIMIT 1"""


class Written(NamedTuple):
    """A message that was sent: to whom (as the member is called today), which one, and the store and receipt that it was about."""

    member: int
    name: str
    purpose: str
    store: int | None
    receipt: str


def written_by_key(connection: Connection, keys: Iterable[str]) -> Written | None:
    """The first message among those of some keys that this shop has sent."""
    for key in keys:
        row = connection.execute(WRITTEN, (key,)).fetchone()
        member = living(connection, row[0]) if row else None
        if member is not None:
            store, receipt, _ = connection.execute(RECEIPT, (member, row[3])).fetchone() or (None, "", "")
            return Written(member, row[1], row[2], store, receipt)
    return None
