"""A member is erased: who it was is forgotten, what the books need stays, and nothing is worked out for them any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.members.households import end_with
from loyalty_cli.store.members.members import FIELDS
from loyalty_cli.store.members.scrubbing import registrations_of

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

# Who brought a member has been rewarded for it.
STAYS = {"joined", "referred_by"}
EMPTY = {"number": None}
FORGOTTEN = (
    "UPDATE member_change SET was = NULL, became = NULL, field = substr(field, 1, instr(field || ' ', ' ') - 1) WHERE member_id = ?",
    "DELETE FROM member_group WHERE member_id = ?",
    "UPDATE consent SET source = '', proof = '' WHERE member_id = ?",
    "UPDATE feedback SET text = '' WHERE member_id = ?",
    "UPDATE complaint SET text = '' WHERE member_id = ?",
    "UPDATE complaint_step SET text = '' WHERE member_id = ?",
    "DELETE FROM address_seen WHERE member_id = ?",
    "UPDATE till_told SET key = 'erased ' || id, facts = '{}', gone = 1 WHERE member_id = ?",
    "UPDATE by_hand SET detail = json_remove(detail, '$.said') WHERE member_id = ?",
    # Whose card or coupon was whose says nothing of a person, and closed months ask for it.
    "DELETE FROM merge_step WHERE name NOT IN ('card', 'coupon') AND done_id IN (SELECT id FROM by_hand WHERE member_id = ?)",
)
LOSE = "INSERT INTO lost_card (card_id, from_day, reason) SELECT id, ?, 'erased' FROM card WHERE member_id = ? ON CONFLICT DO NOTHING"
KNOWING = """
SELECT DISTINCT e.target FROM till_told t JOIN till_export e ON e.id = t.export_id
WHERE t.member_id = ? AND t.id IN (SELECT max(o.id) FROM till_told o JOIN till_export x ON x.id = o.export_id GROUP BY x.target, o.key)
AND t.gone = 0 ORDER BY e.target"""


def targets_knowing(connection: Connection, member: int) -> list[str]:
    """The tills and webshops that still know a member."""
    return [name for (name,) in connection.execute(KNOWING, (member,))]


def erase(connection: Connection, member: int, day: Day) -> None:
    """Forget who a member is; the cards keep their numbers, by which receipts are proven, and are nobody's from now on."""
    for person in registrations_of(connection, member):
        for field in FIELDS:
            if field not in STAYS:
                connection.execute(f"UPDATE member SET {field} = ? WHERE id = ?", (EMPTY.get(field, ""), person))
        for statement in FORGOTTEN:
            connection.execute(statement, (person,))
    connection.execute(LOSE, (day + 1, member))
    end_with(connection, member, day)
