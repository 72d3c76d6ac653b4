"""Each member's tickets in a draw as they are now, with the reason for none."""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.database import Connection

NOTHING_BOUGHT = "nothing bought"
NOT_ENOUGH = "not enough bought"
NO_TICKETS = "no tickets"
NO_RESULT = "no result"

ComesBy = Literal["purchases", "results", "rewards"]
"""What tickets or scores come by, so that it is known why somebody has none."""

ROWS = """
SELECT coalesce((SELECT number FROM card WHERE card.member_id = member.id ORDER BY card.id LIMIT 1), member.number, ''),
  member.name, {tickets}, CASE WHEN reason = '' THEN 1 ELSE 0 END AS enters,
  CASE WHEN holder.member_id IS NOT NULL THEN reason WHEN bought AND :by_purchases THEN :not_enough
    WHEN :by_purchases THEN :nothing_bought ELSE :no_tickets END
FROM (SELECT id, number, name, EXISTS (SELECT 1 FROM receipt WHERE member_id = member.id
        AND day BETWEEN :first_day AND :last_day AND gone = 0 AND total > 0) AS bought
      FROM member WHERE merged_into IS NULL AND (:member IS NULL OR id = :member)) member
LEFT JOIN holder ON holder.member_id = member.id
WHERE :everybody OR bought OR holder.member_id IS NOT NULL
ORDER BY enters DESC, holder.tickets DESC, 1, member.id
"""


def tickets_of_members(
    connection: Connection,
    days: tuple[Day, Day],
    *,
    shown: str = "coalesce(tickets, 0)",
    member: int | None = None,
    everybody: bool = False,
    by: ComesBy = "purchases",
) -> list[tuple[Cell, ...]]:
    """Card, name, tickets, whether they enter, and why not; after `find_holders` or `find_scores`."""
    values = {
        "first_day": days[0],
        "last_day": days[1],
        "member": member,
        "everybody": everybody or member is not None,
        "by_purchases": by == "purchases",
        "not_enough": NOT_ENOUGH,
        "nothing_bought": NOTHING_BOUGHT,
        "no_tickets": NO_RESULT if by == "results" else NO_TICKETS,
    }
    return [tuple(row) for row in connection.execute(ROWS.format(tickets=shown), values)]
