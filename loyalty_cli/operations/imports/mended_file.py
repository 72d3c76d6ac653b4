"""A rejects file that somebody has mended: known by what stands in its rows, however a spreadsheet has saved it."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import deque
from dataclasses import dataclass
from dataclasses import replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.aside import kept_if_well
from loyalty_cli.operations.imports.aside import place_aside
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import is_separator
from loyalty_cli.reading.forms.encodings import refuse_damaged
from loyalty_cli.reading.forms.encodings import survey
from loyalty_cli.reading.forms.encodings import undecodable
from loyalty_cli.store.imports.set_aside import mark_mended
from loyalty_cli.store.imports.set_aside import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.till import Till
    from loyalty_cli.store.database import Connection

# What the last cell of every row of a rejects file says, so that the row finds its way back.
MARKER = "set aside by import {number}"
MARKED = re.compile(r"set aside by import ([0-9]{1,9})")
A_LINE = re.compile(r" *([0-9]{1,9}) *")
OURS = ("line", "reason", "set_aside")
# Where the first rows of a file lie; a line is not longer.
HEAD = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
MARKS = (".", ",")

# What a spreadsheet takes for a formula (OWASP, CSV injection); a plain number below zero is none.
FORMULA = re.compile(r"'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])")
NUMBER = re.compile(r"[+-]?\d[\d .,]*")

Row = tuple[int, list[str]]
# The lines of rows here, and those they had in the file they come from.
Lines = tuple[array, array]  # type: ignore[type-arg] # of whole numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """Rows that were set aside, as somebody has mended them; `plain` is the file without what we had added to it.

    `resaved` says that a spreadsheet has put a mark of its own between the cells.
    """

    import_id: int
    layout_name: str
    store: str
    plain: Path
    layout: Layout | None
    above: int
    resaved: bool
    lines: Mapping[int, Lines]

    def in_plain_form(self, layout: Layout) -> Layout:
        """The layout for the same columns in UTF-8 with commas."""
        form = {"encoding": "utf-8-sig", "delimiter": ",", "quote": '"', "skip_top": self.above, "skip_bottom": 0}
        return self.with_its_decimals(layout.model_copy(update=form))

    def with_its_decimals(self, layout: Layout) -> Layout:
        """The layout with a point and a comma before decimals, for a spreadsheet that changes one mark changes the other."""
        plain = layout.decimal_mark in MARKS and layout.thousands_mark not in MARKS
        return layout.model_copy(update={"decimal_mark": "either"}) if self.resaved and plain else layout

    def mark(self, connection: Connection, by: int) -> int:
        """Note which rows have come back; a row that is as bad as before waits where it is."""
        return sum(mark_mended(connection, origin, zip(*lines, strict=True), by=by) for origin, lines in self.lines.items())


def guarded(cell: str) -> str:
    """A cell with an apostrophe where a spreadsheet would run it as a formula."""
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """The cell as it was, with or without the apostrophe that a spreadsheet may have taken away."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell, 1) else cell


def origin_of(path: Path) -> int | None:
    """The import whose rows a file brings back; None for any other file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    # Without its zeros, UTF-16 is ASCII where it says our words.
    found = MARKED.search(head.replace(b"\0", b"").decode("latin-1"))
    return int(found[1]) if found else None


def place_of_origin(connection: Connection, origin: int, kind: str, file: str) -> tuple[str, str]:
    """The layout and the store of the import whose rows are mended."""
    place = place_of(connection, origin)
    if place is None:
        raise LoyaltyError("{file} has rows of import {number}, which is not of this shop.", file=file, number=origin)
    if place[0] != kind:
        raise LoyaltyError(
            "{file} has rows of a list of {kind}.",
            file=file,
            kind=place[0],
            hint=phrase("Import with: loyalty import {kind}", kind=place[0]),
        )
    return place[1], place[2]


def read_mended(path: Path, origin: int, place: tuple[str, str], *, layout: Layout | None, till: Till | None = None, home: Path) -> Mended:
    """Take our own columns off, whatever marks and letters the file was saved with."""
    form = layout.csv_form if layout is not None else CsvForm(encoding=till.code_page) if till is not None else CsvForm()
    cut = cut_of(path, form)
    plain = place_aside(home, path.name)
    with kept_if_well(plain):
        top, lines = write_plain(plain, path, cut, form, keeps_lines=layout is not None or till is not None)
    resaved = cut.delimiter != form.delimiter
    found = Mended(
        import_id=origin, layout_name=place[0], store=place[1], plain=plain, layout=None, above=top, resaved=resaved, lines=lines
    )
    return found if layout is None else replace(found, layout=found.in_plain_form(layout))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a mended file is cut into cells, and where our last cell stands."""

    codec: str
    delimiter: str
    quote: str
    end: int

    def rows(self, path: Path) -> Iterator[Row]:
        """Each row with the line it begins on; a file is never held as a whole."""
        with path.open(encoding=self.codec, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, quotechar=self.quote, strict=True)
            before = 0
            for row in reader:
                yield before + 1, row
                before = reader.line_num


