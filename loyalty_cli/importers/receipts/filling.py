"""Cells that are written once, for a receipt or for a group of rows, and left blank below."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.columns import WORDS_OF_LINES

if TYPE_CHECKING:
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places

Row = list[str]
# The word and the sum.
FEWEST_OF_TOTALS = 2
# What a till says of each row or, where it leaves blanks, once for the receipt.
MAY_BE_OF_RECEIPT = ("total", "kind")
# The words that begin a row of totals in the languages of our tills.
TOTAL = re.compile(
    r"(grand |sub ?)?totals?\b|razem\b|suma\b|podsumowanie\b|łącznie\b|ogółem\b|итого\b|всего\b|gesamt\b|summe\b",
    re.IGNORECASE,
)


def looks_like_totals(row: Row) -> bool:
    """Whether a row seems to say the sum of those above."""
    return any(TOTAL.match(cell.strip()) for cell in row if cell)


def filler_of(layout: Layout, places: Places) -> WithinReceipt | Grouped | None:
    """What fills the blanks of one file's rows, if its layout leaves blanks."""
    if layout.fill_down == "within receipt":
        return WithinReceipt(layout, places)
    return Grouped(places) if layout.fill_down == "grouped" else None


def receipt_place(places: Places) -> int | None:
    """Where the file has the receipt's number."""
    return places.of_word.get("receipt_of_file", places.of_word.get("receipt"))


def said_once(places: Places) -> list[int]:
    """The columns of the receipt itself, in the order of the file."""
    words = [word for word in places.of_word if word in MAY_BE_OF_RECEIPT or word not in WORDS_OF_LINES]
    of_lines = {place for word, place in places.of_word.items() if word in WORDS_OF_LINES and word not in MAY_BE_OF_RECEIPT}
    labels = [place for place in places.of_label.values() if place not in of_lines]
    own = {*(places.of_word[word] for word in words), *chain(*places.several.values()), *labels}
    return sorted(place for place in own if place < places.width)


class WithinReceipt:
    """Blanks take what the receipt's first row says; nothing goes from one receipt to another."""

    def __init__(self, layout: Layout, places: Places) -> None:
        self.receipt = receipt_place(places)
        self.columns = said_once(places)
        of_word = places.of_word
        parts = {self.receipt, *(of_word.get(word) for word in ("store", *layout.receipt_key) if word != "receipt")}
        self.key = [place for place in parts if place is not None and place < places.width]
        articles = [of_word[word] for word in ("product", "product_name") if word in of_word]
        self.sold = articles or [of_word[word] for word in ("amount", "price", "quantity") if word in of_word]
        self.first: Row = []

    def __call__(self, row: Row) -> None:
        """Fill one row in place."""
        number = row[self.receipt].strip() if self.receipt is not None else ""
        if not self.first or any(self.differs(row, place) for place in self.key):
            self.first = row
            return
        if not number and not self.goes_on(row):
            return
        for place in self.columns:
            if not row[place].strip():
                row[place] = self.first[place]

    def differs(self, row: Row, place: int) -> bool:
        """Whether a cell of the key says something else than on the receipt's first row."""
        return bool(row[place].strip()) and row[place].strip() != self.first[place].strip()

    def is_heading(self, row: Row) -> bool:
        """The first row of a receipt sells something, too."""
        return False

    def end_group(self, row: Row) -> None:
        """A row of totals ends nothing: receipts are known by their numbers."""

    def goes_on(self, row: Row) -> bool:
        """Whether a row without a number belongs to the receipt above: it sells something and is no row of totals."""
        return any(row[place].strip() for place in self.sold) and not looks_like_totals(row)


class Grouped:
    """A grouped report: a blank repeats the cell above as long as nothing to its left has changed.

    A card stays with its receipt: where the number changes, a blank card is no card. Where receipts are grouped by card, a
    blank card is the one above until the card's own row of totals has come.
    """

    def __init__(self, places: Places) -> None:
        self.columns = said_once(places)
        self.receipt = receipt_place(places)
        self.cards = set(places.several.get("card", [places.of_word.get("card", -1)]))
        self.by_card = self.receipt is not None and all(card < self.receipt for card in self.cards)
        self.goods = [place for word, place in places.of_word.items() if word in {*WORDS_OF_LINES, "total"} - {"kind"}]
        self.above: Row = []
        # Groups from this column on have come to their totals.
        self.ended: int | None = None
        self.has_totals = False

    def __call__(self, row: Row) -> None:
        """Fill one row in place."""
        if looks_like_totals(row) and not self.begins(row):
            return
        if self.above:
            new_receipt = self.is_new(row, self.receipt)
            own_card = new_receipt and not (self.by_card and self.has_totals)
            changed = False
            for place in self.columns:
                if row[place].strip():
                    changed = changed or self.is_new(row, place)
                elif not changed and not self.is_over(place) and not (own_card and place in self.cards):
                    row[place] = self.above[place]
        self.above = row
        self.ended = None

    def begins(self, row: Row) -> bool:
        """Whether a row has a receipt's number of its own, whatever its goods are called; a word for sums alone calls none."""
        numbered = self.receipt is not None and bool(row[self.receipt].strip())
        only_sum = any(TOTAL.fullmatch(cell.strip(" :")) for cell in row)
        return numbered and not only_sum and not looks_like_totals([row[place] for place in self.columns])

    def is_heading(self, row: Row) -> bool:
        """Whether a row only begins a group: it says a day or a receipt for those below, and sells nothing itself."""
        return bool(self.goods) and not any(row[place].strip() for place in self.goods)

    def end_group(self, row: Row) -> None:
        """Take a row of totals into account: the groups of the first column that says something are over.

        A remark of one cell, such as the number of a page, ends nothing.
        """
        if sum(bool(cell.strip()) for cell in row) < FEWEST_OF_TOTALS and not looks_like_totals(row):
            return
        first = next((place for place in self.columns if row[place].strip()), len(row))
        self.ended = first if self.ended is None else min(first, self.ended)
        self.has_totals = True

    def is_over(self, place: int) -> bool:
        """Whether the group of a column has come to its totals."""
        return self.ended is not None and place >= self.ended

    def is_new(self, row: Row, place: int | None) -> bool:
        """Whether a cell says something else than the one above."""
        return place is not None and bool(row[place].strip()) and row[place].strip() != self.above[place].strip()
