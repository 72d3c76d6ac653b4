"""The ledger's entries of points sorted into what an accountant calls them."""

from __future__ import annotations


def points_by_kind(key: str, *, day: str, inside: str) -> str:
    """The beginning of a SELECT: sums of `:points` and `:pending` under a key until `:last`, by what they are.

    What a receipt took back is told by the receipt itself, which never changes: so what a closed month
    showed is shown for ever. The ledger is summed up before names are joined, which halves the time; and the few receipts of
    which something came back are looked up in a set, for to join every entry with its receipt takes as long as the sums.
    """
    # What is the same for all is no reason to sort.
    group = "1, 3, 4, 5, 6" if inside == "1" else "1, 2, 3, 4, 5, 6"
    return f"""
WITH heap AS (
  SELECT {key} AS key, {inside} AS inside, asset_id, rule_id, cause_kind = 4 AS given,
         cause_kind = 1 AND (cause_id IN (SELECT id FROM receipt WHERE total < 0)
                             OR (quantity < 0 AND cause_id IN (SELECT id FROM receipt WHERE returned > 0))) AS back,
         sum(quantity) AS quantity
    FROM ledger
   WHERE {day} <= :last AND asset_id IN (SELECT id FROM asset WHERE name IN (:points, :pending))
   GROUP BY {group}
),
entry AS (
  SELECT key, inside, quantity, asset.name AS asset,
         CASE WHEN asset.name = :pending THEN 'pending'
              WHEN rule.name = 'lapse' THEN 'lapsed'
              WHEN rule.name IN ('redeem', 'reinstate') THEN 'redeemed'
              WHEN given THEN 'other'
              WHEN back THEN 'taken back'
              ELSE 'earned' END AS kind
    FROM heap JOIN asset ON asset.id = heap.asset_id JOIN rule ON rule.id = heap.rule_id
)
"""


# What leaves the balance is shown as a positive number in a column that says so.
SUMS = """
sum(CASE WHEN kind = 'earned' AND inside THEN quantity ELSE 0 END) AS earned,
sum(CASE WHEN kind = 'redeemed' AND inside THEN -quantity ELSE 0 END) AS redeemed,
sum(CASE WHEN kind = 'lapsed' AND inside THEN -quantity ELSE 0 END) AS lapsed,
sum(CASE WHEN kind = 'taken back' AND inside THEN -quantity ELSE 0 END) AS taken_back,
sum(CASE WHEN kind = 'other' AND inside THEN quantity ELSE 0 END) AS other,
sum(CASE WHEN kind = 'pending' THEN quantity ELSE 0 END) AS pending
"""
