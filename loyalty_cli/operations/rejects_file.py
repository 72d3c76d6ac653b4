"""Rows that could not be taken in: kept in the database, and in a CSV beside it that can be mended and imported again."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.exit_code import ExitCode
from loyalty_cli.model.phrase import phrase
from loyalty_cli.reading.csv_files import CsvForm
from loyalty_cli.store.imports import keep_set_aside
from loyalty_cli.store.imports import rows_set_aside_before

if TYPE_CHECKING:
    from _csv import Writer as CsvWriter
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.model.purchase_batch import SetAside
    from loyalty_cli.reading.encodings import Survey
    from loyalty_cli.store.database import Connection

FOLDER = "set-aside"
# So many rows are told in full by -O json; all are in the file and in the database.
MOST_TOLD = 1000
# A file of so many rows that are all bad is not of this layout; a long one is judged before its end.
ENOUGH_TO_JUDGE = 3
ENOUGH_OF_A_LONG_FILE = 500


class SetAsideKeeper:
    """Collects the rows that one file leaves behind. The file is written aside and gets its name after the commit."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path: Path | None = None
        self.part: Path | None = None
        self.file: TextIO | None = None
        self.discard_count()

    def discard_count(self) -> None:
        """Begin to count."""
        self.count = 0
        self.told_before = 0
        self.last_line = 0
        self.before: set[str] | None = None
        self.first: list[SetAside] = []

    def begin(self, connection: Connection, import_id: int, file: Path, layout: Layout | None) -> None:
        """Begin for one import; what an earlier try of the same file left is thrown away."""
        self.discard()
        self.discard_count()
        self.connection = connection
        self.import_id = import_id
        self.name = file.name
        self.form = layout.csv_form if layout is not None else CsvForm()
        self.path = self.home / FOLDER / f"{file.stem}.{import_id}.csv"

    def keep(self, rows: Sequence[SetAside], header: Sequence[str]) -> None:
        """Keep rows in the database and in the file."""
        self.last_line = max(self.last_line, *(row.line for row in rows))
        if self.before is None:
            self.before = rows_set_aside_before(self.connection, self.import_id, self.name)
        texts = [self.as_text(row.cells) for row in rows]
        # A receipt is told again if anything in it is new, so that the file always has all of it.
        new = {row.receipt or row.line for row, text in zip(rows, texts, strict=True) if text not in self.before}
        fresh = [(row, text) for row, text in zip(rows, texts, strict=True) if (row.receipt or row.line) in new]
        self.told_before += len(rows) - len(fresh)
        self.count += len(fresh)
        if fresh:
            self.write([row for row, _ in fresh], [text for _, text in fresh], header)

    def write(self, rows: Sequence[SetAside], texts: Sequence[str], header: Sequence[str]) -> None:
        """Write rows that were not set aside before."""
        self.first += rows[: MOST_TOLD - len(self.first)]
        kept = [(row.line, text, str(row.reason)) for row, text in zip(rows, texts, strict=True)]
        keep_set_aside(self.connection, self.import_id, kept)
        if self.file is None:
            self.open(header)
        for row in rows:
            self.writer.writerow([*row.cells, row.line, str(row.reason)])

    def open(self, header: Sequence[str]) -> None:
        """Begin the file, in the export's own encoding, so that the same layout reads it."""
        assert self.path is not None  # noqa: S101 - begin was called
        self.path.parent.mkdir(exist_ok=True)
        self.part = self.path.with_name(f".{self.path.name}.part")
        self.file = self.part.open("w", encoding=self.form.encoding, errors="replace", newline="")
        self.writer = self.writer_to(self.file)
        # What the layout skips above and below the table must be there to be skipped.
        self.file.write("\n" * self.form.skip_top)
        if header:
            self.writer.writerow([*header, "line", "reason"])

    def writer_to(self, file: TextIO) -> CsvWriter:
        """A CSV writer of the export's form; reasons need quotes, so a form without them gets the usual ones."""
        return csv.writer(file, delimiter=self.form.delimiter, quotechar=self.form.quote or '"', lineterminator="\n")

    def as_text(self, cells: list[str]) -> str:
        """A row as one text."""
        text = io.StringIO()
        self.writer_to(text).writerow(cells)
        return text.getvalue().rstrip("\n")

    def refuse_if_nothing_fits(self, rows: int, *, enough: int = ENOUGH_TO_JUDGE) -> None:
        """Stop if every row so far is bad: the file is not what the layout describes."""
        bad = self.count + self.told_before
        if bad < enough or bad < rows or not self.first:
            return
        example = next((row for row in self.first if "line" not in row.reason.values), self.first[0])
        raise ExportRefused(
            "{file} does not fit its layout: no row can be read. Line {line}: {reason}.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Compare the row with the layout, or name the right one with --layout: {row}",
                row=self.as_text(example.cells)[:400],
            ),
            file=self.name,
            line=example.line,
            reason=str(example.reason),
        )

    def last_row_is_cut(self, survey: Survey, last_line: int) -> bool:
        """Whether the file's last row is both bad and without its end."""
        return not survey.ends_with_newline and 0 < last_line <= self.last_line

    def publish(self) -> Path | None:
        """Give the file its name."""
        if self.file is None or self.part is None or self.path is None:
            return None
        self.file.write("-\n" * self.form.skip_bottom)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self.file = None
        self.part.replace(self.path)
        return self.path

    def discard(self) -> None:
        """Leave no unfinished file behind."""
        if self.file is not None and self.part is not None:
            self.file.close()
            self.file = None
            self.part.unlink(missing_ok=True)
