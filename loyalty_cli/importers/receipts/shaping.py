"""Rows as they stand in the file, made alike before they are read: blanks filled, rows left out, cells put together."""

from __future__ import annotations

import re
from fnmatch import translate
from itertools import chain
from itertools import repeat
from typing import TYPE_CHECKING

from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import Memo
from loyalty_cli.importers.layouts.labels import labels_at
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.receipts.filling import filler_of
from loyalty_cli.importers.receipts.head_rows import cells_of_heads
from loyalty_cli.reading.csv.files import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.labels import LabelColumn
    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places

Row = list[str]
BYTE_ORDER_MARK = "\ufeff"
# Blanks of all kinds, byte order marks, and the Ctrl-Z that ends a file of a DOS program.
BLANKS = " \t\u00a0\u202f\ufeff\x1a"
MINUS = frozenset("-\u2212(")
# What stands between the words of a pattern.
BETWEEN_WORDS = re.compile(r"(?:\[[^]]*\]|[\s*?\[\]!])+")


def without_blank(rows: Rows) -> Rows:
    """The rows that say anything; spreadsheets write rows of empty cells, DOS programs fill up with Ctrl-Z."""
    if all(map(str.strip, [row[0] for row in rows.cells], repeat(BLANKS))):
        return rows
    filled = [place for place, row in enumerate(rows.cells) if any(cell.strip(BLANKS) for cell in row)]
    if len(filled) == len(rows.cells):
        return rows
    return Rows([rows.cells[place] for place in filled], [rows.lines[place] for place in filled])


class Shaper:
    """Makes the rows of one file alike, in the order in which they stand there."""

    def __init__(self, layout: Layout, places: Places, header: Row, *, ignores: bool = True) -> None:
        self.header = [folded(name) for name in header]
        self.width = places.width
        self.uneven = layout.uneven_rows
        self.empty = set(layout.empty)
        self.totals = TotalRows(layout.total_rows) if layout.total_rows else None
        self.keep = labels_at(layout.keep, places)
        # Where receipts have totals, what they ignore is told apart from the rest by receipt (see left_out.py).
        self.ignore = labels_at(layout.ignore, places) if ignores else []
        self.fill = filler_of(layout, places)
        self.behind = behind_of(layout, places)
        self.cells_behind = max([places.width, *(place + 1 for place in places.of_word.values())]) - places.width
        self.ignored = 0
        # The last line of a batch, if its row was left out because of a label.
        self.ignored_line = 0
        self.headers = 0
        # The lines of the headers within the file.
        self.header_lines: list[int] = []

    @property
    def needed(self) -> bool:
        """Whether usual rows, with as many cells as the header has and no sums of others, need more than to be cut into cells."""
        return bool(self.empty or self.keep or self.ignore or self.fill or self.behind)

    def shaped(self, rows: Rows, odd: Mapping[int, Row] | None = None) -> Rows:
        """The rows that are receipts' rows, each with all it needs; `odd` are lines with too few or too many cells."""
        rows = self.without_marks(rows)
        if self.empty:
            cells = [["" if cell.strip() in self.empty else cell for cell in row] for row in rows.cells]
            rows = Rows(cells, rows.lines)
        sums = self.sums_among(rows.cells)
        if self.fill is not None:
            for place, row in enumerate(rows.cells):
                (self.fill.end_group if place in sums else self.fill)(row)
            sums |= {place for place, row in enumerate(rows.cells) if self.fill.is_heading(row)}
        rows = self.kept(rows, [place not in sums for place in range(len(rows.cells))]) if sums else rows
        rows = self.labelled(rows, odd)
        for row in rows.cells if self.behind else ():
            del row[self.width :]
            for made in self.behind:
                row.extend(made(row))
        return rows

    def sums_among(self, cells: Sequence[Row]) -> set[int]:
        """The places of rows that say the sum of others."""
        if self.totals is None or not self.totals.among(cells):
            return set()
        return {place for place, row in enumerate(cells) if self.totals.has(row)}

    def labelled(self, rows: Rows, odd: Mapping[int, Row] | None) -> Rows:
        """The rows that their labels take or do not leave out."""
        for label in self.keep:
            rows = self.kept_by(rows, label, label.marked(rows.cells), odd)
        for label in self.ignore:
            rows = self.kept_by(rows, label, [not found for found in label.marked(rows.cells)], odd)
        return rows

    def kept_by(self, rows: Rows, label: LabelColumn, keep: list[bool], odd: Mapping[int, Row] | None) -> Rows:
        """The rows that a label takes, or does not leave out; one whose label may be cut off stays, to be set aside."""
        if odd:
            short = {line for line, row in odd.items() if len(row) <= label.place + 1}
            keep = [kept or line in short for kept, line in zip(keep, rows.lines, strict=True)]
        if keep and not keep[-1]:
            self.ignored_line = rows.lines[-1]
        return self.kept(rows, keep)

    def without_marks(self, rows: Rows) -> Rows:
        """Files put one behind the other: a byte order mark within the file goes, a second header is no row.

        Neither is a row of empty cells.
        """
        if not all(map(any, rows.cells)):
            full = [place for place, row in enumerate(rows.cells) if any(row)]
            rows = Rows([rows.cells[place] for place in full], [rows.lines[place] for place in full])
        firsts = "\n".join([row[0] for row in rows.cells])
        if BYTE_ORDER_MARK in firsts:
            for row in rows.cells:
                row[0] = row[0].removeprefix(BYTE_ORDER_MARK)
        first = self.header[0] if self.header else ""
        if not first or first.split()[0] not in firsts.casefold():
            return rows
        again = [folded(row[0]) == first and [folded(cell) for cell in row] == self.header for row in rows.cells]
        if not any(again):
            return rows
        self.headers += sum(again)
        self.header_lines += [line for line, header in zip(rows.lines, again, strict=True) if header]
        return self.kept(rows, [not header for header in again])

    def kept(self, rows: Rows, keep: list[bool]) -> Rows:
        """Some of the rows; the others are counted as ignored."""
        if all(keep):
            return rows
        places = [place for place, kept in enumerate(keep) if kept]
        self.ignored += len(keep) - len(places)
        return Rows([rows.cells[place] for place in places], [rows.lines[place] for place in places])


