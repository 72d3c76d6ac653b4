"""CSV files in batches of rows, each row with the true number of the line it begins on."""

from __future__ import annotations

import contextlib
import csv
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed
from loyalty_cli.reading.forms.encodings import undecodable

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from loyalty_cli.model.shown.phrase import Phrase

# Small enough to stay in the processor's cache: 20,000 rows at a time are a fifth slower. Lines that are not cut into cells
# yet take less room.
ROWS_AT_A_TIME = 1000
LETTERS_AT_A_TIME = 1 << 18
BUFFER = 1 << 18
# A DOS program ends its file with Ctrl-Z; an unused row may be empty.
NOTHING: tuple[list[str], ...] = ([], [""], ["\x1a"])


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvForm:
    """How a CSV file is written. `quote` is empty where nothing is ever quoted."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    skip_top: int = 0
    skip_bottom: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows in file order and the line each begins on."""

    cells: list[list[str]]
    lines: Sequence[int]


class CsvFile:
    """One open CSV file: its header, then its rows in batches."""

    def __init__(self, path: Path, form: CsvForm) -> None:
        self.path = path
        self.form = form
        self.header: list[str] = []
        # The line on which the last row read so far begins.
        self.last_line = 0
        self.at_end = False
        # The last row read so far, even a blank one, and the lines read so far.
        self.last_cells: list[str] = []
        self.lines_read = 0

    @contextlib.contextmanager
    def top(self) -> Iterator[TextIO]:
        """The open file from its first line on."""
        with self.path.open(encoding=self.form.encoding, newline="", buffering=BUFFER) as file:
            try:
                yield file
            except UnicodeError as error:  # UTF-16 and UTF-32 without their mark are none of the narrower kind
                raise undecodable(self.path, self.form.encoding) from error

    @contextlib.contextmanager
    def opened(self) -> Iterator[tuple[TextIO, int]]:
        """The open file behind its header, and the number of lines that were read of it."""
        form = self.form
        with self.top() as file:
            lines = skip_lines(file, form.skip_top)
            if form.header:
                lines += self.read_header(file, lines)
            yield file, lines

    def read_header(self, file: TextIO, lines: int) -> int:
        """Read the names of the columns; the number of lines they take."""
        reader = self.reader(file)
        try:
            self.header = first_row(reader)
        except csv.Error as error:
            raise self.broken(lines + 1) from error
        return reader.line_num

    def rows(self) -> Iterator[Rows]:
        """All data rows in batches; blank rows and those at the bottom that the layout skips are left out."""
        with self.opened() as (file, lines):
            batches = without_bottom(self.batches(self.reader(file), lines), self.form.skip_bottom)
            yield from (rows for rows in batches if rows.cells)

    def reader(self, file: Iterator[str]) -> CsvReader:
        """The csv module's reader, which refuses what is not well formed."""
        form = self.form
        if not form.quote:
            return csv.reader(file, delimiter=form.delimiter, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(file, delimiter=form.delimiter, quotechar=form.quote, strict=True)

    def batches(self, reader: CsvReader, skipped: int) -> Iterator[Rows]:
        """The reader's rows, a batch at a time."""
        while True:
            before = reader.line_num
            cells: list[list[str]] = []
            try:
                # What was read before a mistake stays in the list, which tells the line of the mistake.
                cells.extend(islice(reader, ROWS_AT_A_TIME))
            except csv.Error as error:
                raise self.broken(skipped + before + 1 + sum(map(breaks_in, cells)) + len(cells)) from error
            if not cells:
                self.at_end = True
                return
            rows = with_lines(cells, skipped + before + 1, skipped + reader.line_num)
            self.last_cells, self.lines_read = cells[-1], skipped + reader.line_num
            self.last_line = rows.lines[-1] if rows.lines else self.last_line
            yield rows

    def broken(self, line: int) -> ExportRefused:
        """The refusal of a file whose quotes do not close."""
        return ExportRefused(
            "{file} can not be read from line {line} on: a quote opens there and is not closed.",
            file=self.path.name,
            line=line,
            hint=phrase("If the till never quotes anything, write in the layout: quote: none. Else mend that line."),
        )


def next_lines(file: TextIO) -> str:
    """Some more whole lines of a file; none at its end."""
    text = file.read(LETTERS_AT_A_TIME)
    return text + file.readline() if text else ""


def lines_of(text: str) -> list[str]:
    """Some lines one by one, mostly without their ends: to cut a large piece takes a third less than to ask for line after line."""
    if "\r" in text and text.count("\r") != text.count("\r\n"):
        # A carriage return alone ends a line, too.
        return list(StringIO(text, newline=""))
    lines = text.split("\n")
    if not lines[-1]:
        del lines[-1]
    return lines


def skip_lines(file: Iterator[str], count: int) -> int:
    """Leave out the first lines, which belong to no table; the number of lines left out."""
    return sum(1 for _ in islice(file, count))


def first_row(reader: Iterator[list[str]]) -> list[str]:
    """The header's names, trimmed, whatever blank lines and `sep=;` stand above it; empty for an empty file."""
    return list(next((names for row in reader if any(names := trimmed(row)) and not is_separator(names)), ()))


def is_separator(row: Sequence[str]) -> bool:
    """Whether a row is Excel's `sep=;`, which tells a spreadsheet the mark between cells."""
    return bool(row) and row[0].lower().startswith("sep=") and not any(row[1:])


def trimmed(row: Sequence[str]) -> tuple[str, ...]:
    """A header's names without blanks and byte order marks around them."""
    return tuple(cell.strip(" \ufeff\u00a0") for cell in row)


def breaks_in(row: list[str]) -> int:
    """Line breaks inside a row's cells, of which CR LF is one."""
    whole = "\0".join(row)
    if "\n" not in whole and "\r" not in whole:
        return 0
    return whole.count("\n") + whole.count("\r") - whole.count("\r\n")


def with_lines(cells: list[list[str]], first: int, last: int) -> Rows:
    """Rows with their lines; blank rows are dropped."""
    lines: Sequence[int] = range(first, last + 1)
    if len(lines) != len(cells):
        numbers = []
        for row in cells:
            numbers.append(first)
            first += 1 + breaks_in(row)
        lines = numbers
    if min(map(len, cells)) > 1:
        return Rows(cells, lines)
    kept = [(row, line) for row, line in zip(cells, lines, strict=True) if row not in NOTHING]
    return Rows([row for row, _ in kept], [line for _, line in kept])


def without_bottom(batches: Iterator[Rows], count: int) -> Iterator[Rows]:
    """All rows but the last few."""
    if not count:
        yield from batches
        return
    held = Rows([], [])
    for batch in batches:
        cells, lines = held.cells + batch.cells, [*held.lines, *batch.lines]
        held = Rows(cells[-count:], lines[-count:])
        yield Rows(cells[:-count], lines[:-count])


DELIMITERS = {",": ",", ";": ";", "tab": "\t", "\t": "\t", "|": "|", ":": ":"}


def likely_delimiter(header: list[str], delimiter: str) -> str | None:
    """Another mark that cuts a header which the declared one leaves whole."""
    if len(header) != 1:
        return None
    found = {mark: header[0].count(mark) for mark in ",;\t|" if mark != delimiter}
    best = max(found, key=lambda mark: found[mark])
    return best if found[best] else None


def misfit(file: str, expected: Phrase, found: str | Phrase) -> ExportRefused:
    """The refusal of a file that is not what its layout describes."""
    if isinstance(found, str) and not found.strip():
        return ExportRefused(
            "{file} has no table: it is empty, or has blank lines only.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            file=file,
        )
    return ExportRefused(
        "{file} does not fit its layout. Expected: {expected}. Found: {found}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase(
            "See what is in it: loyalty import inspect {file}. Then mend the layout or name the right one with --layout.",
            file=typed(file),
        ),
        file=file,
        expected=expected,
        found=found,
    )
