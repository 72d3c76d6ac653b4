"""Lists that a person made for something done by hand: rows by the names of their columns, whatever marks stand between."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.reading.csv.files import first_row
from loyalty_cli.reading.text_files import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MARKS = ",;\t|"


def list_of(path: Path, needs: Sequence[str]) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """The columns of a list, and its rows with the lines they begin on; the columns that it needs must be there, others may."""
    lines = read_text(path).splitlines()
    mark = max(MARKS, key=next(filter(str.strip, lines), "").count)
    reader = csv.reader(lines, delimiter=mark)
    names = [name.lower() for name in first_row(reader)]
    for name in needs:
        if name not in names:
            raise LoyaltyError("{file} needs the column {name}.", file=path.name, name=name)
    rows, begins = [], reader.line_num + 1
    for row in reader:
        if any(map(str.strip, row)):
            rows.append((begins, dict(zip(names, map(str.strip, row), strict=False))))
        begins = reader.line_num + 1
    return names, rows
