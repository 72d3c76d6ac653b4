"""What rewards cost the shop on the day they were used: points and coupons what they paid, gifts what they cost."""

from __future__ import annotations

# Coupons printed for whoever brings them, by the name of their batch; no rule gave them, and what is not used costs nothing.
BATCH_COSTS = """
SELECT bearer_use.day AS day, bearer_use.amount AS amount, 1 AS uses, 'coupon:' || coupon_batch.name AS asset,
       'coupons.' || coupon_batch.name AS rule
  FROM bearer_use JOIN bearer_coupon ON bearer_coupon.id = bearer_use.coupon_id
  JOIN coupon_batch ON coupon_batch.id = bearer_coupon.batch_id
"""
# Points as money at the till, where the till says it, else as points; what paid for a gift is counted as the gift.
# A coupon knows the rule that gave it; a gift that was brought back is one use less.
REWARD_COSTS = """
SELECT redemption.day AS day, amount, iif(kind = 'points' AND amount = 0, points, 0) AS points, 1 AS uses,
       CASE WHEN kind = 'coupon' THEN coalesce((SELECT name FROM asset WHERE id = coupon.asset_id), 'coupon:')
            WHEN points_used.wallet <> '' THEN 'wallet:' || points_used.wallet ELSE 'points' END AS asset,
       coalesce((SELECT name FROM rule WHERE id = coupon.rule_id), '') AS rule
  FROM redemption LEFT JOIN points_used ON points_used.redemption_id = redemption.id
  LEFT JOIN further_use ON further_use.redemption_id = redemption.id LEFT JOIN second_use ON second_use.redemption_id = redemption.id
  LEFT JOIN coupon ON coupon.id = coalesce(redemption.coupon_id, further_use.coupon_id, second_use.coupon_id)
 WHERE reverts IS NULL AND redemption.id NOT IN (SELECT reverts FROM redemption WHERE reverts IS NOT NULL)
   AND coalesce(points_used.gift, '') = ''
UNION ALL
SELECT day, iif(what = 'handed out', cost, -cost), 0, iif(what = 'handed out', 1, -1), 'gift:' || due_as, '' FROM gift_move
 WHERE what IN ('handed out', 'brought back')
"""
