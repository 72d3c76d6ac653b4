"""What rewards cost the shop on the day they were used: points and coupons what they paid, gifts what they cost."""

from __future__ import annotations

# Points as money at the till, where the till says it, else at their worth; what paid for a gift is counted as the gift.
REWARD_COSTS = """
SELECT day, iif(kind = 'points' AND amount = 0, points * :worth / 1000, amount) AS amount FROM redemption
 WHERE reverts IS NULL AND id NOT IN (SELECT reverts FROM redemption WHERE reverts IS NOT NULL)
   AND id NOT IN (SELECT redemption_id FROM points_used WHERE gift <> '')
UNION ALL
SELECT day, iif(what = 'handed out', cost, -cost) FROM gift_move WHERE what IN ('handed out', 'brought back')
"""
