"""The usual export, read quickly: nothing is quoted, and a receipt's own columns stand before those of its rows.

A row is then two texts. The first one is the same for all rows of a receipt, and is read once; the second one (article,
quantity, amount) comes again and again, and is read once, too. Whatever is odd goes to the exact reader.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain
from itertools import compress
from itertools import groupby
from itertools import islice
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import MOST_REMEMBERED
from loyalty_cli.importers.layouts.columns import WORDS_OF_LINES
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.gathering import Draft
from loyalty_cli.importers.receipts.sides import settle_sides
from loyalty_cli.importers.receipts.whole import MOST_LINES
from loyalty_cli.importers.receipts.whole import too_long
from loyalty_cli.importers.receipts.whole import whole_receipts
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


def quick_reader(reader: ReceiptReader, layout: Layout, places: Places) -> QuickReader | None:
    """The quick reader, if the layout allows for it."""
    cut = min(place for word, place in places.of_word.items() if word in WORDS_OF_LINES)
    heads = [place for word, place in places.of_word.items() if word not in WORDS_OF_LINES]
    simple = not (layout.skip_bottom or reader.shaper.needed or reader.careful or layout.quote == "'")
    return QuickReader(reader, cut=cut, delimiter=layout.delimiter) if simple and max(heads) < cut else None


class QuickReader:
    """Reads lines of text into batches of receipts."""

    def __init__(self, reader: ReceiptReader, *, cut: int, delimiter: str) -> None:
        self.reader = reader
        self.cut = cut
        self.delimiter = delimiter
        self.tails = Tails(reader, cut=cut, delimiter=delimiter)
        self.carried: list[str] = []

    def batches(self, csv: CsvFile, file: TextIO, line: int) -> Iterator[PurchaseBatch]:
        """All receipts from an open file whose next line follows line number `line`."""
        while lines := list(islice(file, ROWS_AT_A_TIME)):
            first = line + 1 - len(self.carried)
            line += len(lines)
            csv.last_line = line
            yield from self.receipts(self.carried + lines, first, csv, last=False)
            if len(self.tails) >= MOST_REMEMBERED:
                # Rows that never come again (weighed goods, say) are read faster column by column.
                yield from self.column_by_column(csv, file, line)
                return
        if self.carried:
            yield from self.receipts(self.carried, line + 1 - len(self.carried), csv, last=True)

    def column_by_column(self, csv: CsvFile, file: TextIO, line: int) -> Iterator[PurchaseBatch]:
        """The rest of the file by the exact reader."""
        rows = csv.batches(csv.reader(chain(self.carried, file)), line - len(self.carried))
        prepared = (self.reader.prepared(batch) for batch in rows)
        for whole in whole_receipts(prepared, self.reader.heads.key_of_row, csv.path.name):
            yield self.reader.batch(whole)

    def receipts(self, lines: list[str], first: int, csv: CsvFile, *, last: bool) -> Iterator[PurchaseBatch]:
        """The receipts of some lines; the last one waits for the next lines unless it is the file's last."""
        heads, starts, tails = self.cut_up(lines)
        keys = [self.key(parts) for parts in heads]
        again = [key == before for key, before in zip(islice(keys, 1, None), keys, strict=False)]
        count = len(heads)
        if not last:
            count -= 1
            while count and again[count - 1]:
                count -= 1
            self.carried = lines[starts[count] :]
            if len(self.carried) > MOST_LINES:
                raise too_long(csv.path.name, first + starts[count])
        if not count:
            return
        end = starts[count] if count < len(starts) else len(lines)
        rows = Rows([], range(first, first + end))
        starts = [*starts[:count], end]
        odd = {place for place in range(count) if (place and again[place - 1]) or (place + 1 < count and again[place])}
        yield from self.read(rows, heads[:count], starts, tails[:end], lines=lines, odd=odd)

    def cut_up(self, lines: list[str]) -> tuple[list[list[str]], list[int], list[str]]:
        """The heads of receipts, the places where they begin, and the tail of every line."""
        heads: list[list[str]] = []
        starts: list[int] = []
        tails: list[str] = []
        head, size = "\n", 0
        for place, line in enumerate(lines):
            if not line.startswith(head):
                parts = line.split(self.delimiter, self.cut)
                size = len(line) - len(parts[-1])
                head = line[:size] or "\n"
                heads.append(parts)
                starts.append(place)
            tails.append(line[size:])
        return heads, starts, tails

    def key(self, parts: list[str]) -> Any:
        """A receipt's raw key; a line that is too short has one of its own."""
        return self.reader.heads.key_of_row(parts) if len(parts) > self.cut else parts

    def read(
        self,
        rows: Rows,
        heads: list[list[str]],
        starts: list[int],
        tails: list[str],
        *,
        lines: list[str],
        odd: set[int],
    ) -> Iterator[PurchaseBatch]:
        """Read receipts; whichever has anything odd is left to the exact reader."""
        odd |= {place for place, parts in enumerate(heads) if len(parts) <= self.cut}
        if odd:
            heads = [[""] * (self.cut + 1) if place in odd else parts for place, parts in enumerate(heads)]
        faults = Faults()
        numbers = range(len(heads))
        columns = list(zip(*heads, strict=False))
        read_heads = self.reader.heads.read(columns, list(numbers), faults)
        read_lines, bad = self.tails.lines(tails)
        for row in bad:
            faults.reasons[receipt_of(starts, row)] = []
        settle_sides(read_lines, starts[:-1], self.reader.lines.catalogue.articles)
        odd |= set(faults.reasons)
        draft = Draft(Rows([], range(0)), [], read_heads, read_lines)
        draft.file_lines = [rows.lines[start] for start in starts[:-1]]
        draft.starts = starts
        for place in sorted(odd, reverse=True):
            leave_out(draft, place)
        # Bad dates are read once more, and counted then.
        self.reader.heads.moments.turned = 0
        yield self.reader.made(draft, read=draft.starts[-1])
        for run in runs_of(sorted(odd)):
            yield self.exactly(lines, rows, starts, run)

    def exactly(self, lines: list[str], rows: Rows, starts: list[int], receipts: list[int]) -> PurchaseBatch:
        """Some receipts by the exact reader, which says what is wrong with them."""
        places = [row for receipt in receipts for row in range(starts[receipt], starts[receipt + 1])]
        cells = [lines[place].rstrip("\r\n").split(self.delimiter) for place in places]
        blank = [any(row) and row != ["\x1a"] for row in cells]
        kept = Rows(list(compress(cells, blank)), list(compress([rows.lines[place] for place in places], blank)))
        return self.reader.batch(self.reader.prepared(kept) if kept.cells else kept)


