"""The usual export, read quickly: nothing is quoted, and a receipt's own columns stand before those of its rows.

A row is then two texts. The first one is the same for all rows of a receipt, and is read once; the second one (article,
quantity, amount) comes again and again, and is read once, too. Whatever is odd goes to the exact reader.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import chain
from itertools import compress
from itertools import count
from itertools import groupby
from itertools import islice
from operator import eq
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.columns import WORDS_OF_LINES
from loyalty_cli.importers.receipts.faults import Faults
from loyalty_cli.importers.receipts.gathering import Draft
from loyalty_cli.importers.receipts.shaping import BLANKS
from loyalty_cli.importers.receipts.sides import rows_below_zero
from loyalty_cli.importers.receipts.sides import settle_sides
from loyalty_cli.importers.receipts.whole import MOST_LINES
from loyalty_cli.importers.receipts.whole import too_long
from loyalty_cli.importers.receipts.whole import whole_receipts
from loyalty_cli.model.columns import picked
from loyalty_cli.model.content import identity
from loyalty_cli.model.content import line_prints
from loyalty_cli.model.content import Prints
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
    from loyalty_cli.importers.receipts.lines import Lines
    from loyalty_cli.model.purchase_batch import PurchaseBatch
    from loyalty_cli.reading.csv.files import CsvFile

# Tails that are remembered: goods at their prices, of which a large shop has more than of anything else.
MOST_TAILS = 100_000


def quick_reader(reader: ReceiptReader, layout: Layout, places: Places) -> QuickReader | None:
    """The quick reader, if the layout allows for it."""
    cut = min(place for word, place in places.of_word.items() if word in WORDS_OF_LINES)
    heads = [place for word, place in places.of_word.items() if word not in WORDS_OF_LINES]
    simple = not (layout.skip_bottom or reader.shaper.needed or reader.careful or layout.quote == "'")
    return QuickReader(reader, cut=cut, delimiter=layout.delimiter) if simple and max(heads) < cut else None


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

    def __init__(self, reader: ReceiptReader, *, cut: int, delimiter: str) -> None:
        self.reader = reader
        self.cut = cut
        self.delimiter = delimiter
        self.tails = Tails(reader, cut=cut, delimiter=delimiter)
        # What lines without any content are made of.
        self.blanks = BLANKS + delimiter + "\r\n"
        # The last receipt's lines, which wait for the next ones.
        self.carried = Texts([], [])
        # Receipts with anything odd, waiting to be read exactly, and their keys.
        self.odd = Texts([], [])
        self.odd_keys: set[Any] = set()
        self.mostly_odd = False

    def batches(self, csv: CsvFile, file: TextIO, line: int) -> Iterator[PurchaseBatch]:
        """All receipts from an open file whose next line follows line number `line`."""
        while texts := next_lines(file):
            lines = Texts(self.carried.texts + texts, [*self.carried.numbers, *range(line + 1, line + 1 + len(texts))])
            line += len(texts)
            csv.last_line = line
            yield from self.receipts(lines, csv, last=False)
            if len(self.tails) >= MOST_TAILS or self.mostly_odd:
                # Rows that never come again (weighed goods, say), or need another look, are read faster column by column.
                self.tails.clear()
                yield from self.exactly()
                yield from self.column_by_column(csv, file, line)
                return
        yield from self.receipts(self.carried, csv, last=True)
        yield from self.exactly()

    def column_by_column(self, csv: CsvFile, file: TextIO, line: int) -> Iterator[PurchaseBatch]:
        """The rest of the file by the exact reader."""
        rows = chain([self.rows(self.carried)], csv.batches(csv.reader(file), line))
        prepared = (self.reader.prepared(batch) for batch in rows)
        for whole in whole_receipts(prepared, self.reader.heads.key_of_row, csv.path.name):
            yield self.reader.batch(whole)

    def receipts(self, lines: Texts, csv: CsvFile, *, last: bool) -> Iterator[PurchaseBatch]:
        """The receipts of some lines; the last one waits for the next lines unless it is the file's last."""
        heads, starts, tails = self.cut_up(lines)
        odd = {place for place, parts in enumerate(heads) if len(parts) <= self.cut}
        for place in odd:
            heads[place] = [*lines.texts[starts[place]].rstrip("\r\n").split(self.delimiter), *([""] * self.cut)]
        keys = self.keys(heads, odd)
        again = list(map(eq, islice(keys, 1, None), keys))
        starts.append(len(tails))
        count = len(heads)
        if not last:
            count = max(0, count - 1)
            while count and again[count - 1]:
                count -= 1
            self.carried = lines.part(starts[count], len(tails))
            if len(self.carried.texts) > MOST_LINES:
                raise too_long(csv.path.name, self.carried.numbers[0])
        if not count:
            return
        if any(again):
            odd.update(*((place, place + 1) for place, same in enumerate(again) if same))
        del heads[count:], starts[count + 1 :], tails[starts[count] :]
        batch, odd = self.read(heads, starts, tails, lines.numbers, {place for place in odd if place < count})
        self.mostly_odd = len(odd) * 2 > count
        for run in runs_of(sorted(odd)):
            part = lines.part(starts[run[0]], starts[run[-1] + 1])
            yield from self.put_aside(part, {keys[place] for place in run})
        yield batch

    def keys(self, heads: list[list[str]], odd: set[int]) -> list[Any]:
        """The keys of receipts. A sum of others belongs to what stands above it: both are left to the exact reader."""
        keys = list(map(self.reader.heads.key_of_row, heads))
        for place in sorted(self.reader.shaper.sums_among(heads)):
            odd.add(place)
            keys[place] = keys[max(0, place - 1)]
        return keys

    def cut_up(self, lines: Texts) -> tuple[list[list[str]], list[int], list[str]]:
        """The heads of receipts, the places where they begin, and the tail of every line; blank lines are taken out."""
        heads: list[list[str]] = []
        starts: list[int] = []
        tails: list[str] = []
        blank: list[int] = []
        # No line begins so, not even a blank one.
        head = "\n\n"
        for line in lines.texts:
            tail = line.removeprefix(head)
            if tail == line:
                if not line.strip(self.blanks):
                    blank.append(len(tails) + len(blank))
                    continue
                parts = line.split(self.delimiter, self.cut)
                size = len(line) - len(parts[-1])
                head = line[:size] or "\n\n"
                heads.append(parts)
                starts.append(len(tails))
                tail = line[size:]
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
        return Rows([text.rstrip("\r\n").split(self.delimiter) for text in lines.texts], lines.numbers)


