"""A page for a person at a terminal: sentences, then tables with numbers to the right and a total below.

The layout is our own and not Rich's: 300 members as a Rich table take longer than all the rest.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.columns import GAP
from loyalty_cli.render.columns import shown
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.columns import Shown
    from loyalty_cli.render.look import Look

BOLD = "1"
DIM = "2"
YELLOW = "33"
RED = "31"


def render(outcome: Outcome, look: Look) -> bytes:
    """The sentences and tables of an outcome as UTF-8 text."""
    lines = [line for said in outcome.said for line in folded(say(said, look.language), look.width)]
    for table in outcome.tables:
        lines += ["", *page(table, look)] if lines else page(table, look)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def painted(text: str, how: str, look: Look) -> str:
    """The text in a colour or weight, where colour is wanted."""
    return f"\x1b[{how}m{text}\x1b[0m" if look.colour and text else text


def page(table: Table, look: Look) -> list[str]:
    """A table with its title, its basis and its notes."""
    lines = [painted(each, BOLD, look) for each in folded(say(table.title, look.language), look.width)]
    if table.basis is not None:
        lines += [painted(each, DIM, look) for each in folded(say(table.basis, look.language), look.width)]
    if not table.rows:
        nothing = table.empty or phrase("There is nothing to show.")
        return [*lines, *folded(say(nothing, look.language), look.width)]
    columns, hidden = shown(table, look.language, look.width)
    notes = [say(note, look.language) for note in table.notes]
    if hidden:
        left_out = phrase(
            "Not shown at this width: {names}. A wider window or -O csv shows all.", names="; ".join(hidden)
        )
        notes.append(say(left_out, look.language))
    lines += ["", *grid(columns, len(table.rows), look)]
    if notes:
        lines += ["", *(painted(each, DIM, look) for note in notes for each in folded(note, look.width))]
    return lines


def grid(columns: Sequence[Shown], count: int, look: Look) -> Iterator[str]:
    """Headings, a rule, the rows, and the totals under another rule."""
    writers = [cell_writer(column) for column in columns]
    rule = painted((" " * GAP).join("─" * column.width for column in columns), DIM, look)
    headings = [folded(column.heading, column.width) for column in columns]
    deepest = max(map(len, headings))
    for index in range(deepest):
        texts = [
            lines[index - deepest + len(lines)] if index >= deepest - len(lines) else "" for lines in headings
        ]
        yield painted(joined(writers, texts), BOLD, look)
    yield rule
    for index in range(count):
        yield from row_lines(columns, [column.texts[index] for column in columns], writers)
    if any(column.total for column in columns):
        yield rule
        texts = [column.total for column in columns]
        label = say(phrase("Total"), look.language)
        if not texts[0] and len(label) <= columns[0].width:
            texts[0] = label
        yield painted(joined(writers, texts), BOLD, look)


def row_lines(
    columns: Sequence[Shown], texts: Sequence[str], writers: Sequence[Callable[[str], str]]
) -> Iterator[str]:
    """One row; names that are too long go on in the next line."""
    if all(len(text) <= column.width for text, column in zip(texts, columns, strict=True)):
        yield joined(writers, texts)
        return
    cells = [folded(text, column.width) for text, column in zip(texts, columns, strict=True)]
    for line in zip_longest(*cells, fillvalue=""):
        yield joined(writers, line)


def cell_writer(column: Shown) -> Callable[[str], str]:
    """How a cell is put into its width."""
    width = column.width
    if column.right:
        return lambda text: " " * (width - width_of(text)) + text
    return lambda text: text + " " * (width - width_of(text))


def joined(writers: Sequence[Callable[[str], str]], texts: Sequence[str]) -> str:
    """The cells of one line side by side."""
    return (" " * GAP).join([write(text) for write, text in zip(writers, texts, strict=True)]).rstrip(" ")


def folded(text: str, width: int | None) -> list[str]:
    """A text in lines of at most this width, broken between words where it can be."""
    if width is None or width_of(text) <= width:
        return [text]
    lines = [""]
    for part in text.split(" "):
        wanted = f"{lines[-1]} {part}" if lines[-1] else part
        if width_of(wanted) <= width:
            lines[-1] = wanted
            continue
        *full, last = chopped(part, width)
        lines += [*full, last]
    return [line for line in lines if line] or [""]


def chopped(part: str, width: int) -> list[str]:
    """A word too long for a line, in pieces that fit."""
    pieces = [""]
    for sign in part:
        if width_of(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
