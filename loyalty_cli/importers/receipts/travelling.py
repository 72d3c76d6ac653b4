"""Batches on their way from the task that reads a file to the command that books it: their names are told once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.content import Contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.purchase_batch import Article
    from loyalty_cli.model.purchase_batch import PurchaseBatch


class Packed(NamedTuple):
    """A batch with its contents and without its lists of names; what these have got since the batch before, and from where on."""

    batch: PurchaseBatch
    cards: tuple[int, list[str]]
    articles: tuple[int, list[Article]]


class Growth:
    """Tells what a list that grows has got since it was asked last, and from which place on: another list from 0 on."""

    def __init__(self) -> None:
        self.entries: Sequence[Any] = ()
        self.count = 0

    def since(self, entries: Sequence[Any]) -> tuple[int, list[Any]]:
        """The place, and the entries from there on."""
        place = self.count if entries is self.entries else 0
        self.entries, self.count = entries, len(entries)
        return place, list(entries[place:])


class Packing:
    """Packs the batches of one file, in their order."""

    def __init__(self) -> None:
        self.contents = Contents()
        self.cards = Growth()
        self.articles = Growth()

    def packed(self, batch: PurchaseBatch) -> Packed:
        """A batch ready to travel."""
        slim = replace(self.contents.added(batch), card_numbers=(), catalogue=())
        return Packed(slim, self.cards.since(batch.card_numbers), self.articles.since(batch.catalogue))


class Unpacking:
    """Unpacks the batches of one file, in their order."""

    def __init__(self) -> None:
        self.cards: list[str] = []
        self.articles: list[Article] = []

    def unpacked(self, packed: Packed) -> PurchaseBatch:
        """The batch as it was, with its contents."""
        self.cards, self.articles = grown(self.cards, *packed.cards), grown(self.articles, *packed.articles)
        return replace(packed.batch, card_numbers=self.cards, catalogue=self.articles)


def grown(entries: list[Any], place: int, new: list[Any]) -> list[Any]:
    """The list with what it has got, which is another list if that begins at 0."""
    whole = entries if place else []
    whole += new
    return whole
