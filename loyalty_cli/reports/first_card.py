"""The card by which a member is told, as SQL: the first one. Who is another one now may have none left, and is told by the other's."""

from __future__ import annotations

CARD_OF = """
coalesce((SELECT card.number FROM card WHERE card.member_id = {member} ORDER BY card.id LIMIT 1), (
  SELECT card.number FROM member AS whose JOIN card ON card.member_id = whose.merged_into
   WHERE whose.id = {member} ORDER BY card.id LIMIT 1))"""
CARD = CARD_OF.format(member="member.id")
