"""Uses of coupons beyond what their terms allow, as tills without the database tell of them: of members' coupons and of bearers'."""

from __future__ import annotations

# Of a coupon that was made for whoever brings it all uses are kept alike: which are too many is what its terms say.
USED_AGAIN = """
SELECT coupon.code AS code, member.name AS name, first.day AS first_day, first.store_id AS first_store, again.day AS day,
       again.store_id AS store_id, again.receipt AS receipt, again.amount AS amount, again.import_id AS import_id, again.id AS id
  FROM second_use JOIN redemption AS again ON again.id = second_use.redemption_id
                  JOIN coupon ON coupon.id = second_use.coupon_id
                  JOIN member ON member.id = coupon.member_id
                  LEFT JOIN redemption AS first ON first.coupon_id = coupon.id
UNION ALL
SELECT code, '', first_day, first_store, day, store_id, receipt, amount, NULL, id FROM (
  SELECT bearer_coupon.code AS code, use.day AS day, use.store_id AS store_id, use.receipt AS receipt, use.amount AS amount, use.id AS id,
         coupon_batch.terms AS terms, first_value(use.day) OVER each AS first_day, first_value(use.store_id) OVER each AS first_store,
         row_number() OVER each AS nth, sum(use.amount) OVER each - use.amount AS paid_before
    FROM bearer_use AS use JOIN bearer_coupon ON bearer_coupon.id = use.coupon_id
                           JOIN coupon_batch ON coupon_batch.id = bearer_coupon.batch_id
  WINDOW each AS (PARTITION BY use.coupon_id ORDER BY use.day, use.clock, use.id))
 WHERE nth > 1 AND iif(json_extract(terms, '$.remainder') = 'is kept', paid_before >= json_extract(terms, '$.worth'),
                       nth > coalesce(json_extract(terms, '$.uses'), 1))"""
