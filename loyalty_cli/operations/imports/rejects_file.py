"""Rows that could not be taken in: kept in the database, and in a CSV beside it that can be mended and imported again."""

from __future__ import annotations

import csv
import io
import os
import re
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.kept_phrase import kept
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.imports.left_parts import named
from loyalty_cli.operations.imports.mended_file import DELIMITERS
from loyalty_cli.operations.imports.mended_file import guarded
from loyalty_cli.operations.imports.mended_file import MARKER
from loyalty_cli.operations.imports.mended_file import OURS
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.forms.garbled import with_written_marks
from loyalty_cli.render.words import say
from loyalty_cli.store.imports.set_aside import begin_telling
from loyalty_cli.store.imports.set_aside import FOLDER
from loyalty_cli.store.imports.set_aside import keep_set_aside
from loyalty_cli.store.imports.set_aside import note_rows_set_aside_before
from loyalty_cli.store.imports.set_aside import note_told_again
from loyalty_cli.store.imports.set_aside import set_aside_before

if TYPE_CHECKING:
    from _csv import Writer as CsvWriter
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.model.purchase_batch import SetAside
    from loyalty_cli.reading.forms.encodings import Survey
    from loyalty_cli.store.database import Connection

# So many rows are told in full by -O json; all are in the file and in the database.
MOST_TOLD = 1000
# A file of so many rows that are all bad is not of this layout; a long one is judged before its end.
ENOUGH_TO_JUDGE = 3
ENOUGH_OF_A_LONG_FILE = 500


