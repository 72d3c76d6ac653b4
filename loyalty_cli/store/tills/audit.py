"""What an audit of the tills looks at: receipts with their cashiers and discounts, and what tills had been told by then."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.coupons.used_again import USED_AGAIN

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


class Seen(NamedTuple):
    """A receipt: where, when, at which till, by whom, of which card and member; what was sold, came back and was taken off."""

    id: int
    store: str
    number: str
    day: Day
    clock: int
    at: int
    till: str
    cashier: str
    card: str
    member: int | None
    total: int
    returned: int
    discount: int
    loyalty: int

    @property
    def name(self) -> str:
        """As people find it."""
        return f"{self.store} {self.number}"


class SeenLine(NamedTuple):
    """A line of a receipt: what, how much, its price before and after discounts."""

    product: str
    category: str
    quantity: int
    amount: int
    discount: int


RECEIPTS = """
SELECT r.id, s.name, r.number, r.day, r.clock, r.at, coalesce(d.till, ''), coalesce(d.cashier, ''), coalesce(c.number, ''), r.member_id,
  r.total, r.returned, coalesce((SELECT sum(l.discount) FROM line l WHERE l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095), 0), r.loyalty
FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN desk d ON d.id = r.desk_id LEFT JOIN card c ON c.id = r.card_id
WHERE r.gone = 0 AND r.day BETWEEN ? AND ? ORDER BY r.day, r.clock, r.id"""
LINES = """
SELECT coalesce(nullif(a.code, ''), a.name), coalesce(nullif(p.category, ''), a.category), l.quantity, l.amount, l.discount
FROM line l JOIN article a ON a.id = l.article_id LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name)
WHERE l.id BETWEEN ?1 << 12 AND (?1 << 12) + 4095 ORDER BY l.id"""
TOLD = """
SELECT t.member_id, unixepoch(e.at), e.target, t.facts ->> 'discount' FROM till_told t JOIN till_export e ON e.id = t.export_id
WHERE t.member_id IS NOT NULL AND t.facts ->> 'discount' IS NOT NULL ORDER BY e.id"""
# Redemptions that name a receipt of which something came back within so many days.
RETURNED_AFTER = """
SELECT d.member_id, sale.id, back.id FROM redemption d JOIN receipt sale ON sale.number = d.receipt AND sale.gone = 0
  AND sale.member_id = d.member_id AND (d.store_id IS NULL OR d.store_id = sale.store_id)
JOIN return_of f ON f.sale_id = sale.id JOIN receipt back ON back.id = f.return_id AND back.gone = 0
WHERE d.receipt <> '' AND d.reverts IS NULL AND NOT EXISTS (SELECT 1 FROM redemption o WHERE o.reverts = d.id)
  AND back.day BETWEEN ?1 AND ?2 AND back.day - d.day <= ?3 ORDER BY back.day, back.id"""
AGAIN = f"""
SELECT used.code, coalesce(used.first_day, used.day), used.day, coalesce(store.name, ''), used.receipt
FROM ({USED_AGAIN}) AS used LEFT JOIN store ON store.id = used.store_id
WHERE used.day BETWEEN ? AND ? ORDER BY used.day, used.id"""
USED_POINTS = """
SELECT coalesce(sum(amount), 0) FROM redemption WHERE member_id = ? AND day = ? AND reverts IS NULL
AND NOT EXISTS (SELECT 1 FROM redemption o WHERE o.reverts = redemption.id)"""


def receipts_seen(connection: Connection, first: Day, last: Day) -> list[Seen]:
    """The receipts of some days, in order."""
    return [Seen(*row) for row in connection.execute(RECEIPTS, (first, last))]


def lines_seen(connection: Connection, receipt: int) -> list[SeenLine]:
    """The lines of a receipt."""
    return [SeenLine(*row) for row in connection.execute(LINES, (receipt,))]


def discounts_told(connection: Connection) -> dict[int, list[tuple[int, str, int]]]:
    """By member what tills were told of the percent: when, which till, how much."""
    told: dict[int, list[tuple[int, str, int]]] = {}
    for member, at, target, discount in connection.execute(TOLD):
        told.setdefault(member, []).append((at, target, int(discount)))
    return told


def returned_after_use(connection: Connection, first: Day, last: Day, within: int) -> list[tuple[int, int, int]]:
    """Member, sale and return of purchases that were paid with points or a coupon and came back soon."""
    return connection.execute(RETURNED_AFTER, (first, last, within)).fetchall()


def used_again(connection: Connection, first: Day, last: Day) -> list[tuple[str, int, int, str, str]]:
    """Coupons used once more than they hold: code, day of the first use; day, store and receipt of the further one."""
    return connection.execute(AGAIN, (first, last)).fetchall()


def used_on(connection: Connection, member: int, day: Day) -> int:
    """The money that known uses of points and coupons paid on a day."""
    return int(connection.execute(USED_POINTS, (member, day)).fetchone()[0])
