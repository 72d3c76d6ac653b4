"""The usual export, read quickly: a receipt's own columns stand before those of its rows, and nothing in them is quoted.

A row is then two texts. The first one is the same for all rows of a receipt, and is read once; the second one (article,
quantity, amount) comes again and again, and is read once, too. Whatever is odd goes to the exact reader.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from itertools import compress
from itertools import groupby
from itertools import islice
from operator import eq
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.columns import WORDS_OF_LINES
from loyalty_cli.importers.receipts.draft import Draft
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.shaping import BLANKS
from loyalty_cli.importers.receipts.sides import settle_sides
from loyalty_cli.importers.receipts.tails import CutUp
from loyalty_cli.importers.receipts.tails import Tails
from loyalty_cli.importers.receipts.whole import MOST_LINES
from loyalty_cli.importers.receipts.whole import too_long
from loyalty_cli.importers.receipts.whole import whole_receipts
from loyalty_cli.model.columns import picked
from loyalty_cli.reading.csv.files import lines_of
from loyalty_cli.reading.csv.files import next_lines
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.csv.files import ROWS_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import TextIO

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.importers.receipts.gathering import ReceiptReader
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.reading.csv.files import CsvFile

# Tails that are remembered: goods at their prices, of which a large shop has more than of anything else.
MOST_TAILS = 100_000


def quick_reader(reader: ReceiptReader, layout: Layout, places: Places) -> QuickReader | None:
    """The quick reader, if the layout allows for it."""
    cut = min(place for word, place in places.of_word.items() if word in WORDS_OF_LINES)
    heads = [place for word, place in places.of_word.items() if word not in WORDS_OF_LINES]
    simple = not (layout.skip_bottom or reader.shaper.needed or reader.careful or layout.quote == "'")
    return QuickReader(reader, CutUp(layout.csv_form), cut=cut) if simple and max(heads) < cut else None


@dataclass(frozen=True, slots=True)
class Texts:
    """Lines of a file as they stand there, with their numbers."""

    texts: list[str]
    numbers: list[int]

    def part(self, first: int, last: int) -> Texts:
        """Some of them."""
        return Texts(self.texts[first:last], self.numbers[first:last])


class QuickReader:
    """Reads lines of text into batches of receipts."""

    def __init__(self, reader: ReceiptReader, cells: CutUp, *, cut: int) -> None:
        self.reader = reader
        self.cells = cells
        self.cut = cut
        self.tails = Tails(reader, cells, cut=cut)
        # What lines without any content are made of.
        self.blanks = BLANKS + cells.delimiter + "\r\n"
        # The last receipt's lines, which wait for the next ones.
        self.carried = Texts([], [])
        # Receipts with anything odd, waiting to be read exactly, and their keys.
        self.odd = Texts([], [])
        self.odd_keys: set[Any] = set()
        self.mostly_odd = False

    def batches(self, source: CsvFile, file: TextIO, line: int) -> Iterator[PurchaseBatch]:
        """All receipts from an open file whose next line follows line number `line`."""
        while text := next_lines(file):
            texts, before = lines_of(text), self.carried
            lines = Texts(before.texts + texts, [*before.numbers, *range(line + 1, line + 1 + len(texts))])
            try:
                found = list(self.receipts(lines, source.path.name, last=False))
            except csv.Error:
                # A cell of several lines, or quotes in a receipt's own columns.
                self.carried = before
                yield from self.column_by_column(source, chain(StringIO(text, newline=""), file), line)
                return
            line += len(texts)
            source.last_line = line
            yield from found
            if len(self.tails) >= MOST_TAILS or self.mostly_odd:
                # Rows that never come again (weighed goods, say), or need another look, are read faster column by column.
                yield from self.column_by_column(source, file, line)
                return
        yield from self.receipts(self.carried, source.path.name, last=True)
        yield from self.exactly()

    def column_by_column(self, source: CsvFile, file: Iterator[str], line: int) -> Iterator[PurchaseBatch]:
        """The rest of the file by the exact reader."""
        self.tails.clear()
        yield from self.exactly()
        rows = chain([self.rows(self.carried)], source.batches(source.reader(file), line))
        prepared = (self.reader.prepared(batch) for batch in rows)
        for whole in whole_receipts(prepared, self.reader.heads.key_of_row, source.path.name):
            yield self.reader.batch(whole)

    def receipts(self, lines: Texts, file: str, *, last: bool) -> Iterator[PurchaseBatch]:
        """The receipts of some lines; the last one waits for the next lines unless it is the file's last."""
        heads, starts, tails = self.cut_up(lines)
        if self.reader.watcher is not None:
            self.reader.watcher.look(heads, before=self.cut)
        odd = {place for place, parts in enumerate(heads) if len(parts) <= self.cut}
        for place in odd:
            heads[place] = [*self.cells(lines.texts[starts[place]]), *([""] * self.cut)]
        keys = list(map(self.reader.heads.key_of_row, heads))
        sums = self.reader.shaper.sums_among(heads)
        odd |= sums
        again = together(keys, sums)
        starts.append(len(tails))
        count = len(heads)
        if not last:
            count = max(0, count - 1)
            while count and again[count - 1]:
                count -= 1
            self.carried = lines.part(starts[count], len(tails))
            # Whether each is a row of its own.
            self.rows(self.carried)
            if len(self.carried.texts) > MOST_LINES:
                raise too_long(file, self.carried.numbers[0])
        if not count:
            return
        odd.update(*((place, place + 1) for place in compress(range(len(again)), again)))
        del heads[count:], starts[count + 1 :], tails[starts[count] :]
        batch, odd = self.read(heads, starts, tails, lines.numbers, {place for place in odd if place < count})
        self.mostly_odd = len(odd) * 2 > count
        for run in runs_of(sorted(odd)):
            part = lines.part(starts[run[0]], starts[run[-1] + 1])
            yield from self.put_aside(part, {keys[place] for place in run})
        yield batch

    def cut_up(self, lines: Texts) -> tuple[list[list[str]], list[int], list[str]]:
        """The heads of receipts, the places where they begin, and the tail of every line; blank lines are taken out.

        csv.Error says that a head is quoted.
        """
        heads: list[list[str]] = []
        starts: list[int] = []
        tails: list[str] = []
        blank: list[int] = []
        # No line begins so, not even a blank one.
        head, quote = "\n\n", self.cells.quote
        for line in lines.texts:
            tail = line.removeprefix(head)
            if tail == line:
                if not line.strip(self.blanks):
                    blank.append(len(tails) + len(blank))
                    continue
                parts = line.split(self.cells.delimiter, self.cut)
                tail = parts[-1]
                head = line[: len(line) - len(tail)] or "\n\n"
                if quote and quote in head:
                    raise csv.Error
                heads.append(parts)
                starts.append(len(tails))
            tails.append(tail)
        for place in reversed(blank):
            del lines.texts[place], lines.numbers[place]
        return heads, starts, tails

    def read(
        self, heads: list[list[str]], starts: list[int], tails: list[str], numbers: list[int], odd: set[int]
    ) -> tuple[PurchaseBatch, set[int]]:
        """Read receipts; the places of those with anything odd, which are left to the exact reader."""
        read_lines, below, bad = self.tails.lines(tails)
        odd |= {receipt_of(starts, row) for row in bad}
        # They go again; a sound head in their place gives the columns nothing to find wrong.
        sound = next((head for place, head in enumerate(heads) if place not in odd), [""] * (self.cut + 1))
        for place in odd:
            heads[place] = sound
        faults = Faults()
        read_heads = self.reader.heads.read(list(zip(*heads, strict=False)), range(len(heads)), faults)
        odd |= {receipt_of(starts, row) for row in self.reader.minus_rows(read_lines, below)}
        rows = settle_sides(read_lines, below, starts[:-1], self.reader.lines.catalogue.articles)
        for row, print_ in zip(rows, self.tails.prints_of(read_lines, rows), strict=True):
            read_lines.prints[row] = print_
        odd |= set(faults.reasons)
        draft = Draft(Rows([], range(0)), [], read_heads, read_lines)
        draft.file_lines = list(picked(numbers, starts[:-1]))
        draft.starts = starts
        if odd:
            draft.leave_out(odd)
        # Bad dates are read once more, and counted then.
        self.reader.heads.moments.turned = 0
        return self.reader.made(draft, read=draft.starts[-1]), odd

    def put_aside(self, lines: Texts, keys: set[Any]) -> Iterator[PurchaseBatch]:
        """Let odd receipts wait for others, so that few batches are small; what lies apart in the file stays apart."""
        if len(self.odd.texts) >= ROWS_AT_A_TIME or not keys.isdisjoint(self.odd_keys):
            yield from self.exactly()
        self.odd.texts.extend(lines.texts)
        self.odd.numbers.extend(lines.numbers)
        self.odd_keys |= keys

    def exactly(self) -> Iterator[PurchaseBatch]:
        """The odd receipts by the exact reader, which says what is wrong with them."""
        rows, self.odd = self.rows(self.odd), Texts([], [])
        self.odd_keys.clear()
        if rows.cells:
            yield self.reader.batch(self.reader.prepared(rows))

    def rows(self, lines: Texts) -> Rows:
        """Lines cut into cells."""
        return Rows(list(map(self.cells, lines.texts)), lines.numbers)


def together(keys: list[Any], sums: set[int]) -> list[bool]:
    """Whether each but the last goes to the exact reader together with the next one.

    Two with one key may be one receipt; a row that says the sum of others may stand within a receipt.
    """
    again = list(map(eq, islice(keys, 1, None), keys))
    return [same or place in sums or place + 1 in sums for place, same in enumerate(again)] if sums else again


def runs_of(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow each other, together."""
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]


def receipt_of(starts: Sequence[int], row: int) -> int:
    """The receipt that a row belongs to."""
    return bisect_right(starts, row) - 1
