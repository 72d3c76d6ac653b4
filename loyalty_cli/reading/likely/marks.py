"""Which mark stands between the cells of a text file, and which one around text: what cuts its lines most evenly."""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MARKS = (";", ",", "\t", "|")
SAMPLE = 1 << 18
# A comma that is not before decimals.
NO_DECIMAL = re.compile(r"(?<!\d),|,(?!\d)")
# Two marks that cut nearly as evenly are a question.
NEAR = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyMarks:
    """The mark between cells, the one around text ('' if quotes are only letters here), and how evenly they cut.

    `share` are the percents of lines with the usual number of cells. `rivals` cut nearly as evenly.
    """

    delimiter: str
    quote: str
    width: int
    share: int
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How one mark cuts a sample."""

    delimiter: str
    width: int
    share: float

    @property
    def evenness(self) -> float:
        """Many cells in nearly all lines are better than two in all; one cell is no cut."""
        return self.share * (self.width - 1) / self.width


def likely_marks(path: Path, encoding: str) -> LikelyMarks:
    """The marks of a file, from its first lines."""
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE)
        if len(sample) == SAMPLE:
            sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1]
    quote = likely_quote(sample)
    marks = [mark for mark in MARKS if mark != "," or not is_set_by_blanks(sample)]
    cuts = sorted((cut(sample, mark, quote) for mark in marks), key=lambda each: -each.evenness)
    best, *others = cuts
    return LikelyMarks(
        delimiter=best.delimiter,
        quote=quote,
        width=best.width,
        share=round(best.share * 100),
        rivals=tuple(each.delimiter for each in others if best.evenness and each.evenness >= NEAR * best.evenness),
    )


def is_set_by_blanks(sample: str) -> bool:
    """Whether blanks set the cells apart, as in a printout: most lines have several together, and commas only stand before decimals."""
    lines = [line.strip() for line in sample.splitlines() if line.strip()]
    return 2 * sum("  " in line for line in lines) > len(lines) and not NO_DECIMAL.search(sample)


def cut(sample: str, delimiter: str, quote: str) -> Cut:
    """How a mark cuts a sample."""
    widths = Counter(len(row) for row in rows_of(sample, delimiter, quote) if any(row))
    if not widths:
        return Cut(delimiter=delimiter, width=1, share=1.0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return Cut(delimiter=delimiter, width=width, share=count / widths.total())


def rows_of(sample: str, delimiter: str, quote: str) -> list[list[str]]:
    """The rows of a sample, as many as can be read."""
    lines = iter(sample.splitlines(keepends=True))
    rows: list[list[str]] = []
    try:
        if quote:
            rows.extend(csv.reader(lines, delimiter=delimiter, quotechar=quote))
        else:
            rows.extend(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE))
    except csv.Error:
        return rows
    return rows


def likely_quote(sample: str) -> str:
    """The mark around text: an apostrophe where cells begin and end with it, none where quotes are only letters."""
    if '"' in sample:
        opening = sum(sample.count(f'{mark}"') for mark in (*MARKS, "\n")) + sample.startswith('"')
        return '"' if opening else ""
    around = sum(1 for mark in MARKS for left in (f"'{mark}'",) for _ in range(sample.count(left)))
    return "'" if around > 2 and around * 4 >= len(sample.splitlines()) else '"'
