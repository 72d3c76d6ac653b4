"""What the database knows of one card or one receipt, for people who ask how a number came to be."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Key
    from loyalty_cli.model.shown.table import Cell
    from loyalty_cli.store.database import Connection

# Claims stood in the ledger once: they are nobody's entries.
ENTRIES = """
SELECT e.effective_on, e.booked_on, u.name, a.name, e.quantity,
  CASE e.cause_kind WHEN 1 THEN (SELECT s.name || ' ' || r.number FROM receipt r
    JOIN store s ON s.id = r.store_id WHERE r.id = e.cause_id)
    WHEN 2 THEN (SELECT CASE WHEN d.receipt = '' THEN date(d.day) ELSE coalesce((SELECT name || ' ' FROM store
      WHERE id = d.store_id), '') || d.receipt END FROM redemption d WHERE d.id = e.cause_id)
    WHEN 3 THEN date(e.cause_id) WHEN 4 THEN (SELECT coalesce(nullif(reason, ''), key) FROM adjustment WHERE id = e.cause_id)
    WHEN 5 THEN 'joined'
    WHEN 6 THEN iif(e.cause_id < 1000000, '', date(e.cause_id / 1000000) || ' ') || '#' || (e.cause_id % 1000000)
    WHEN 8 THEN (SELECT substr(asset, 7) || ' ' || date(day) FROM adjustment WHERE id = e.cause_id)
    WHEN 7 THEN e.cause_id WHEN 9 THEN (SELECT number FROM card WHERE member_id = e.cause_id ORDER BY id LIMIT 1) ELSE '' END,
  e.cause_kind, e.cause_id, e.run_id
FROM ledger e JOIN rule u ON u.id = e.rule_id JOIN asset a ON a.id = e.asset_id AND a.name <> 'claim'
"""
RECEIPTS = """
SELECT r.id, s.name, r.number, r.day, r.clock, r.total, r.returned, r.loyalty, r.member_id, coalesce(c.number, ''),
  r.import_id, i.file, r.gone, (SELECT sold.name || ' ' || o.number FROM return_of f
    JOIN receipt o ON o.id = f.sale_id JOIN store sold ON sold.id = o.store_id WHERE f.return_id = r.id)
FROM receipt r JOIN store s ON s.id = r.store_id LEFT JOIN card c ON c.id = r.card_id
  LEFT JOIN import i ON i.id = r.import_id
WHERE r.number = ? ORDER BY r.gone, s.name
"""
LINES = """
SELECT a.code, a.name, coalesce(nullif(p.category, ''), a.category), l.quantity, l.amount, l.discount, l.loyalty,
  coalesce(p.excluded, 0)
FROM line l JOIN article a ON a.id = l.article_id LEFT JOIN product p ON p.code = coalesce(nullif(a.code, ''), a.name)
WHERE l.id BETWEEN ?1 << 12 AND (?1 << 12) + 4095 ORDER BY l.id
"""


class FoundReceipt(NamedTuple):
    """A receipt with where it came from, and the store and number of the sale a return is known to name; money in minor units."""

    id: int
    store: str
    number: str
    day: Day
    clock: int
    total: int
    returned: int
    loyalty: int
    member: int | None
    card: str
    import_id: int
    file: str
    gone: int
    sale: str | None


def receipts_numbered(connection: Connection, number: str) -> list[FoundReceipt]:
    """The receipts with a number, one for each store that has it; superseded ones last."""
    return [FoundReceipt(*row) for row in connection.execute(RECEIPTS, (number,))]


def lines_of(connection: Connection, receipt: int) -> list[tuple[Cell, ...]]:
    """The lines of a receipt: code, name, category, quantity, amount, discount, part paid by loyalty, excluded."""
    return list(connection.execute(LINES, (receipt,)))


class PostedEntry(NamedTuple):
    """An entry of the books with the names of its rule, its asset and its cause; the recalculation that posted it."""

    day: Day
    booked: Day
    rule: str
    asset: str
    quantity: int
    cause: str | None
    cause_kind: int
    cause_id: int
    run: int

    @property
    def key(self) -> Key:
        """What makes entries one."""
        return self.rule, self.cause_kind, self.cause_id, self.asset, self.day


def reasons_by_hand(connection: Connection, member: int) -> dict[int, str]:
    """Why things were given or taken by hand, by the number of the adjustment."""
    return dict(connection.execute("SELECT id, reason FROM adjustment WHERE member_id = ? AND reason <> ''", (member,)))


def returns_of_sale(connection: Connection, sale: int) -> list[tuple[str, str, Day, int]]:
    """What came back of a receipt: store, number, day and money of each return that is known to be of it."""
    select = """
SELECT s.name, r.number, r.day, r.returned FROM return_of f JOIN receipt r ON r.id = f.return_id JOIN store s ON s.id = r.store_id
WHERE f.sale_id = ? AND r.gone = 0 AND r.id <> f.sale_id ORDER BY r.day, r.id"""
    return connection.execute(select, (sale,)).fetchall()


def paid_by_loyalty(connection: Connection, receipt: int) -> list[tuple[str, int, int, str]]:
    """What points and coupons are known to have paid on a receipt: kind, points, money, the coupon's code."""
    select = """
SELECT d.kind, d.points, d.amount, coalesce(c.code, '') FROM receipt r
JOIN redemption d ON d.store_id = r.store_id AND d.receipt = r.number AND d.member_id = r.member_id
LEFT JOIN coupon c ON c.id = d.coupon_id
WHERE r.id = ? AND d.reverts IS NULL AND NOT EXISTS (SELECT 1 FROM redemption u WHERE u.reverts = d.id) ORDER BY d.id"""
    return connection.execute(select, (receipt,)).fetchall()


def entries_of_member(connection: Connection, member: int) -> list[PostedEntry]:
    """A member's entries in order."""
    return list(map(PostedEntry._make, connection.execute(ENTRIES + " WHERE e.member_id = ? ORDER BY e.effective_on, e.id", (member,))))


def entries_of_receipt(connection: Connection, receipt: int) -> list[PostedEntry]:
    """The entries that a receipt caused."""
    return list(
        map(
            PostedEntry._make,
            connection.execute(
                ENTRIES + " WHERE e.member_id = (SELECT member_id FROM receipt WHERE id = ?1) AND e.cause_kind = 1 "
                "AND e.cause_id = ?1 ORDER BY e.effective_on, e.id",
                (receipt,),
            ),
        )
    )
