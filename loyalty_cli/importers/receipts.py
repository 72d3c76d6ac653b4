"""Rows of whole receipts as a batch: checked, normalised, with the bad receipts set aside."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.faults import Faults
from loyalty_cli.importers.receipt_heads import HeadReader
from loyalty_cli.importers.receipt_lines import LineReader
from loyalty_cli.model.phrase import phrase
from loyalty_cli.model.purchase_batch import PurchaseBatch
from loyalty_cli.model.purchase_batch import SetAside
from loyalty_cli.reading.csv_files import Rows
from loyalty_cli.reading.number_forms import money_reader

if TYPE_CHECKING:
    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.importers.places import Places
    from loyalty_cli.importers.receipt_heads import Heads
    from loyalty_cli.importers.receipt_lines import Lines
    from loyalty_cli.importers.terms import Terms


class Draft:
    """A batch in the making: columns from which receipts can still be dropped."""

    def __init__(self, rows: Rows, starts: list[int], heads: Heads, lines: Lines) -> None:
        self.heads = heads
        self.lines = lines
        self.file_lines = list(map(rows.lines.__getitem__, starts))
        self.starts = [*starts, len(rows.cells)]
        self.lost: list[tuple[str, str]] = []
        self.set_aside: list[SetAside] = []

    def drop(self, rows: Rows, faults: Faults) -> None:
        """Take the receipts with faults out of the columns and set their rows aside."""
        lengths = list(map(sub, self.starts[1:], self.starts))
        for receipt in reversed(faults.receipts(self.starts[:-1])):
            first, last = self.starts[receipt], self.starts[receipt + 1]
            self.set_aside[:0] = faults.set_aside(rows, first, last)
            self.lost.append((self.heads.stores[receipt], self.heads.numbers[receipt]))
            self.lines.drop(first, last)
            self.heads.drop(receipt)
            del lengths[receipt], self.file_lines[receipt]
        self.starts = list(accumulate(lengths, initial=0))


class ReceiptReader:
    """Turns rows into batches of receipts by one layout."""

    def __init__(self, layout: Layout, places: Places, terms: Terms, *, store: str) -> None:
        self.heads = HeadReader(layout, places, terms, store=store)
        self.lines = LineReader(layout, places, terms.digits)
        self.width = places.width
        self.exact = places.exact
        self.ragged: dict[int, list[str]] = {}
        self.ignored = 0
        self.ignore = [
            (place, {clean_text(label).casefold() for label in layout.ignore[word]})
            for word, place in places.of_ignored.items()
        ]
        check = "total" in places.of_word and ("amount" in places.of_word or "price" in places.of_word)
        self.total = (places.of_word["total"], money_reader(layout.number_form, terms.digits)) if check else None

    def prepared(self, rows: Rows) -> Rows:
        """The rows without those to be ignored, none shorter than the header; odd ones are remembered."""
        widths = set(map(len, rows.cells))
        if widths != {self.width} and (self.exact or min(widths, default=self.width) < self.width):
            rows = self.evened(rows)
        for place, labels in self.ignore:
            kept = [index for index, row in enumerate(rows.cells) if clean_text(row[place]).casefold() not in labels]
            self.ignored += len(rows.cells) - len(kept)
            rows = Rows([rows.cells[index] for index in kept], [rows.lines[index] for index in kept])
        return rows

    def evened(self, rows: Rows) -> Rows:
        """Rows filled up or cut to the header's width; rows of empty cells are left out."""
        odd = [
            place
            for place, row in enumerate(rows.cells)
            if len(row) < self.width or (self.exact and len(row) > self.width)
        ]
        empty = [place for place in odd if not any(rows.cells[place])]
        for place in odd:
            row = rows.cells[place]
            self.ragged[rows.lines[place]] = row
            rows.cells[place] = (row + [""] * self.width)[: self.width]
        if not empty:
            return rows
        lines = list(rows.lines)
        for place in reversed(empty):
            del self.ragged[lines[place]]
            del rows.cells[place], lines[place]
        return Rows(rows.cells, lines)

    def batch(self, rows: Rows) -> PurchaseBatch:
        """The receipts of some rows, the bad ones set aside."""
        if not rows.cells:
            return self.made(Draft(rows, [], self.heads.none(), self.lines.none()), read=0)
        columns = list(zip(*rows.cells, strict=False))
        faults = Faults()
        starts, others = self.heads.beginnings(columns)
        heads = self.heads.read(columns, starts, faults, others=others)
        lines = self.lines.read(columns, len(rows.cells), faults)
        self.note_ragged(rows, faults)
        self.note_totals(columns, starts, lines, faults)
        draft = Draft(rows, starts, heads, lines)
        if faults:
            draft.drop(rows, faults)
        return self.made(draft, read=len(rows.cells))

    def note_ragged(self, rows: Rows, faults: Faults) -> None:
        """Rows with too few or too many cells."""
        if not self.ragged:
            return
        for place, line in enumerate(rows.lines):
            if line in self.ragged:
                rows.cells[place] = self.ragged.pop(line)
                count = len(rows.cells[place])
                faults.add(
                    place,
                    phrase("the row has {count} cells, {width} were expected", count=count, width=self.width),
                )

    def note_totals(self, columns: list[tuple[str, ...]], starts: list[int], lines: Lines, faults: Faults) -> None:
        """Receipts whose rows do not add up to the total that the till says."""
        if self.total is None:
            return
        place, money = self.total
        ends = [*starts[1:], len(lines.amounts)]
        for first, last in zip(starts, ends, strict=True):
            text = columns[place][first]
            said, added = money(text), sum(lines.amounts[first:last])
            if said is None:
                faults.add(first, phrase("total: {text} is not a number of the layout's form", text=repr(text)))
            elif abs(said) != abs(added):
                faults.add(
                    first,
                    phrase(
                        "total: the till says {said}, the rows add up to {added} of the smallest coin",
                        said=text,
                        added=added,
                    ),
                )

    def made(self, draft: Draft, *, read: int) -> PurchaseBatch:
        """The batch with its sums and contents."""
        heads, lines, starts = draft.heads, draft.lines, draft.starts
        batch = PurchaseBatch(
            stores=heads.stores,
            numbers=heads.numbers,
            cards=heads.cards,
            at=heads.at,
            days=heads.days,
            clocks=heads.clocks,
            totals=sums(lines.amounts, starts),
            returned=returned_parts(lines, starts),
            loyalty=loyalty_parts(lines, starts) if self.lines.has_extras else [],
            originals=heads.originals,
            desks=heads.desks,
            file_lines=draft.file_lines,
            starts=starts,
            articles=lines.articles,
            quantities=lines.quantities,
            amounts=lines.amounts,
            discounts=lines.discounts,
            line_loyalty=lines.loyalty,
            catalogue=self.lines.catalogue.articles,
            lost=draft.lost,
            set_aside=draft.set_aside,
            read=read + self.ignored,
            ignored=self.ignored,
            ambiguous=self.heads.moments.ambiguous,
        )
        self.ignored = self.heads.moments.ambiguous = 0
        return batch


def sums(values: list[int], starts: list[int]) -> list[int]:
    """The sum of each receipt's lines."""
    running = list(accumulate(values, initial=0))
    at = list(map(running.__getitem__, starts))
    return list(map(sub, at[1:], at))


def returned_parts(lines: Lines, starts: list[int]) -> list[int]:
    """What each receipt gives back, as a number not below zero."""
    parts = [0] * (len(starts) - 1)
    for place in lines.returns:
        parts[bisect_right(starts, place) - 1] -= lines.amounts[place]
    return parts


def loyalty_parts(lines: Lines, starts: list[int]) -> list[int]:
    """What of each receipt was paid with coupons or points; a return gives none of it back here."""
    return [max(0, part) for part in sums(lines.loyalty, starts)]
