"""The ledger's entries of points as the accountant's books take them in: one member after the other, as booked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyalty_cli.model.bookkeeping import Posted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from loyalty_cli.model.days import Day
    from loyalty_cli.store.reading import Connection

PURSE = "SELECT id FROM asset WHERE name IN (:points, :pending)"
SALES = f"SELECT DISTINCT cause_id FROM ledger WHERE cause_kind = 1 AND asset_id IN ({PURSE}) AND booked_on <= :last"
# Points that become usable change their asset and nothing that is owed. What a receipt took back is told by the receipt. Of a day
# what comes is first: what had lapsed or was used and is no more, before it is taken back.
BOOKINGS = f"""
SELECT l.member_id, l.booked_on, l.quantity,
       CASE WHEN rule.name = 'lapse' THEN 'lapsed'
            WHEN rule.name IN ('redeem', 'reinstate') THEN 'used'
            WHEN l.cause_kind = 4 THEN 'other'
            WHEN receipt.total < 0 OR (receipt.returned > 0 AND l.quantity < 0) THEN 'taken back'
            ELSE 'earned' END,
       l.cause_kind, l.cause_id, return_of.sale_id, coalesce(store.name, ''), coalesce(receipt.total, 0)
  FROM ledger AS l JOIN rule ON rule.id = l.rule_id
       LEFT JOIN receipt ON l.cause_kind = 1 AND receipt.id = l.cause_id
       LEFT JOIN store ON store.id = receipt.store_id
       LEFT JOIN return_of ON l.cause_kind = 1 AND return_of.return_id = l.cause_id
 WHERE l.asset_id IN ({PURSE}) AND rule.name <> 'usable' AND l.booked_on <= :last
 ORDER BY l.member_id, l.booked_on, l.quantity > 0 DESC, rule.name = 'lapse' AND l.quantity > 0, l.id
"""
# Entering a tier is +1 and leaving it is -1; the lowest one is not posted.
TIERS = """
SELECT member_id, booked_on, substr(asset.name, 6), sum(quantity)
  FROM ledger JOIN asset ON asset.id = asset_id
 WHERE asset.name LIKE 'tier:%' AND booked_on <= ?
 GROUP BY member_id, booked_on, asset_id
 ORDER BY member_id, booked_on
"""
CLOSED = """
SELECT month.month, coalesce(month_books.books, '')
  FROM month LEFT JOIN month_books ON month_books.month = month.month
"""


def sales_of(connection: Connection, last: Day, assets: Mapping[str, str]) -> set[int]:
    """The purchases that gave or took points of a purse, as booked through a day."""
    return {sale for (sale,) in connection.execute(SALES, {"last": last, **assets})}


def bookings(connection: Connection, last: Day, assets: Mapping[str, str]) -> Iterator[Posted]:
    """Every entry of the points of a purse, as the ledger calls them, that was booked through a day."""
    rows = connection.execute(BOOKINGS, {"last": last, **assets})
    for member, day, quantity, kind, cause_kind, cause_id, sale, store, sold in rows:
        yield Posted(member, day, quantity, kind, (cause_kind, cause_id), sale, store, sold)


def books_of_closed_months(connection: Connection) -> dict[str, str]:
    """How points stood in the books when a month was closed."""
    return dict(connection.execute(CLOSED).fetchall())


def tiers_by_day(connection: Connection, last: Day, *, base: str) -> dict[int, dict[Day, str]]:
    """For each member the tier at the end of each day on which it was booked to change; without a tier it is the base."""
    held: dict[int, Counter[str]] = {}
    found: dict[int, dict[Day, str]] = {}
    for member, day, tier, by in connection.execute(TIERS, (last,)):
        mine = held.setdefault(member, Counter())
        mine[tier] += by
        found.setdefault(member, {})[day] = next((name for name, times in mine.items() if times > 0), base)
    return found
