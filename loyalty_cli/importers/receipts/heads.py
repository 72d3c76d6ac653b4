"""What is said once for a receipt: its number, store, card, moment, till and cashier."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress
from itertools import islice
from operator import eq
from operator import itemgetter
from operator import ne
from operator import not_
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.cards import bare
from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import cells_on
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import Column
from loyalty_cli.importers.cells import Memo
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.importers.receipts.card_column import CardColumn
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.moments import Moments
from loyalty_cli.model.days import iso
from loyalty_cli.model.purchase_batch import Desk
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.forms.garbled import can_be_kept
from loyalty_cli.reading.forms.garbled import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.terms import Terms
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase

# What may differ from row to row of one receipt.
DIFFERING = ("card", "date", "time")
# Between the parts of a receipt's key, where it has several.
BETWEEN = "|"
# A number that a spreadsheet has counted with, or that a program has kept as a binary fraction: 5.36E+05, 536365.0
SPOILED_NUMBER = re.compile(r"\d+(?:[.,]\d+)?[eE]\+\d+|\d+[.,]0")
SPOILED_PART = re.compile(r"[eE]\+|[.,]0(?:\||$)|\\ufffd|\ufffd")
# One of these stands in every spoiled number; looking for them costs a tenth of the pattern.
MARKS_OF_SPOILED = ("+", ".", ",", "\\", "\ufffd")

# A receipt may go over midnight, or a table be open all evening; from day to day it is another one with the same number.
LONGEST_SALE = 12 * 3600
TOO_FAR_APART = phrase(
    "date: more than 12 hours lie between this row and the first one with this number; numbers may begin anew each day "
    "or at each till: write in the layout receipt_key: [date, till, receipt], or those of them that the export has"
)


@dataclass(slots=True, kw_only=True)
class Heads:
    """One entry for each receipt."""

    stores: list[str]
    numbers: list[str]
    cards: list[int]
    days: list[Day]
    clocks: list[int]
    at: list[int]
    desks: list[Desk]
    originals: list[str]

    def drop(self, receipt: int) -> None:
        """Leave a receipt out."""
        for column in (
            self.stores,
            self.numbers,
            self.cards,
            self.days,
            self.clocks,
            self.at,
            self.desks,
            self.originals,
        ):
            if column:
                del column[receipt]


class HeadReader:
    """Reads the heads of receipts by one layout."""

    def __init__(self, layout: Layout, places: Places, terms: Terms, *, store: str) -> None:
        of_word = places.of_word
        self.key_words = [*(["store"] if "store" in of_word else []), *layout.receipt_key]
        self.parts = layout.receipt_key
        self.places = of_word
        self.key_of_row: Any = itemgetter(*(of_word[word] for word in self.key_words))
        words = dict.fromkeys(("receipt", *self.key_words, *DIFFERING))
        self.compared = [of_word[word] for word in words if word in of_word]
        self.moments = Moments(layout, places, terms.timezone)
        self.store = store
        self.dates: Memo[Day, str] = Memo(iso)
        self.stores = Column(
            of_word.get("store", -1),
            lambda text: (clean_text(text) or store or None) if can_be_kept(text) else None,
            lambda text: garbled("store", text) if text.strip() else phrase("store: it is empty"),
        )
        self.cards = CardColumn(of_word.get("card"), layout.card_rule, terms)
        self.desk_places = [of_word.get("till"), of_word.get("cashier")]
        self.desks: Memo[tuple[str, ...], Desk] = Memo(desk_of)

    def beginnings(self, columns: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
        """The rows on which receipts begin, and further rows of a receipt on which card, date or time differ."""
        heads = list(zip(*(columns[place] for place in self.compared), strict=True))
        starts = [0, *compress(range(1, len(heads)), map(ne, islice(heads, 1, None), heads))]
        keys = self.keys(columns, starts)
        again = [False, *map(eq, islice(keys, 1, None), keys)]
        if not any(again):
            return starts, []
        return list(compress(starts, map(not_, again))), list(compress(starts, again))

    def none(self) -> Heads:
        """No receipts."""
        return Heads(stores=[], numbers=[], cards=[], days=[], clocks=[], at=[], desks=[], originals=[])

    def keys(self, columns: Sequence[Sequence[str]], rows: Sequence[int]) -> Sequence[Any]:
        """The raw keys of some rows."""
        texts = [cells_on(columns[self.places[word]], rows) for word in self.key_words]
        return texts[0] if len(texts) == 1 else list(zip(*texts, strict=True))

    def join(self, heads: Heads, columns: Sequence[Sequence[str]], starts: Sequence[int], others: list[int], faults: Faults) -> None:
        """Add what differs on further rows: the earliest moment counts, a card may stand on any row, two cards are a fault."""
        days, clocks, at = self.moments.read(columns, others, faults)
        cards = self.cards.read(self.texts(columns, "card", others), others, faults)
        for place, row in enumerate(others):
            receipt = bisect_right(starts, row) - 1
            if at[place] and heads.at[receipt] and abs(at[place] - heads.at[receipt]) > LONGEST_SALE:
                faults.add(row, TOO_FAR_APART)
            if at[place] < heads.at[receipt]:
                heads.at[receipt], heads.days[receipt], heads.clocks[receipt] = at[place], days[place], clocks[place]
            first = heads.cards[receipt]
            heads.cards[receipt] = first or cards[place]
            if first and cards[place] and cards[place] != first:
                card = as_it_stands(self.cards.seen.numbers[cards[place]])
                faults.add(row, phrase("card: {card} is not the card of this receipt's first row", card=card))

    def read(self, columns: Sequence[Sequence[str]], starts: Sequence[int], faults: Faults, *, others: Sequence[int] = ()) -> Heads:
        """The heads of the receipts that begin at some rows; `others` are rows on which something of them differs."""
        self.cards.forget_many()
        days, clocks, at = self.moments.read(columns, starts, faults)
        count = len(starts)
        stores = (
            faults.read(self.stores, self.texts(columns, "store", starts), starts, "") if "store" in self.places else [self.store] * count
        )
        cards = self.cards.read(self.texts(columns, "card", starts), starts, faults)
        originals = (
            [bare(clean_text(text)) for text in self.texts(columns, "original_receipt", starts)]
            if "original_receipt" in self.places
            else []
        )
        for row, original in zip(starts, originals, strict=False):
            if not can_be_kept(original):
                faults.add(row, garbled("original_receipt", original))
        heads = Heads(
            stores=stores,
            numbers=self.numbers(columns, starts, days, faults),
            cards=cards,
            days=days,
            clocks=clocks,
            at=at,
            desks=self.read_desks(columns, starts, faults),
            originals=originals,
        )
        if others:
            self.join(heads, columns, starts, list(others), faults)
        return heads

    def texts(self, columns: Sequence[Sequence[str]], word: str, rows: Sequence[int]) -> Sequence[str]:
        """A column's cells on some rows; empty ones where the export has no such column."""
        if word not in self.places:
            return [""] * len(rows)
        return cells_on(columns[self.places[word]], rows)

    def names(self, rows: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
        """Store and number of the receipts of some rows, whatever else may be wrong with them."""
        if not rows:
            return []
        columns, places, faults = list(zip(*rows, strict=False)), range(len(rows)), Faults()
        days = self.moments.read(columns, places, faults)[0] if "date" in self.parts else []
        own = self.texts(columns, "store", places)
        stores = faults.read(self.stores, own, places, "") if "store" in self.places else [self.store] * len(rows)
        return list(zip(stores, self.numbers(columns, places, days, faults), strict=True))

    def read_desks(self, columns: Sequence[Sequence[str]], starts: Sequence[int], faults: Faults) -> list[Desk]:
        """Tills and cashiers."""
        if self.desk_places == [None, None]:
            return []
        pairs = list(zip(self.texts(columns, "till", starts), self.texts(columns, "cashier", starts), strict=True))
        desks = self.desks.column(pairs)
        if self.desks.bad:
            self.desks.bad = False
            for place, pair in enumerate(pairs):
                if desks[place] is None:
                    faults.add(starts[place], garbled("cashier", " ".join(pair)))
                    desks[place] = Desk("", "")
        return desks

    def numbers(self, columns: Sequence[Sequence[str]], starts: Sequence[int], days: list[Day], faults: Faults) -> list[str]:
        """The receipts' numbers within their store, made of the parts of the layout's key."""
        parts = []
        for word in self.parts:
            if word == "date":
                parts.append(self.dates.column(days))
                continue
            texts = [text.strip() for text in self.texts(columns, word, starts)]
            check_numbers(word, texts, starts, faults)
            parts.append(texts)
        if len(parts) == 1:
            return parts[0]
        if any(BETWEEN in "".join(part) for part in parts):
            parts = [[text.replace(BETWEEN, BETWEEN * 2) for text in part] for part in parts]
        return list(map(BETWEEN.join, zip(*parts, strict=True)))


def desk_of(pair: tuple[str, ...]) -> Desk | None:
    """A till with its cashier; None if they can not be kept."""
    return Desk(*map(clean_text, pair)) if can_be_kept("".join(pair)) else None


def garbled(word: str, text: str) -> Phrase:
    """Why a text is not taken."""
    if len(text) > LONGEST_TEXT:
        return phrase("{word}: the text is longer than {count} letters", word=column_said(word), count=LONGEST_TEXT)
    return phrase("{word}: the letters of {text} were damaged before this file was made", word=column_said(word), text=as_it_stands(text))


def check_numbers(word: str, texts: list[str], rows: Sequence[int], faults: Faults) -> None:
    """Note numbers that are missing or that a spreadsheet has spoiled; the usual batch costs one look at all of it."""
    together = BETWEEN.join(texts)
    if "'" in together or '="' in together:
        texts[:] = map(bare, texts)
    marked = any(map(together.__contains__, MARKS_OF_SPOILED))
    fits = len(together) <= LONGEST_TEXT or max(map(len, texts)) <= LONGEST_TEXT
    if fits and all(texts) and together.isprintable() and not (marked and SPOILED_PART.search(together)):
        return
    for place, text in enumerate(texts):
        if not text:
            faults.add(rows[place], phrase("{word}: it is empty", word=column_said(word)))
        elif not can_be_kept(text):
            faults.add(rows[place], garbled(word, text))
            texts[place] = ""
        elif not text.isprintable() or SPOILED_NUMBER.fullmatch(text):
            faults.add(rows[place], phrase("{word}: {text} is not a receipt's number", word=column_said(word), text=as_it_stands(text)))
