"""The card and the name by which a member is told: in what was closed, those of then. As SQL that asks for `:closed_at`."""

from __future__ import annotations

# The first card; of a closed month, the first of those that were theirs then: whoever has become another member since had their own, and
# what another one brought along since was not.
CARD_OF = """
coalesce((SELECT card.number FROM card WHERE card.member_id = {member} ORDER BY :closed_at <> '' AND EXISTS (
  SELECT 1 FROM merge_step AS step JOIN by_hand ON by_hand.id = step.done_id AND by_hand.at > :closed_at
   WHERE step.name = 'card' AND step.key = CAST(card.id AS TEXT)), card.id LIMIT 1), (
  SELECT card.number FROM merge_step AS step JOIN card ON card.id = CAST(step.key AS INTEGER)
   WHERE step.name = 'card' AND step.was ->> 'member_id' = {member} ORDER BY card.id LIMIT 1), (
  SELECT card.number FROM member AS whose JOIN card ON card.member_id = whose.merged_into
   WHERE whose.id = {member} ORDER BY card.id LIMIT 1))"""
CARD = CARD_OF.format(member="member.id")
# The name, before whoever has become one with the member since brought another.
NAME = """
coalesce((SELECT step.was ->> 'name' FROM merge_step AS step JOIN by_hand ON by_hand.id = step.done_id AND by_hand.at > :closed_at
  WHERE :closed_at <> '' AND step.name = 'member' AND step.key = CAST(member.id AS TEXT) AND step.was ->> 'name' IS NOT NULL
  ORDER BY step.id LIMIT 1), member.name)"""
