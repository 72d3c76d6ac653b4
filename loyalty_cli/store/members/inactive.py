"""Members of whom nothing has been heard since a day: no purchase, use, change, consent, and no joining after it."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# Only who has a record can be forgotten; a change of the record is kept with its moment. What is bought on a card that counts
# for a household's account is heard of the member whose card it is, too.
SINCE = """
WITH last AS (SELECT m.id, max(coalesce(m.joined, 0),
    coalesce((SELECT max(day) FROM receipt WHERE member_id = m.id AND gone = 0), 0),
    coalesce((SELECT max(r.day) FROM household h JOIN receipt r ON r.member_id = h.account_id AND r.gone = 0
      WHERE h.member_id = m.id AND r.card_id IN (SELECT id FROM card WHERE member_id = m.id)), 0),
    coalesce((SELECT max(day) FROM redemption WHERE member_id = m.id), 0),
    coalesce((SELECT max(from_day) FROM consent WHERE member_id = m.id AND gone = 0), 0),
    coalesce((SELECT max(CAST(julianday(substr(at, 1, 10)) + 0.5 AS INTEGER)) FROM member_change WHERE member_id = m.id), 0)) AS day
  FROM member m WHERE m.merged_into IS NULL AND (m.name <> '' OR m.phone <> '' OR m.email <> '' OR m.address <> '' OR m.birthday <> ''))
SELECT last.id, coalesce((SELECT min(number) FROM card WHERE member_id = last.id), ''), last.day, coalesce(s.points, 0)
FROM last LEFT JOIN standing s ON s.member_id = last.id WHERE last.day > 0 AND last.day < ? ORDER BY last.day, last.id"""


class Inactive(NamedTuple):
    """A member, a card, the last day on which anything happened, and the points that are left."""

    member: int
    card: str
    last: Day
    points: int


def inactive_since(connection: Connection, day: Day) -> list[Inactive]:
    """Who has not been heard of since a day, the longest silent first."""
    return [Inactive(*row) for row in connection.execute(SINCE, (day,))]
