"""The card and the name by which a member is told: in what was closed, those of then. As SQL that asks for `:closed_at`."""

from __future__ import annotations

# The first card; of a closed month, the first of those that were theirs then: whoever has become another member since had their own, and
# what another one brought along since was not. What merges changed is looked up once for all members.
CARD_OF = """
coalesce((SELECT card.number FROM card WHERE card.member_id = {member} ORDER BY card.id IN (
  SELECT CAST(step.key AS INTEGER) FROM merge_step AS step JOIN by_hand ON by_hand.id = step.done_id
   WHERE :closed_at <> '' AND by_hand.at > :closed_at AND step.name = 'card'), card.id LIMIT 1), (
  WITH left_with AS MATERIALIZED (
    SELECT CAST(step.was ->> 'member_id' AS INTEGER) AS member_id, card.number, min(card.id)
      FROM merge_step AS step JOIN card ON card.id = CAST(step.key AS INTEGER) WHERE step.name = 'card' GROUP BY 1)
  SELECT number FROM left_with WHERE left_with.member_id = {member}), (
  SELECT card.number FROM member AS whose JOIN card ON card.member_id = whose.merged_into
   WHERE whose.id = {member} ORDER BY card.id LIMIT 1))"""
CARD = CARD_OF.format(member="member.id")
# The name, before whoever has become one with the member since brought another.
NAME = """
coalesce((
  WITH earlier AS MATERIALIZED (
    SELECT CAST(step.key AS INTEGER) AS member_id, step.was ->> 'name' AS name, min(step.id)
      FROM merge_step AS step JOIN by_hand ON by_hand.id = step.done_id
     WHERE :closed_at <> '' AND by_hand.at > :closed_at AND step.name = 'member' AND step.was ->> 'name' IS NOT NULL GROUP BY 1)
  SELECT name FROM earlier WHERE earlier.member_id = member.id), member.name)"""
