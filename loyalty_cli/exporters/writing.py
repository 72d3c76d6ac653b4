"""Rows to the bytes of a target's file: columns, marks, letters; what its letters can not say is told, never dropped silently."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.exporters.facts import KIND_OF
from loyalty_cli.model.days import date_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.exporters.target import Out
    from loyalty_cli.exporters.target import Target
    from loyalty_cli.model.told import Told
    from loyalty_cli.model.told import Value

# Letters that are one with their stroke, which no decomposition takes away.
STROKES = str.maketrans("łŁđĐøØıșțȘȚ", "lLdDoOistST")
HUNDREDTHS = 100


class Part(NamedTuple):
    """One file of an export: its bytes and how many rows it has."""

    content: bytes
    rows: int


def cells_of(target: Target, told: Told, *, line: int, digits: int) -> list[str]:
    """The cells of a row as text."""
    return [cell(target, column, told, line=line, digits=digits) for column in target.columns]


def cell(target: Target, column: Out, told: Told, *, line: int, digits: int) -> str:
    """One cell."""
    if column.what == "=line":
        return str(line)
    if column.what == "=gone":
        return column.words.get("yes", "1") if told.gone else column.words.get("no", "0")
    if column.what.startswith("="):
        return column.what[1:]
    value = told.facts.get(column.what)
    kind = KIND_OF[target.about][column.what]
    if kind == "yes":
        return column.words.get("yes" if value else "no", "1" if value else "0")
    text = in_words(target, value, kind, digits=digits)
    return column.words.get(text, text)


def in_words(target: Target, value: Value, kind: str, *, digits: int) -> str:
    """A value in the target's forms."""
    if value is None:
        return ""
    if isinstance(value, str):
        return letters(target, value)
    if kind == "day":
        year, month, day = date_of(value).isoformat().split("-")
        return target.date_form.replace("YYYY", year).replace("MM", month).replace("DD", day)
    if kind == "percent":
        whole, part = divmod(value, HUNDREDTHS)
        return f"{whole}{target.decimal_mark}{part:02}".rstrip("0") if part else str(whole)
    if kind == "money" and digits:
        whole, part = divmod(value, 10**digits)
        return f"{whole}{target.decimal_mark}{part:0{digits}}"
    return str(value)


def letters(target: Target, text: str) -> str:
    """A text in the letters that the target's encoding has; a letter it lacks loses its accent."""
    plain = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    if target.quote == "none":
        plain = plain.replace(target.delimiter, " ")
    return "".join(sign if fits(target, sign) else without_accents(sign) for sign in plain)


def without_accents(sign: str) -> str:
    """A letter without its strokes and accents."""
    return "".join(one for one in unicodedata.normalize("NFKD", sign.translate(STROKES)) if not unicodedata.combining(one))


def fits(target: Target, text: str) -> bool:
    """Whether the target's encoding has these letters."""
    try:
        text.encode(target.encoding)
    except UnicodeEncodeError:
        return False
    return True


def quoted(target: Target, text: str) -> str:
    """A cell as it stands in the file."""
    if target.quote != "none" and any(sign in text for sign in (target.delimiter, target.quote, "\n", "\r")):
        return target.quote + text.replace(target.quote, target.quote * 2) + target.quote
    return text


def parts_of(target: Target, rows: Sequence[Told], *, whole: bool, digits: int) -> list[Part]:
    """The files of an export: one, or several where a target takes only so many rows or bytes at once."""
    most = target.most_rows or max(1, len(rows))
    pieces = [rows[first : first + most] for first in range(0, max(1, len(rows)), most)]
    parts: list[Part] = []
    while pieces:
        piece = pieces.pop(0)
        content = written(target, piece, whole=whole, digits=digits)
        if target.most_bytes and len(content) > target.most_bytes and len(piece) > 1:
            pieces[:0] = [piece[: len(piece) // 2], piece[len(piece) // 2 :]]
        else:
            parts.append(Part(content, len(piece)))
    return parts


def written(target: Target, rows: Sequence[Told], *, whole: bool, digits: int) -> bytes:
    """One file."""
    lines = [line.format(rows=len(rows)) for line in ((whole and target.top_of_all) or target.top)]
    if target.header:
        lines.append(joined(target, [column.heading for column in target.columns]))
    lines += [
        target.row_start + joined(target, cells_of(target, told, line=line, digits=digits)) for line, told in enumerate(rows, start=1)
    ]
    return "".join(f"{line}{target.line_end}" for line in lines).encode(target.encoding)


def joined(target: Target, cells: Sequence[str]) -> str:
    """Cells as a line."""
    return target.delimiter.join(quoted(target, text) for text in cells)