class SetAsideKeeper:
    """Collects the rows that one file leaves behind. The file is whole before the commit and gets its name after it."""

    def __init__(self, home: Path, *, language: str = "") -> None:
        self.home = home
        self.language = language or "en"
        self.path: Path | None = None
        self.part: Path | None = None
        self.file: TextIO | None = None
        self.start_counting()

    def start_counting(self) -> None:
        """Begin to count."""
        self.count = 0
        self.told_before = 0
        self.last_line = 0
        self.looked_up = self.known = False
        self.first: list[SetAside] = []

    def begin(
        self,
        connection: Connection,
        import_id: int,
        *,
        file: Path,
        layout: Layout | None,
        mends: int | None = None,
    ) -> None:
        """Begin for one import, which may mend another; what an earlier try of the same file left is thrown away."""
        self.discard()
        self.start_counting()
        begin_telling(connection)
        self.connection = connection
        self.import_id = import_id
        self.name = file.name
        self.mends = mends
        self.form = layout.csv_form if layout is not None else CsvForm()
        self.marker = MARKER.format(number=import_id)
        stem = file.stem if mends is None else stem_of(file)
        self.path = self.home / FOLDER / f"{stem}.{import_id}.csv"

    def keep(self, rows: Sequence[SetAside], header: Sequence[str]) -> None:
        """Keep rows in the database and in the file."""
        self.last_line = max(self.last_line, *(row.line for row in rows))
        if not self.looked_up:
            self.looked_up = True
            self.known = note_rows_set_aside_before(self.connection, self.import_id, self.name, mends=self.mends)
        told = [self.as_told(row.cells) for row in rows]
        texts = [text for text, _ in told]
        # A receipt is told again if anything in it is new, so that the file always has all of it.
        new = {row.receipt or row.line for row, (_, known) in zip(rows, told, strict=True) if not known}
        fresh = [(row, text) for row, text in zip(rows, texts, strict=True) if (row.receipt or row.line) in new]
        self.told_before += len(rows) - len(fresh)
        again = [(row.line, known, row.receipt) for row, (_, known) in zip(rows, told, strict=True) if (row.receipt or row.line) not in new]
        note_told_again(self.connection, self.import_id, again)
        self.count += len(fresh)
        if fresh:
            self.write([row for row, _ in fresh], [text for _, text in fresh], header)

    def write(self, rows: Sequence[SetAside], texts: Sequence[str], header: Sequence[str]) -> None:
        """Write rows that were not set aside before."""
        self.first += rows[: MOST_TOLD - len(self.first)]
        found = zip(rows, texts, strict=True)
        keep_set_aside(
            self.connection,
            self.import_id,
            [(row.line, text, with_written_marks(kept(row.reason)), row.receipt, *row.key) for row, text in found],
        )
        if self.file is None:
            self.open(header)
        for row in rows:
            for line, cells in row.heads:
                self.writer.writerow([*map(as_written, cells), line, "", self.marker])
            reason = as_written(say(row.reason, self.language))
            self.writer.writerow([*map(as_written, row.cells), row.line, reason, self.marker])

    def open(self, header: Sequence[str]) -> None:
        """Begin the file, in the export's own encoding, so that the same layout reads it."""
        assert self.path is not None  # noqa: S101 - begin was called
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        # Earlier releases left the folder open to everybody.
        self.path.parent.chmod(0o700)
        self.part = self.path.with_name(f".{self.path.name}.part")
        self.part.unlink(missing_ok=True)
        self.part.touch(mode=0o600)
        self.file = self.part.open("w", encoding=self.form.encoding, errors="replace", newline="")
        self.writer = self.writer_to(self.file)
        # What the layout skips above and below the table must be there to be skipped.
        self.file.write("\n" * self.form.skip_top)
        if header:
            self.writer.writerow([*map(as_written, header), *OURS])

    def writer_to(self, file: TextIO, delimiter: str = "") -> CsvWriter:
        """A CSV writer of the export's form; reasons need quotes, so a form without them gets the usual ones."""
        mark = delimiter or self.form.delimiter
        return csv.writer(file, delimiter=mark, quotechar=self.form.quote or '"', lineterminator="\n")

    def as_told(self, cells: list[str]) -> tuple[str, int]:
        """A row as one text, and the one that told it before, if any; in a mended file one that is as it was has the marks it had."""
        for mark in ("", *(DELIMITERS if self.mends is not None else ())) if self.known else ():
            text = self.as_text(cells, mark)
            if known := set_aside_before(self.connection, text):
                return text, known
        return self.as_text(cells), 0

    def as_text(self, cells: list[str], delimiter: str = "") -> str:
        """A row as one text."""
        text = io.StringIO()
        self.writer_to(text, delimiter).writerow(cells)
        return with_written_marks(text.getvalue().rstrip("\n"))

    def refuse_if_nothing_fits(self, rows: int, *, enough: int = ENOUGH_TO_JUDGE) -> None:
        """Stop if every row so far is bad: the file is not what the layout describes."""
        bad = self.count + self.told_before
        if bad < enough or bad < rows or not self.first or self.mends is not None:
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
            reason=example.reason,
        )

    def last_row_is_cut(self, survey: Survey, last_line: int) -> bool:
        """Whether the file's last row is both bad and without its end."""
        return not survey.ends_with_newline and 0 < last_line <= self.last_line

    def complete(self) -> None:
        """Bring the file to the disk before the commit, so that it only needs its name afterwards."""
        if self.file is not None:
            self.file.write("-\n" * self.form.skip_bottom)
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self.file = None

    def discard(self) -> None:
        """Leave no unfinished file behind."""
        if self.file is not None:
            self.file.close()
            self.file = None
        if self.part is not None:
            self.part.unlink(missing_ok=True)
            self.part = None


def published(keepers: Sequence[SetAsideKeeper]) -> list[Path | None]:
    """Give the files of some imports their names, once the transaction that booked their rows is committed.

    From here on none is thrown away: what is not named now is named by the next import.
    """
    parts = [keeper.part for keeper in keepers]
    for keeper in keepers:
        keeper.part = None
    return [None if part is None else named(part) for part in parts]


def as_written(cell: str) -> str:
    """A cell as it stands in the file: no letter is lost, and no spreadsheet takes it for a formula."""
    return guarded(with_written_marks(cell))


def stem_of(file: Path) -> str:
    """A mended file's name without its ending, and without the numbers of imports that its rows have been through."""
    return re.sub(r"(\.\d+)+$", "", file.stem)
