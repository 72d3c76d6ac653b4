"""A card that stands twice in one list of members, each time with another name."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING
from zlib import crc32

from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.listed import ListedMember
    from loyalty_cli.model.shown.phrase import Phrase

# So many cards are remembered, which takes some ten megabytes.
MOST = 100_000
SHOWN = 3


class Twice(NamedTuple):
    """A card with the two lines that give it two names."""

    card: str
    first: int
    second: int

    @property
    def said(self) -> Phrase:
        """What an owner should look at."""
        return phrase(
            "Card {card} stands in the lines {first} and {second} with two names; the last one counts.",
            card=self.card,
            first=self.first,
            second=self.second,
        )


class NamesOfCards:
    """The cards of a list with their names, row by row."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[int, int]] = {}
        self.twice: list[Twice] = []

    def add(self, line: int, member: ListedMember) -> None:
        """Take a row into account; one without a name says nothing."""
        if member.name is None:
            return
        name = crc32(" ".join(member.name.casefold().split()).encode())
        for card in member.cards:
            first, before = self.seen.get(card, (line, name))
            if before != name:
                self.twice.append(Twice(card, first, line))
            if len(self.seen) < MOST:
                self.seen[card] = (line, name)

    def said(self) -> Iterator[Phrase]:
        """The first of them, in words."""
        return (twice.said for twice in self.twice[:SHOWN])
