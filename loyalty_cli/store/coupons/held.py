"""What one member holds at the counter: coupons that can be used, gifts that rewards gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.printing import COUPONS
from loyalty_cli.store.coupons.printing import Printable

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection

OF_MEMBER = COUPONS.replace("WHERE coupon.until_day >= ?", "WHERE coupon.member_id = ?2 AND coupon.until_day >= ?1")
# What the points of the catalogue paid has been handed out with them.
GIFTS = """
SELECT substr(a.name, 6), sum(e.quantity) FROM ledger e JOIN asset a ON a.id = e.asset_id JOIN rule u ON u.id = e.rule_id
WHERE e.member_id = ? AND a.name LIKE 'gift:%' AND u.name LIKE 'rewards.%' GROUP BY 1 HAVING sum(e.quantity) > 0 ORDER BY 1
"""


def coupons_held(connection: Connection, member: int, day: Day) -> list[Printable]:
    """A member's coupons that can be used on a day or later, the soonest lapsing first."""
    return [Printable(*row) for row in connection.execute(OF_MEMBER, (day, member))]


def gifts_held(connection: Connection, member: int) -> dict[str, int]:
    """The gifts that a member has been given, and how many of each."""
    return dict(connection.execute(GIFTS, (member,)).fetchall())