def runs_of(places: Sequence[int]) -> Iterator[list[int]]:
    """Places that follow each other, together."""
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        yield [place for _, place in run]


def receipt_of(starts: Sequence[int], row: int) -> int:
    """The receipt that a row belongs to."""
    return bisect_right(starts, row) - 1


class Tails(dict[str, Any]):
    """What the tails of lines mean: whether below zero, print, article, quantity, amount and, where there, discount and loyalty."""

    def __init__(self, reader: ReceiptReader, *, cut: int, delimiter: str) -> None:
        super().__init__()
        self.reader = reader
        self.cut = cut
        self.delimiter = delimiter
        self.catalogue = reader.lines.catalogue
        self.prints = Prints()
        self.unknown: list[str] = []

    def __missing__(self, tail: str) -> None:
        self.unknown.append(tail)

    def lines(self, tails: list[str]) -> tuple[Lines, list[int], list[int]]:
        """The rows of a batch, and the places of those below zero and of those that mean nothing."""
        if self.catalogue is not self.reader.lines.catalogue:
            self.catalogue = self.reader.lines.catalogue
            self.clear()
        values = list(map(self.__getitem__, tails))
        bad: list[int] = []
        if self.unknown:
            self.learn(list(dict.fromkeys(self.unknown)))
            nothing = (0,) * (7 if self.reader.lines.has_extras else 5)
            place = -1
            for tail in self.unknown:
                place = tails.index(tail, place + 1)
                values[place] = self.get(tail, nothing)
                if values[place] is nothing:
                    bad.append(place)
            self.unknown.clear()
        below, *columns = (list(column) for column in zip(*values, strict=True))
        return self.reader.lines.of_columns(columns), list(compress(count(), below)), bad

    def learn(self, tails: list[str]) -> None:
        """Read tails that have not come before."""
        cut_up = ([*([""] * self.cut), *tail.rstrip("\r\n").split(self.delimiter)] for tail in tails)
        found = {tail: cells for tail, cells in zip(tails, cut_up, strict=True) if len(cells) == self.reader.width}
        if not found:
            return
        rows, faults = list(found.values()), Faults()
        lines = self.reader.lines.read(list(zip(*rows, strict=True)), len(rows), faults)
        gifts = self.reader.left_out.gift_rows(Rows(rows, range(len(rows))))
        below, odd = set(rows_below_zero(lines)), self.reader.shaper.sums_among(rows) | faults.reasons.keys()
        sound = [row for row, gift in enumerate(gifts) if row not in odd and not gift]
        prints = dict(zip(sound, self.prints_of(lines, sound), strict=True))
        for row, (tail, value) in enumerate(zip(found, lines.values(), strict=True)):
            if row in prints:
                self[tail] = row in below, prints[row], *value

    def prints_of(self, lines: Lines, rows: Sequence[int]) -> list[int]:
        """What some lines add to the contents of their receipts."""
        articles = self.catalogue.articles
        prints = [self.prints[identity(articles[lines.articles[row]])] for row in rows]
        figures = (lines.quantities, lines.amounts, lines.discounts, lines.loyalty)
        return line_prints(prints, *([column[row] for row in rows] if column else [] for column in figures))