def cut_of(path: Path, form: CsvForm) -> Cut:
    """The marks that cut our last cell out of a file, whatever a spreadsheet has made of the others."""
    surveyed = survey(path)
    codec = "utf-16" if surveyed.is_utf16 else "utf-8-sig" if surveyed.is_utf8 else code_page_of(path, form)
    refuse_damaged(path, surveyed, codec)
    for delimiter in dict.fromkeys((form.delimiter, *DELIMITERS)):
        for quote in dict.fromkeys((form.quote or '"', '"')):
            cut = Cut(codec=codec, delimiter=delimiter, quote=quote, end=0)
            try:
                found = [place for _, row in cut.rows(path) if (place := end_of(row)) >= 0][:1]
            except csv.Error:
                continue
            except UnicodeError as error:
                raise undecodable(path, codec) from error
            if found and found[0] >= len(OURS):
                return replace(cut, end=found[0])
    raise LoyaltyError(
        "{file} has lost its columns: the mark between its cells can not be told.",
        file=path.name,
        hint=phrase("Save it as CSV with commas or semicolons, and leave the last three columns as they are."),
    )


def code_page_of(path: Path, form: CsvForm) -> str:
    """The code page that somebody's spreadsheet saved the file in: the till's own, else the one that its letters tell."""
    if not form.encoding.startswith("utf"):
        return form.encoding
    # Imported here because most files are saved as they were.
    from loyalty_cli.reading.likely.doubtful_letters import beginning
    from loyalty_cli.reading.likely.encodings import by_letters
    from loyalty_cli.reading.likely.encodings import words_of

    found = by_letters(words_of(beginning(path)))
    if not found.name or found.rivals:
        raise LoyaltyError(
            "{file}: its letters do not tell how it was saved.",
            file=path.name,
            hint=phrase("Save it as CSV UTF-8, or as a workbook, and import that."),
        )
    return found.name


def end_of(row: Sequence[str]) -> int:
    """Where our last cell stands in a row; -1 if nowhere."""
    return next((place for place, cell in enumerate(row) if MARKED.fullmatch(cell.strip())), -1)


def place_of_marker(row: Sequence[str]) -> int:
    """Where the last of our columns stands in a row, which may have more or fewer cells than the others; 0 if nowhere."""
    for place in range(len(row) - 1, len(OURS) - 2, -1):
        if MARKED.fullmatch(row[place].strip()) or tuple(row[place - 2 : place + 1]) == OURS:
            return place
    return 0


def write_plain(plain: Path, path: Path, cut: Cut, form: CsvForm, *, keeps_lines: bool) -> tuple[int, dict[int, Lines]]:
    """Write the rows without our columns, each on the line it had; the lines above the table, and where rows come from.

    The plain layout leaves out no lines above the table but the one that tells a spreadsheet its mark.
    """
    plain.unlink(missing_ok=True)
    plain.touch(mode=0o600)
    lines: dict[int, Lines] = {}
    body = without_bottom(dropwhile(lambda row: is_above(row[1]), cut.rows(path)), form.skip_bottom)
    with plain.open("w", encoding="utf-8", newline="") as file:
        top, line = 0, 0
        for begins, row in body:
            if not line:
                top, line = begins - 1, begins
                file.write("\n" * top if keeps_lines else "sep=,\n" * min(top, 1))
            text = io.StringIO(newline="")
            place = place_of_marker(row)
            csv.writer(text, lineterminator="\n").writerow(map(unguarded, row[: place - 2] if place else row[: cut.end - 2]))
            file.write("\n" * (begins - line) + text.getvalue())
            line = begins + text.getvalue().count("\n")
            note_origin(lines, begins, row, place)
    return top, lines


def note_origin(lines: dict[int, Lines], line: int, row: Sequence[str], place: int) -> None:
    """Note the line that a row had in the file of the import it comes from."""
    if place and (found := MARKED.fullmatch(row[place].strip())) and (first := A_LINE.fullmatch(row[place - 2])):
        here, there = lines.setdefault(int(found[1]), (array("q"), array("q")))
        here.append(line)
        there.append(int(first[1]))


def without_bottom(body: Iterator[Row], bottom: int) -> Iterator[Row]:
    """The rows without those that stand for what the layout skips below the table."""
    held: deque[Row] = deque()
    for row in body:
        held.append(row)
        if len(held) > bottom:
            yield held.popleft()
    while bottom and held and [cell for cell in held[-1][1] if cell.strip()] == ["-"]:
        held.pop()
        bottom -= 1
    yield from held


def is_above(row: list[str]) -> bool:
    """Whether a row is blank, or tells a spreadsheet its mark."""
    return not any(cell.strip() for cell in row) or is_separator(row)
