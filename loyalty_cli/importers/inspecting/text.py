"""The rows of a file that is inspected: what text it is, in which encoding, and with which marks between its cells."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.beginnings import no_table
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import is_separator
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.forms.encodings import codec_of
from loyalty_cli.reading.forms.encodings import refuse_damaged
from loyalty_cli.reading.forms.encodings import survey
from loyalty_cli.reading.forms.encodings import undecodable
from loyalty_cli.reading.likely.encodings import by_first_bytes
from loyalty_cli.reading.likely.encodings import by_letters
from loyalty_cli.reading.likely.encodings import LikelyEncoding
from loyalty_cli.reading.likely.encodings import words_of
from loyalty_cli.reading.likely.marks import likely_marks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.reading.csv.beginnings import NoTable
    from loyalty_cli.reading.forms.encodings import Survey
    from loyalty_cli.reading.likely.marks import LikelyMarks

# What is looked at of a very long file.
MOST_ROWS = 50_000
LAST_ROWS = 500
START = 4096
MOST_COLUMNS = 1000
CHUNK = 1 << 20

WHAT_IT_IS: dict[NoTable, str] = {
    "pdf": "{file} is a PDF: a printed page, not a table. Let the till export CSV.",
    "xls": "{file} is an old Excel workbook (XLS). Open it and save it as CSV (UTF-8).",
    "xlsx": "{file} is a workbook that can not be read. Open it and save it as CSV (UTF-8).",
    "zip": "{file} is a packed archive. Unpack it and inspect what is inside.",
    "html": "{file} is a web page, perhaps with a table in it. Let the till export CSV.",
    "xml": "{file} is XML, not a table. Let the till export CSV.",
    "json": "{file} is JSON, not a table. Let the till export CSV.",
    "epp": "{file} is an EPP file of sections for accounting, not a table. Let the program export a list as CSV.",
    "image": "{file} is a picture, not a table. Let the till export CSV.",
    "database": "{file} is a database, not a table of text. Let the till export CSV.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenText:
    """The rows of a file of text and how they are written; a workbook's have neither encoding nor marks."""

    path: Path
    survey: Survey
    rows: Rows
    encoding: LikelyEncoding | None = None
    marks: LikelyMarks | None = None
    unclosed: int = 0


def seen_text(path: Path) -> SeenText:
    """A file of text cut into rows, as it seems to be written."""
    with path.open("rb") as file:
        refuse_no_table(path, no_table(file.read(START)))
    surveyed = survey(path)
    encoding = encoding_of(path, surveyed)
    codec = codec_of(encoding.name or (encoding.rivals[0].name if encoding.rivals else "cp1252"))
    refuse_damaged(path, surveyed, codec)
    try:
        marks = likely_marks(path, codec)
    except UnicodeError as error:
        raise undecodable(path, codec) from error
    rows, unclosed = rows_of_text(path, codec, marks)
    return SeenText(path=path, survey=surveyed, rows=rows, encoding=encoding, marks=marks, unclosed=unclosed)


def seen_sheet(plain: Path) -> SeenText:
    """A workbook's sheet that was written as plain text."""
    return SeenText(path=plain, survey=survey(plain), rows=first_rows(plain, "utf-8", ",", '"'))


def encoding_of(path: Path, surveyed: Survey) -> LikelyEncoding:
    """The file's encoding."""
    with path.open("rb") as file:
        start = file.read(START)
    known = by_first_bytes(start)
    if known is not None:
        return known
    if surveyed.is_ascii:
        return LikelyEncoding(name="utf-8", reason="plain letters only")
    if surveyed.is_utf8:
        return LikelyEncoding(name="utf-8", reason="valid utf-8")
    return by_letters(words_of(chunks(path)))


def chunks(path: Path) -> Iterator[bytes]:
    """The file's bytes, a piece at a time, none cut within a line."""
    left = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            whole, end, left_now = (left + chunk).rpartition(b"\n")
            yield whole + end
            left = left_now
    yield left


def rows_of_text(path: Path, codec: str, marks: LikelyMarks) -> tuple[Rows, int]:
    """The rows of a file of text, and the line on which a quote opens that is never closed."""
    try:
        return first_rows(path, codec, marks.delimiter, marks.quote), 0
    except ExportRefused as error:
        if not marks.quote or "line" not in error.phrase.values or not isinstance(error.__cause__, csv.Error):
            raise
        return first_rows(path, codec, marks.delimiter, ""), int(str(error.phrase.values["line"]))


def first_rows(path: Path, codec: str, delimiter: str, quote: str) -> Rows:
    """All rows of a file, or the first and the last of a very long one."""
    form = CsvForm(encoding=codec, delimiter=delimiter, quote=quote, header=False)
    cells: list[list[str]] = []
    lines: list[int] = []
    for batch in CsvFile(path, form).rows():
        if len(cells) >= MOST_ROWS + 2 * LAST_ROWS:
            del cells[MOST_ROWS:-LAST_ROWS], lines[MOST_ROWS:-LAST_ROWS]
        cells += batch.cells
        lines += batch.lines
    if cells and is_separator(cells[0]):
        return Rows(cells[1:], lines[1:])
    return Rows(cells, lines)


def refuse_no_table(path: Path, beginning: NoTable | None) -> None:
    """ExportRefused for a file that is no table."""
    if beginning is not None:
        raise ExportRefused(WHAT_IT_IS[beginning], file=path.name)


def refuse_no_rows(path: Path, rows: Rows) -> None:
    """ExportRefused for an empty file, for one without columns and for one with more than any table has."""
    if not rows.cells:
        raise ExportRefused("{file} is empty.", file=path.name)
    width = max(map(len, rows.cells))
    if width > MOST_COLUMNS:
        raise ExportRefused(
            "{file} has a row of {count} cells; no till writes more than {most}.", file=path.name, count=width, most=MOST_COLUMNS
        )
    if width < 2:
        raise ExportRefused(
            "{file} is not a table: no mark cuts its lines into cells.",
            file=path.name,
            hint=phrase("Let the till export CSV, with a comma, a semicolon or a tab between cells."),
        )
