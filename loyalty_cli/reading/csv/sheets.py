"""The cells of a workbook (XLSX), row by row as they come out of the archive: no more stands in the memory than a row."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.reading.csv.workbook_parts import Book
from loyalty_cli.reading.csv.workbook_parts import DAMAGE
from loyalty_cli.reading.csv.workbook_parts import LONGEST
from loyalty_cli.reading.csv.workbook_parts import Parts
from loyalty_cli.reading.csv.workbook_parts import Relations
from loyalty_cli.reading.csv.workbook_parts import SameColumns
from loyalty_cli.reading.csv.workbook_parts import Styles
from loyalty_cli.reading.csv.workbook_parts import Texts
from loyalty_cli.reading.csv.workbook_parts import TooMuch
from loyalty_cli.reading.csv.workbook_parts import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from loyalty_cli.reading.csv.workbook_parts import Cell

# No till writes so many columns; a spreadsheet has so many rows.
WIDEST = 1000
DEEPEST = 1 << 20
# What an empty row costs of the budget.
A_ROW = 16
TOP = 200
A_PLACE = re.compile(r"([A-Za-z]{1,3})[0-9]{0,7}")
A_NUMBER = re.compile(r"[+-]?[0-9.]{1,400}(?:[eE][+-]?[0-9]{1,4})?")
# What a float can still be told from infinity by.
LARGEST = 1e300


class Sheet(Watcher):
    """A sheet: its rows as lists of cells up to the last filled one, ready to be taken after each piece."""

    def __init__(self, value: Callable[[str, str, str], Cell], spend: Callable[[int], None]) -> None:
        self.value = value
        self.spend = spend
        self.rows: list[list[Cell]] = []
        self.row: dict[int, Cell] = {}
        self.number = self.column = self.letters = 0
        self.parts: list[str] = []
        self.reads = self.spoken = False
        self.kind = self.style = ""

    def start(self, name: str, values: dict[str, str]) -> None:
        """A row, a cell or its content begins."""
        if name in {"v", "t"}:
            self.reads = not self.spoken
        elif name == "rPh":
            self.spoken = True
        elif name == "c":
            self.column = column_of(values["r"]) if "r" in values else self.column + 1
            self.kind, self.style, self.parts = values.get("t", "n"), values.get("s", ""), []
        elif name == "row":
            self.next_row(values.get("r", ""))

    def end(self, name: str) -> None:
        """A row, a cell or its content is whole."""
        if name in {"v", "t"}:
            self.reads = False
        elif name == "rPh":
            self.spoken = False
        elif name == "c":
            value = self.value("".join(self.parts), self.kind, self.style)
            if value not in (None, ""):
                self.row[self.column] = value
                if isinstance(value, str):
                    # One text can be shared by any number of cells.
                    self.spend(len(value))
        elif name == "row":
            last = max(self.row, default=0)
            if last > WIDEST:
                raise TooMuch
            self.spend(last)
            self.rows.append([self.row.get(place) for place in range(1, last + 1)])

    def text(self, text: str) -> None:
        """A part of a cell's content."""
        if self.reads:
            self.letters += len(text)
            self.parts.append(text)
            if self.letters > LONGEST:
                raise TooMuch

    def next_row(self, number: str) -> None:
        """A row begins; those that are left out are empty."""
        self.row, self.column, self.letters = {}, 0, 0
        said = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else 0
        if said > DEEPEST:
            raise ValueError(f"it has a row {said}")
        if said > self.number + 1:
            self.spend(A_ROW * (said - self.number - 1))
            self.rows += [[] for _ in range(said - self.number - 1)]
        self.number = max(said, self.number + 1)

    def taken(self) -> list[list[Cell]]:
        """The rows that are whole by now."""
        rows, self.rows = self.rows, []
        return rows


def column_of(place: str) -> int:
    """The number of a cell's column: 1 of A7, 28 of AB7."""
    found = A_PLACE.fullmatch(place)
    if found is None:
        raise ValueError(f"it has a cell {place[:20]}")
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - 64
    return number