class TotalRows:
    """Rows that say the sum of others, by the patterns of one layout, with * for anything."""

    def __init__(self, patterns: Sequence[str]) -> None:
        small = [pattern.casefold() for pattern in patterns]
        self.words: set[str] = set()
        for parts in map(BETWEEN_WORDS.split, small):
            # As few words as may be, as each is looked for in each batch.
            if self.words.isdisjoint(parts):
                self.words.add(max(parts, key=len))
        self.pattern = re.compile("|".join(map(translate, small)))

    def among(self, cells: Sequence[Sequence[str]]) -> bool:
        """Whether a word of the patterns stands anywhere in some rows."""
        # Most cells come again and again, in a batch and even more so in a column.
        text = "\n".join(set(chain.from_iterable(cells))).casefold()
        return any(word in text for word in self.words)

    def has(self, row: Sequence[str]) -> bool:
        """Whether a row says a sum of others."""
        return any(self.pattern.match(folded(cell)) for cell in row if cell)


def behind_of(layout: Layout, places: Places) -> list[Callable[[Row], Row]]:
    """What is put together and stands behind a row's own cells, in the order of places.found_places."""
    made = [
        cells_of_heads(word, own, layout, places) if layout.head_rows and word in {"card", "total"} else TOGETHER[word](own)
        for word, own in places.several.items()
    ]
    if layout.returns_share_number and "receipt_of_file" in places.of_word:
        made.append(ReturnNumbers(layout, places))
    return made


def with_blanks(own: Sequence[int]) -> Callable[[Row], Row]:
    """A date or a kind in several cells as one."""
    return lambda row: [" ".join(row[place].strip() for place in own)]


def first_filled(own: Sequence[int]) -> Callable[[Row], Row]:
    """The card of a row that has several cells for it."""
    first, *others = own
    return lambda row: [row[first] if row[first].strip() else next((row[place] for place in others if row[place].strip()), "")]


TOGETHER: dict[str, Callable[[Sequence[int]], Callable[[Row], Row]]] = {
    "date": with_blanks,
    "card": first_filled,
    "kind": with_blanks,
}


class ReturnNumbers:
    """A till that gives a return the number of its sale: the return becomes a receipt of its own, which names the sale."""

    def __init__(self, layout: Layout, places: Places) -> None:
        of_word = places.of_word
        self.receipt = of_word["receipt_of_file"]
        self.moment = [*places.several.get("date", [of_word["date"]]), *([of_word["time"]] if "time" in of_word else [])]
        self.kind = of_word.get("kind")
        by_label = layout.returns == "by label" or layout.returns is None
        self.labels = {clean_text(label).casefold() for label in layout.return_labels} if by_label else set()
        by_amount = layout.returns == "negative amount" or (layout.returns is None and "quantity" not in of_word)
        word = ("amount" if "amount" in of_word else "total") if by_amount else "quantity"
        self.number = of_word.get(word)
        self.says = self.kind if self.kind is not None and self.labels else self.number
        self.returns: Memo[str, bool] = Memo(self.is_return)

    def __call__(self, row: Row) -> Row:
        """The receipt's number, and that of the sale it takes back."""
        number = row[self.receipt].strip().removeprefix("'")
        if not number or self.says is None or not self.returns[row[self.says]]:
            return [number, ""]
        return [" ".join([number, "R", *(row[place].strip() for place in self.moment)]), number]

    def is_return(self, text: str) -> bool:
        """Whether a label or a number says that its row is a return."""
        if self.kind is not None and self.labels:
            return clean_text(text).casefold() in self.labels
        return not MINUS.isdisjoint(text)
