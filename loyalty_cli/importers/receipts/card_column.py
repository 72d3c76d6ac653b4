"""The column of cards: what its cells say, numbered, because a card comes again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import Column
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.cards import CardRule
    from loyalty_cli.importers.receipts.faults import Faults
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.shown.phrase import Phrase

# A file with more cards is taken in with a new list of them, so that the memory stays as it is.
MOST_CARDS = 50_000


def spoiled_said(card: str, known: str) -> Phrase:
    """What is said of a card that is a known one written otherwise."""
    if card.isdigit():
        return phrase("card: {card} is the known card {known}, whose noughts a spreadsheet has changed", card=card, known=known)
    text = "card: {card} looks like the known card {known}; if it is another one, say first: loyalty member add --card {card}"
    return phrase(text, card=card, known=known)


class SeenCards:
    """The cards seen so far, numbered from 1; 0 is no card. Spoiled ones are none, nor unknown ones where only known ones count."""

    def __init__(self, rule: CardRule, terms: Terms) -> None:
        self.rule = rule
        self.terms = terms
        self.numbers = [""]
        self.known = {"": 0}

    def number(self, text: str) -> int | None:
        """The number of a cell's card; None if it can not be taken."""
        card = card_number(text, self.rule)
        if card is None or (card and not self.is_taken(card)):
            return None
        place = self.known.setdefault(card, len(self.numbers))
        if place == len(self.numbers):
            self.numbers.append(card)
        return place

    def is_taken(self, card: str) -> bool:
        """Whether the shop takes a card."""
        return card not in self.terms.spoiled and (self.terms.card_is_known is None or self.terms.card_is_known(card))

    def why(self, text: str) -> Phrase:
        """Why a cell's card can not be taken."""
        card = card_number(text, self.rule)
        if card is None:
            return phrase("card: {text} is not a card's number", text=as_it_stands(text))
        if card in self.terms.spoiled:
            return spoiled_said(card, self.terms.spoiled[card])
        return phrase("card: {text} is not known", text=as_it_stands(text))


class CardColumn:
    """Reads the column of cards by one layout; `place` is None where the export has none."""

    def __init__(self, place: int | None, rule: CardRule, terms: Terms) -> None:
        self.place = place
        self.rule = rule
        self.terms = terms
        self.begin()

    def begin(self) -> None:
        """A new list of cards, and what texts mean there. The list does not know of these: no cycle keeps an old one alive."""
        self.seen = SeenCards(self.rule, self.terms)
        self.column = Column(self.place or 0, self.seen.number, self.seen.why)

    def forget_many(self) -> None:
        """Begin a new list where the old one has grown too large."""
        if len(self.seen.numbers) > MOST_CARDS:
            self.begin()

    def read(self, texts: Sequence[str], rows: Sequence[int], faults: Faults) -> list[int]:
        """The cards of some rows, as they are numbered in the list."""
        return faults.read(self.column, texts, rows, 0) if self.place is not None else [0] * len(rows)
