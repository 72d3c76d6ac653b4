"""The ledger's entries of points sorted into what an accountant calls them."""

from __future__ import annotations


def points_by_kind(key: str, *, day: str, inside: str) -> str:
    """The beginning of a SELECT: sums of `:points` and `:pending` under a key until `:last`, by what they are.

    What a receipt took back is told by the receipt itself, which never changes: so what a closed month
    showed is shown for ever. Each entry is named while the ledger is summed up, for sums by all that the name hangs on take twice
    as long; and the few receipts of which something came back are looked up in a set, for to join every entry with its receipt
    takes as long as the sums.
    """
    # What is the same for all is no reason to sort.
    group = "1, 3" if inside == "1" else "1, 2, 3"
    return f"""
WITH entry AS (
  SELECT {key} AS key, {inside} AS inside,
         CASE WHEN asset_id IN (SELECT id FROM asset WHERE name = :pending) THEN 'pending'
              WHEN rule_id IN (SELECT id FROM rule WHERE name = 'lapse') THEN 'lapsed'
              WHEN rule_id IN (SELECT id FROM rule WHERE name IN ('redeem', 'reinstate')) THEN 'redeemed'
              WHEN cause_kind = 4 THEN 'other'
              WHEN cause_kind = 1 AND (cause_id IN (SELECT id FROM receipt WHERE total < 0)
                                       OR (quantity < 0 AND cause_id IN (SELECT id FROM receipt WHERE returned > 0))) THEN 'taken back'
              ELSE 'earned' END AS kind,
         sum(quantity) AS quantity
    FROM ledger
   WHERE {day} <= :last AND asset_id IN (SELECT id FROM asset WHERE name IN (:points, :pending))
   GROUP BY {group}
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
