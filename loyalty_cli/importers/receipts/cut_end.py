"""A file whose last line has no end: whether its last row may be cut short and still be read as something else."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import MOST_REMEMBERED
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import LOOSE

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places

DECIMALS = re.compile(r"[-+(\u2212]?[^\d]*[\d\s.,'\u00a0\u202f\u2019]*?(?:[.,](?P<part>\d+))?")
MONEY = frozenset({"amount", "total", "discount", "paid_by_loyalty", "refunded"})
NUMBERS = MONEY | {"price", "quantity"}
# Numbers of receipts and cards, and moments: nothing but their length tells that they are whole.
NUMBERED = frozenset({"card", "receipt", "receipt_of_file", "original_receipt"})
MOMENTS = frozenset({"date", "time"})
# A shortened name of an article may well be that of another one.
ARTICLES = frozenset({"product", "product_name", "category"})
# So many others of one length speak for that length.
ENOUGH = 3


def read_places(places: Places) -> set[int]:
    """The cells of a row that are read."""
    several = [place for own in places.several.values() for place in own]
    return {*places.of_word.values(), *places.of_label.values(), *several}


class CutEnd:
    """Watches the rows of a file go by, and judges its last one. `quoted` says that the file ends with a quote."""

    def __init__(self, layout: Layout, places: Places, *, digits: int, quoted: bool) -> None:
        self.layout = layout
        self.places = places
        self.digits = digits if layout.decimals is None else layout.decimals
        self.quoted = quoted
        self.read = {place for place in read_places(places) if place < places.width}
        self.watched = [places.width - 1] if places.exact else sorted(self.read)
        self.seen: dict[int, set[str]] = {place: set() for place in self.watched}
        self.widths: set[int] = set()
        self.row: list[str] = []
        self.line = 0

    def watch(self, cells: Sequence[list[str]], lines: Sequence[int]) -> None:
        """Learn from some rows, all but the last one, which may be the file's."""
        for row in chain([self.row] if self.row else [], cells[:-1]):
            self.widths.add(len(row))
            for place in self.watched:
                if place < len(row) and len(self.seen[place]) < MOST_REMEMBERED:
                    self.seen[place].add(row[place].strip())
        if cells:
            self.row, self.line = list(cells[-1]), lines[-1]

    def may_be_cut(self) -> bool:
        """Whether the last row may have been longer, as the others show."""
        last = len(self.row) - 1
        if not self.places.exact and len(self.row) not in self.widths and any(place > last for place in self.read):
            return True
        return last in self.read and last in self.seen and not self.is_whole(last)

    def decides_on_ignoring(self) -> bool:
        """Whether the last row may have been taken or left out by a cell that is cut short, or cut off."""
        labels = [self.places.of_label[word] for word in (*self.layout.keep, *self.layout.ignore) if word in self.places.of_label]
        if self.layout.gift_cards:
            labels += [self.places.of_word[word] for word in ARTICLES if word in self.places.of_word]
        return any(place >= len(self.row) - 1 for place in labels) and self.may_be_cut()

    def is_blank_part(self) -> bool:
        """Whether the last row is the beginning of one: empty cells, fewer than the others have."""
        return 1 < len(self.row) < self.places.width and not any(cell.strip() for cell in self.row)

    def is_whole(self, place: int) -> bool:
        """Whether nothing can be missing from the last row's last cell."""
        cell, seen = self.row[place].strip(), self.seen[place]
        words = {word for word, own in self.places.of_word.items() if own == place}
        words |= {word for word, own in self.places.several.items() if place in own}
        if words & ARTICLES and not self.quoted:
            return False
        if place in self.places.of_label.values() or not words <= NUMBERS | NUMBERED | MOMENTS:
            return bool(cell) and is_known_text(cell, {*seen, *self.labels()})
        if self.quoted:
            return True
        return all(self.is_whole_word(word, cell, {text for text in seen if text}) for word in words)

    def is_whole_word(self, word: str, cell: str, seen: Collection[str]) -> bool:
        """Whether a number, a card or a moment is whole."""
        if word in NUMBERS:
            known = self.digits if word in MONEY and not self.layout.fine_amounts else None
            return is_whole_number(cell, seen, known)
        if word == "date" and self.has_fixed_length():
            return True
        return len(seen) >= ENOUGH and {len(text) for text in seen} == {len(cell)}

    def has_fixed_length(self) -> bool:
        """Whether all dates of the layout's form have the same length, so that a cut one is none."""
        several = self.places.several.get("date", ())
        return not date_form(self.layout.dates).words & (LOOSE | {"A"}) and len(several) < 2

    def labels(self) -> set[str]:
        """What the layout says that cells may say."""
        layout = self.layout
        given = chain.from_iterable(chain(*labels.values()) for labels in (layout.keep, layout.ignore, layout.cancelled, layout.head_rows))
        return {*given, *layout.sale_labels, *layout.return_labels}


def is_known_text(cell: str, known: Collection[str]) -> bool:
    """Whether a text is one of those known, and none of them goes on where it ends."""
    folded = cell.casefold()
    others = {text.casefold() for text in known}
    return folded in others and not any(other.startswith(folded) and other != folded for other in others)


def is_whole_number(cell: str, others: Collection[str], digits: int | None) -> bool:
    """Whether a number has as many decimals as all others; without a known count, enough others must show it.

    >>> is_whole_number("12.3", ["7.50", "12.00"], 2), is_whole_number("12.34", ["7.50", "12.00"], 2)
    (False, True)
    """
    parts = {decimals(other) for other in others}
    part = decimals(cell)
    if not part or parts - {part} or len({mark_of(text) for text in (cell, *others)}) > 1:
        return False
    return part == digits if digits is not None else len(others) >= ENOUGH


def mark_of(number: str) -> str:
    """The last mark in a number: that of its decimals, if it has any."""
    return next((letter for letter in reversed(number) if letter in ".,"), "")


def decimals(text: str) -> int | None:
    """How many decimals a number has; None if the text is none."""
    match = DECIMALS.fullmatch(text.strip())
    if match is None or not any(map(str.isdigit, text)):
        return None
    return len(match["part"] or "")
