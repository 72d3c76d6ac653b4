"""A rejects file that somebody has mended: known by what stands in its rows, however a spreadsheet has saved it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.aside import kept_if_well
from loyalty_cli.operations.imports.aside import place_aside
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import is_separator
from loyalty_cli.reading.forms.encodings import undecodable
from loyalty_cli.store.imports.set_aside import mark_mended
from loyalty_cli.store.imports.set_aside import place_of

if TYPE_CHECKING:
    from collections.abc import Collection
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

# What a spreadsheet takes for a formula (OWASP, CSV injection); a plain number below zero is none.
FORMULA = re.compile(r"'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])")
NUMBER = re.compile(r"[+-]?\d[\d .,]*")

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """Rows that were set aside, as somebody has mended them; `plain` is the file without what we had added to it."""

    import_id: int
    layout_name: str
    store: str
    plain: Path
    layout: Layout | None
    above: int
    lines: Mapping[int, Mapping[int, int]]

    def mark(self, connection: Connection, by: int, told_before: Collection[int]) -> int:
        """Note which rows have come back; a row that is as bad as before waits where it is."""
        return sum(
            mark_mended(
                connection,
                origin,
                [line for here, line in lines.items() if here not in told_before],
                by=by,
            )
            for origin, lines in self.lines.items()
        )


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


def read_mended(
    path: Path, origin: int, place: tuple[str, str], *, layout: Layout | None, till: Till | None = None, home: Path
) -> Mended:
    """Take our own columns off, whatever marks and letters the file was saved with."""
    form = layout.csv_form if layout is not None else CsvForm(encoding=till.code_page) if till is not None else CsvForm()
    rows, end = marked_rows(path, form)
    plain = place_aside(home, path.name)
    body = list(dropwhile(lambda row: is_above(row[1]), rows))
    top = body[0][0] - 1 if body else 0
    # The plain layout leaves out no lines above the table but the one that tells a spreadsheet its mark.
    above = "\n" * top if layout is not None or till is not None else "sep=,\n" * min(top, 1)
    with kept_if_well(plain):
        write_plain(plain, without_bottom(body, form.skip_bottom), width=end - 2, above=above)
    return Mended(
        import_id=origin,
        layout_name=place[0],
        store=place[1],
        plain=plain,
        layout=None if layout is None else in_plain_form(layout, top),
        above=top,
        lines=lines_of_origins(rows),
    )


def in_plain_form(layout: Layout, top: int) -> Layout:
    """The layout for the same columns in UTF-8 with commas."""
    form = {"encoding": "utf-8-sig", "delimiter": ",", "quote": '"', "skip_top": top, "skip_bottom": 0}
    return layout.model_copy(update=form)


def marked_rows(path: Path, form: CsvForm) -> tuple[list[Row], int]:
    """The rows with their lines, and where our last cell stands, by the marks that cut it out."""
    text = text_of(path, form.encoding)
    quotes = dict.fromkeys((form.quote or '"', '"'))
    for delimiter in dict.fromkeys((form.delimiter, *DELIMITERS)):
        for quote in quotes:
            try:
                rows = list(rows_of(text, delimiter, quote))
            except csv.Error:
                continue
            ends = (place for _, row in rows for place, cell in enumerate(row) if MARKED.fullmatch(cell.strip()))
            if (end := next(ends, 0)) >= len(OURS):
                return rows, end
    raise LoyaltyError(
        "{file} has lost its columns: the mark between its cells can not be told.",
        file=path.name,
        hint=phrase("Save it as CSV with commas or semicolons, and leave the last three columns as they are."),
    )


def lines_of_origins(rows: Sequence[Row]) -> dict[int, dict[int, int]]:
    """For each import whose rows these are, the lines here and the lines they had in its file."""
    lines: dict[int, dict[int, int]] = {}
    for line, row in rows:
        ours = place_of_marker(row)
        if ours and (found := MARKED.fullmatch(row[ours].strip())) and (first := A_LINE.fullmatch(row[ours - 2])):
            lines.setdefault(int(found[1]), {})[line] = int(first[1])
    return lines


def place_of_marker(row: Sequence[str]) -> int:
    """Where the last of our columns stands in a row, which may have more or fewer cells than the others; 0 if nowhere."""
    for place in range(len(row) - 1, len(OURS) - 2, -1):
        if MARKED.fullmatch(row[place].strip()) or tuple(row[place - 2 : place + 1]) == OURS:
            return place
    return 0


def text_of(path: Path, encoding: str) -> str:
    """The text, by its byte order mark, else UTF-8, else as the till writes."""
    data = path.read_bytes()
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            raise undecodable(path, encoding) from error


def rows_of(text: str, delimiter: str, quote: str) -> Iterator[Row]:
    """Each row with the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True)
    before = 0
    for row in reader:
        yield before + 1, row
        before = reader.line_num


def without_bottom(body: list[Row], bottom: int) -> list[Row]:
    """The rows without those that stand for what the layout skips below the table."""
    while bottom and body and [cell for cell in body[-1][1] if cell.strip()] == ["-"]:
        body = body[:-1]
        bottom -= 1
    return body


def write_plain(plain: Path, body: list[Row], *, width: int, above: str) -> None:
    """Write the rows without our columns, each on the line it had."""
    plain.unlink(missing_ok=True)
    plain.touch(mode=0o600)
    with plain.open("w", encoding="utf-8", newline="") as file:
        file.write(above)
        line = body[0][0] if body else 0
        for begins, row in body:
            text = io.StringIO(newline="")
            place = place_of_marker(row)
            csv.writer(text, lineterminator="\n").writerow(map(unguarded, row[: place - 2] if place else row[:width]))
            file.write("\n" * (begins - line) + text.getvalue())
            line = begins + text.getvalue().count("\n")


def is_above(row: list[str]) -> bool:
    """Whether a row is blank, or tells a spreadsheet its mark."""
    return not any(cell.strip() for cell in row) or is_separator(row)
