"""Where a table begins and ends among the rows of a file: lines above, the header, its rows, rows of other widths."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from loyalty_cli.reading.csv.files import Rows

Row = list[str]

DEEPEST_HEADER = 40
# Numbers, dates and times: what a header has not.
A_VALUE = re.compile(r"[^\w]*[\d][\d\s.,:/\-+()'’T%]*\D{0,4}$")
BLANKS = " \u00a0\u202f\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyTable:
    """A table as it seems to stand in a file. `header` is empty where the first row is a row like the others.

    `second_line` is the line on which a header of two rows goes on; its names are those of both.

    `again` are the lines on which the header stands once more; `below` is the header of another table below this one, with
    its line before it.
    """

    header: tuple[str, ...]
    header_line: int
    above: tuple[str, ...]
    rows: Sequence[Row]
    lines: Sequence[int]
    width: int
    again: tuple[int, ...] = ()
    below: tuple[int, tuple[str, ...]] | None = None
    second_line: int = 0
    shorter: int = 0
    longer: int = 0


def likely_table(rows: Rows, is_name: Callable[[str], bool], is_whole_name: Callable[[str], bool]) -> LikelyTable:
    """The table among the rows of a file; `is_name` knows the usual names of columns, also with other words beside them."""
    cells = rows.cells
    widths = Counter(map(len, cells))
    usual = max(widths, key=lambda width: (widths[width], width)) if widths else 0
    place = header_place(cells, usual, is_name)
    header = tuple(cell.strip(BLANKS) for cell in cells[place]) if place is not None else ()
    first = 0 if place is None else place + 1
    goes_on = two_rows(header, cells[first], is_whole_name) if header and len(cells) > first + 1 else ()
    header, first = goes_on or header, first + bool(goes_on)
    names = [name.casefold() for name in header]
    again = [at for at in range(first, len(cells)) if header and [cell.strip(BLANKS).casefold() for cell in cells[at]] == names]
    end = end_of_table(rows, range(first + 1, len(cells)), header, is_name) if header else len(cells)
    kept = [at for at in range(first, end) if at not in set(again)]
    width = len(header) or usual
    return LikelyTable(
        header=header,
        header_line=rows.lines[place] if place is not None else 0,
        above=tuple(" ".join(filter(None, cells[at])) for at in range(place or 0)),
        rows=[cells[at] for at in kept],
        lines=[rows.lines[at] for at in kept],
        width=width,
        again=tuple(rows.lines[at] for at in again),
        below=(rows.lines[end], tuple(filter(None, cells[end]))) if end < len(cells) else None,
        second_line=rows.lines[first - 1] if goes_on else 0,
        shorter=sum(len(cells[at]) < width for at in kept),
        longer=sum(len(cells[at]) > width for at in kept),
    )


def two_rows(header: tuple[str, ...], below: Row, is_whole_name: Callable[[str], bool]) -> tuple[str, ...]:
    """The names of a header that goes on in the row below, as Wartość / brutto does; empty if that is no header."""
    more = [cell.strip(BLANKS) for cell in below]
    if len(more) != len(header) or sum(map(bool, more)) < 2 or any(any(map(str.isdigit, text)) for text in more):
        return ()
    both = tuple(" ".join(filter(None, pair)) for pair in zip(header, more, strict=True))
    # Goods below Product and Category are no names, though such words stand before them then.
    told = [is_whole_name(pair) or is_whole_name(text) for pair, text in zip(both, more, strict=True) if text]
    return both if sum(told) * 2 >= max(len(told), 4) and list(header) != more else ()


def end_of_table(rows: Rows, places: range, header: Sequence[str], is_name: Callable[[str], bool]) -> int:
    """Where another table begins, with other columns: at a row of names alone, one of them of this table, or below a blank line."""
    for at in places:
        filled = [text for cell in rows.cells[at] if (text := cell.strip(BLANKS))]
        if len(filled) < 2 or any(any(map(str.isdigit, text)) for text in filled) or sum(map(is_name, filled)) * 2 < len(filled):
            continue
        apart = rows.lines[at] > rows.lines[at - 1] + 1 or not any(rows.cells[at - 1])
        is_again = [name.casefold() for name in header] == [cell.strip(BLANKS).casefold() for cell in rows.cells[at]]
        if not is_again and (apart or not set(header).isdisjoint(filled)):
            return at
    return len(rows.cells)


def header_place(cells: Sequence[Row], usual: int, is_name: Callable[[str], bool]) -> int | None:
    """The row that names the columns: of the first rows that could, the one with most known names."""
    best: tuple[int, int] | None = None
    for place, row in enumerate(cells[:DEEPEST_HEADER]):
        if not could_be_header(row, usual):
            continue
        known = sum(map(is_name, row))
        if best is None or known > best[0]:
            best = (known, place)
    return best[1] if best else None


def could_be_header(row: Row, usual: int) -> bool:
    """Whether a row has as many cells as the others, names in most of them and no number or date."""
    filled = [cell for cell in row if cell.strip(BLANKS)]
    wide = len(row) >= usual * 0.8 and len(filled) >= max(2 if usual > 1 else 1, len(row) * 0.6)
    return wide and not any(A_VALUE.match(cell.strip(BLANKS)) for cell in filled) and len(set(filled)) > len(filled) / 2


def is_many_tables(cells: Sequence[Row]) -> bool:
    """Whether little tables stand one below another, each with a header of its own: a page per order, not a table."""
    texts = Counter(tuple(row) for row in cells if len(row) > 1 and could_be_header(row, len(row)))
    repeated = [(row, count) for row, count in texts.items() if count > 2]
    return any(sum(len(other) != len(row) for other in cells) >= count for row, count in repeated)
