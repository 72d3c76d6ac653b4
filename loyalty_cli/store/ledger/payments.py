"""What paid parts of receipts besides money: redemptions, and what tills say themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.facts import Paying

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.block import Block

# A redemption belongs to the receipt it names, which is 0 until it comes in, else to the next receipt of its member in its store
# on its day.
PAYINGS = """
SELECT d.member_id, d.day, d.clock, coalesce(s.name, ''), d.id, d.points, d.amount,
  CASE WHEN d.receipt <> '' AND d.store_id IS NOT NULL THEN coalesce(r.id, 0) END,
  iif(d.kind = 'coupon', coalesce((SELECT c.code FROM coupon c WHERE json_extract(c.terms, '$.remainder') = 'is kept' AND c.id =
    coalesce(d.coupon_id, (SELECT f.coupon_id FROM further_use f WHERE f.redemption_id = d.id))), ''), '')
FROM temp.work w CROSS JOIN redemption d ON d.member_id = w.member_id LEFT JOIN store s ON s.id = d.store_id
LEFT JOIN receipt r ON d.receipt <> '' AND r.store_id = d.store_id AND r.number = d.receipt AND r.gone = 0
WHERE w.member_id BETWEEN :first AND :last AND (d.amount > 0 OR d.kind = 'coupon') AND d.day > w.after AND d.day <= :until
AND +d.reverts IS NULL
AND NOT EXISTS (SELECT 1 FROM redemption back WHERE back.reverts = d.id)
ORDER BY d.member_id, d.day, d.clock, d.id
"""
# What a receipt's own export says was paid by coupon or points.
KNOWN = """
SELECT w.member_id, r.id, r.loyalty
FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.day > w.after AND r.day <= :until
WHERE w.member_id BETWEEN :first AND :last AND r.gone = 0 AND r.loyalty > 0
"""

# The price of goods that the product list excludes, on the receipts of members and days on which something was used; less what a
# receipt that names no sale takes back of its own (see replay/voided.py).
EXCLUDED = """
WITH product AS (
  SELECT r.id, total(iif(l.quantity < 0, 0, l.amount)) AS sold,
    total(iif(l.quantity < 0 AND f.sale_id IS NULL, -l.amount, 0)) AS back
  FROM temp.work w CROSS JOIN receipt r ON r.member_id = w.member_id AND r.gone = 0
  CROSS JOIN line l ON l.id BETWEEN r.id << 12 AND (r.id << 12) + 4095
  CROSS JOIN temp.article_class c ON c.article_id = l.article_id AND c.class = -1
  LEFT JOIN return_of f ON f.return_id = r.id
  WHERE w.member_id BETWEEN :first AND :last AND r.day > w.after AND r.day <= :until
  AND EXISTS (SELECT 1 FROM redemption d WHERE d.member_id = w.member_id AND d.day = r.day) GROUP BY r.id, c.product
)
SELECT id, CAST(sum(sold - max(0, min(sold, back))) AS INTEGER) FROM product GROUP BY id
"""


def excluded_of(connection: Connection, block: Block) -> dict[int, int]:
    """What redemptions may have paid besides goods that the program knows, by receipt."""
    return dict(connection.execute(EXCLUDED, block.span).fetchall())


def payings_of(connection: Connection, block: Block) -> dict[int, list[Paying]]:
    """The redemptions that paid something, by member."""
    found: dict[int, list[Paying]] = {}
    for member, *paying in connection.execute(PAYINGS, block.span):
        found.setdefault(member, []).append(Paying(*paying))
    return found


def known_payments(connection: Connection, block: Block) -> dict[int, dict[int, int]]:
    """What tills say was paid by coupon or points: by member and receipt."""
    found: dict[int, dict[int, int]] = {}
    for member, receipt, amount in connection.execute(KNOWN, block.span):
        found.setdefault(member, {})[receipt] = amount
    return found