class Values:
    """What the text of a cell means, by its kind and its style."""

    def __init__(self, texts: list[str], styles: Styles, since: datetime) -> None:
        self.texts = texts
        self.meanings = styles.meanings()
        self.since = since

    def __call__(self, text: str, kind: str, style: str) -> Cell:
        """The value of a cell."""
        if not text:
            return None
        if kind == "n":
            return self.number(text, style)
        if kind == "s":
            return self.texts[int(text[:9])] if text.isascii() and text.isdigit() else None
        if kind == "b":
            return text == "1"
        return text

    def number(self, text: str, style: str) -> Cell:
        """A number, or the date that it stands for; what is neither stays as it is written."""
        if not A_NUMBER.fullmatch(text):
            return text
        try:
            number = float(text) if "." in text or "e" in text.lower() else int(text)
            if style in self.meanings:
                return self.meanings[style](number, self.since)
            return number if abs(number) < LARGEST else text
        except (ValueError, OverflowError):
            return text


def rows_of(path: Path) -> Iterator[list[Cell]]:
    """The rows of the first sheet that has any; TooMuch, one of DAMAGE, or at the end SameColumns."""
    parts = Parts(path)
    with parts.archive:
        book, relations, texts, styles = Book(), Relations(), Texts(), Styles()
        parts.seen("xl/workbook.xml", book)
        parts.seen("xl/_rels/workbook.xml.rels", relations)
        parts.seen(relations.kinds.get("sharedStrings", "xl/sharedStrings.xml"), texts, most=parts.left)
        parts.seen(relations.kinds.get("styles", "xl/styles.xml"), styles)
        value = Values(texts.texts, styles, book.since)
        files = ((relations.files.get(relation, ""), called) for relation, called in book.sheets)
        sheets = ((rows_in(parts, file, value), called) for file, called in files if parts.has(file))
        for rows, _ in sheets:
            if top := list(islice(rows, TOP)):
                yield from top
                yield from rows
                refuse_same_columns(header_among(top), sheets)
                return


def refuse_same_columns(header: list[Cell], others: Iterator[tuple[Iterator[list[Cell]], str]]) -> None:
    """Stop where another sheet goes on with what the one that was read has, and has any rows: nobody would miss them."""
    for rows, called in others if len(header) > 1 else ():
        try:
            again = header in map(without_end, islice(rows, TOP)) and any(map(without_end, rows))
        except (TooMuch, *DAMAGE):
            continue
        if again:
            raise SameColumns(called)


def header_among(top: list[list[Cell]]) -> list[Cell]:
    """Of the first rows with nothing but texts the one that has most: the names of the columns."""
    texts = (row for row in map(without_end, top) if all(cell is None or isinstance(cell, str) for cell in row))
    return max(texts, key=lambda row: sum(cell is not None for cell in row), default=[])


def without_end(row: list[Cell]) -> list[Cell]:
    """A row without the empty cells behind its last one."""
    return row[: max((place for place, cell in enumerate(row, 1) if cell is not None), default=0)]


def rows_in(parts: Parts, name: str, value: Values) -> Iterator[list[Cell]]:
    """The rows of one sheet, of one width."""
    return padded(sheet_rows(parts, name, Sheet(value, parts.spend)), parts.spend)


def sheet_rows(parts: Parts, name: str, sheet: Sheet) -> Iterator[list[Cell]]:
    """The rows of one sheet as they stand there."""
    for _ in parts.pieces(name, sheet):
        yield from sheet.taken()


def padded(rows: Iterator[list[Cell]], spend: Callable[[int], None]) -> Iterator[list[Cell]]:
    """Rows of one width, that of the widest of the first ones; nothing for a sheet without a filled cell."""
    top = list(islice(rows, TOP))
    width = max(map(len, top), default=0)
    if not width:
        return
    for part in (top, rows):
        for row in part:
            if len(row) < width:
                spend(width - len(row))
                row.extend([None] * (width - len(row)))
            yield row
