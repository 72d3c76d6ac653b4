"""Which of the known tills a file comes from, by its header or its first lines."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.importers.all_importers import all_tills
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.reading.csv.files import is_separator
from loyalty_cli.reading.csv.files import trimmed

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.till import Till
    from loyalty_cli.reading.forms.encodings import Survey

# A header stands within so many bytes and rows.
ENOUGH = 1 << 16
DEEPEST_HEADER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A till that says a file is its own, and how the file is written."""

    till: Till
    file: str
    header: tuple[str, ...]
    encoding: str
    delimiter: str
    lines_above: int = 0

    @property
    def layout(self) -> Layout:
        """The layout that reads the file."""
        layout = self.till.layout(self.header, encoding=self.encoding, delimiter=self.delimiter, file=self.file)
        return layout.model_copy(update={"skip_top": self.lines_above}) if self.lines_above else layout

    @property
    def can_read(self) -> bool:
        """Whether the file has all that a receipt of this till needs."""
        try:
            return bool(self.layout)
        except ExportRefused:
            return False


def claims(path: Path, survey: Survey, tills: Iterable[Till] | None = None) -> list[Claim]:
    """The claims of all tills, or of some, to a file."""
    with path.open("rb") as file:
        beginning = Beginning(file.read(ENOUGH), survey)
    found = [claim_of(till, beginning, path.name) for till in (all_tills() if tills is None else tills)]
    return [claim for claim in found if claim is not None]


def claim_of(till: Till, beginning: Beginning, file: str) -> Claim | None:
    """What one till says of a file."""
    encoding = beginning.encoding or till.code_page
    # A spreadsheet's Unicode text has tabs, whatever the till itself writes.
    for delimiter in (*till.delimiters, *(["\t"] if beginning.encoding == "utf-16" else [])):
        if till.first_lines is not None and till.first_lines.match(beginning.text(encoding)):
            return Claim(till=till, file=file, header=(), encoding=encoding, delimiter=delimiter)
        for lines, row in beginning.rows(encoding, delimiter):
            if till.claims(row):
                return Claim(till=till, file=file, header=row, encoding=encoding, delimiter=delimiter, lines_above=lines)
            if not till.settings.get("skip_top") and any(row):
                break
    return None


class Beginning:
    """The first rows of a file, cut in every way that some till needs."""

    def __init__(self, data: bytes, survey: Survey) -> None:
        self.data = data
        self.encoding = "utf-16" if survey.is_utf16 else "utf-8-sig" if survey.is_utf8 else None
        self.text: Callable[[str], str] = cache(self.decoded)
        self.rows: Callable[[str, str], Sequence[tuple[int, tuple[str, ...]]]] = cache(self.cut)

    def decoded(self, encoding: str) -> str:
        """The beginning as text; its end may be cut within a letter."""
        return self.data.decode(encoding, "replace")

    def cut(self, encoding: str, delimiter: str) -> Sequence[tuple[int, tuple[str, ...]]]:
        """The first rows, each with the number of lines above it."""
        reader = csv.reader(self.text(encoding).splitlines(keepends=True), delimiter=delimiter)
        rows = []
        above = 0
        try:
            for row in islice(reader, DEEPEST_HEADER):
                if not is_separator(row):
                    rows.append((above, trimmed(row)))
                above = reader.line_num
        except csv.Error:
            pass  # not a table of this kind from here on
        return [(0 if place == 0 else lines, row) for place, (lines, row) in enumerate(rows)]