def runs_of(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow each other, together."""
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]


def receipt_of(starts: Sequence[int], row: int) -> int:
    """The receipt that a row belongs to."""
    return bisect_right(starts, row) - 1


def leave_out(draft: Draft, receipt: int) -> None:
    """Take one receipt out of the columns."""
    first, last = draft.starts[receipt], draft.starts[receipt + 1]
    draft.lines.drop(first, last)
    draft.heads.drop(receipt)
    del draft.file_lines[receipt]
    gone = last - first
    draft.starts = [*draft.starts[: receipt + 1], *(start - gone for start in draft.starts[receipt + 2 :])]


class Tails(dict[str, Any]):
    """What the tails of lines mean: article, quantity, amount and, where the export has them, discount and loyalty."""

    def __init__(self, reader: ReceiptReader, *, cut: int, delimiter: str) -> None:
        super().__init__()
        self.reader = reader
        self.cut = cut
        self.delimiter = delimiter
        self.bad = False

    def __missing__(self, tail: str) -> Any:
        cells = [*([""] * self.cut), *tail.rstrip("\r\n").split(self.delimiter)]
        value = None
        if len(cells) == self.reader.width:
            faults = Faults()
            lines = self.reader.lines.read([(cell,) for cell in cells], 1, faults)
            gift = self.reader.left_out.gift_rows(Rows([cells], [0]))[0]
            if not faults and not gift:
                extras = (*lines.discounts, *lines.loyalty)
                value = (lines.articles[0], lines.quantities[0], lines.amounts[0], *extras)
        if value is None:
            self.bad = True
            return None
        self[tail] = value
        return value

    def lines(self, tails: list[str]) -> tuple[Any, list[int]]:
        """The rows of a batch, and the places of those that mean nothing."""
        values = list(map(self.__getitem__, tails))
        bad: list[int] = []
        if self.bad:
            self.bad = False
            extras = 2 if self.reader.lines.has_extras else 0
            bad = [place for place, value in enumerate(values) if value is None]
            for place in bad:
                values[place] = (0,) * (3 + extras)
        return self.reader.lines.of_values(values), bad
