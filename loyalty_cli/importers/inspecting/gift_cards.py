"""The draft's word on gift cards: articles that their names show to be some are no turnover when they are sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.gift_cards import GiftCards
from loyalty_cli.importers.gift_cards import KNOWN_NAMES
from loyalty_cli.importers.gift_cards import NAMING_WORDS
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from loyalty_cli.importers.inspecting.inspection import Inspection

SHOWN = 3


def gift_cards_settled(of: Inspection) -> None:
    """Leave gift cards out where some were sold."""
    gifts = GiftCards(KNOWN_NAMES)
    columns = [of.means.of_word[word] for word in NAMING_WORDS if word in of.means]
    sold = [text for column in columns for text in column.texts if gifts.judged((text,))]
    if sold:
        text = "Gift cards ({names}) are no turnover when they are sold, for what is paid with them is; write no to count them."
        why = phrase("They count when somebody pays with them, not when they are sold.")
        of.found("gift_cards", phrase("Gift cards"), ", ".join(sold[:SHOWN]), why)
        of.draft.settle("gift_cards", "yes", phrase(text, names=", ".join(sold[:SHOWN])))
