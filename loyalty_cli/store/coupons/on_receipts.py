"""What coupons and points paid of receipts: the lines that they paid a part of, and which coupons those were."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyalty_cli.store.reading import Connection

PAID_LINES = """
SELECT receipt.id, receipt.day, store.name, article.vat, line.loyalty
  FROM receipt CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
       CROSS JOIN store ON store.id = receipt.store_id
       CROSS JOIN article ON article.id = line.article_id
 WHERE receipt.gone = 0 AND receipt.day BETWEEN :first AND :last AND receipt.loyalty > 0 AND line.loyalty > 0
   AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 ORDER BY line.id
"""
TAKEN_OFF = """
SELECT receipt.day, store.name, sum(line.discount), sum(line.loyalty)
  FROM receipt CROSS JOIN line ON line.id BETWEEN receipt.id << 12 AND (receipt.id << 12) + 4095
       CROSS JOIN store ON store.id = receipt.store_id
 WHERE receipt.gone = 0 AND receipt.day BETWEEN :first AND :last
   AND (:stores = '[]' OR store.name IN (SELECT value FROM json_each(:stores)))
 GROUP BY 1, 2
"""
# A use names its receipt by store, number and day.
COUPONS = """
SELECT receipt.id, substr(asset.name, 8), use.amount
  FROM redemption AS use
       LEFT JOIN further_use ON further_use.redemption_id = use.id LEFT JOIN second_use ON second_use.redemption_id = use.id
       JOIN coupon ON coupon.id = coalesce(use.coupon_id, further_use.coupon_id, second_use.coupon_id)
       JOIN asset ON asset.id = coupon.asset_id
       JOIN receipt ON receipt.number = use.receipt AND receipt.store_id = use.store_id AND receipt.gone = 0 AND receipt.day = use.day
 WHERE use.kind = 'coupon' AND use.reverts IS NULL AND use.day BETWEEN :first AND :last
   AND NOT EXISTS (SELECT 1 FROM redemption AS undone WHERE undone.reverts = use.id)
UNION ALL
SELECT receipt.id, coupon_batch.name, use.amount
  FROM bearer_use AS use JOIN bearer_coupon ON bearer_coupon.id = use.coupon_id
       JOIN coupon_batch ON coupon_batch.id = bearer_coupon.batch_id
       JOIN receipt ON receipt.number = use.receipt AND receipt.store_id = use.store_id AND receipt.gone = 0 AND receipt.day = use.day
 WHERE use.day BETWEEN :first AND :last
"""


def used_on_receipts(connection: Connection, values: Mapping[str, object]) -> dict[int, Counter[str]]:
    """What each coupon paid of a receipt, by name; values are the first and last day."""
    found: dict[int, Counter[str]] = {}
    for receipt, name, amount in connection.execute(COUPONS, values):
        found.setdefault(receipt, Counter())[name] += amount
    return found
