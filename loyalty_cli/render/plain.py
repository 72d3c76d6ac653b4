"""A page as plain text for a pipe or a file: sentences, then tables as wide as they are, nothing folded or cut.

A person at a terminal, or whoever asks for colour, gets the same from Rich; scripts do not wait for Rich.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.bands import columns_shown
from loyalty_cli.render.bands import GAP
from loyalty_cli.render.bands import total_label
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.table import Table
    from loyalty_cli.render.bands import Shown
    from loyalty_cli.render.look import Look


def render(outcome: Outcome, look: Look) -> bytes:
    """The sentences and tables of an outcome as UTF-8 text."""
    if look.width is not None or look.colour:
        from loyalty_cli.render import terminal

        return terminal.render(outcome, look)
    lines = say_all(outcome.said, look.language)
    for table in outcome.tables:
        lines += ["", *page(table, look.language)] if lines else page(table, look.language)
    if outcome.after is not None:
        lines += [*([""] if outcome.tables else []), say(outcome.after, look.language)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def page(table: Table, language: str) -> list[str]:
    """A table with its title, its basis and its notes."""
    lines = say_all(filter(None, (table.title, table.basis)), language)
    if not table.rows:
        return [*lines, say(table.empty or phrase("There is nothing to show."), language)]
    notes = say_all(table.notes, language)
    return [*lines, "", *grid(columns_shown(table, language), language), *([""] if notes else []), *notes]


def grid(columns: Sequence[Shown], language: str) -> Iterator[str]:
    """Headings, a rule, the rows, and the totals under another rule."""
    widths = [column.width for column in columns]

    def line(texts: Sequence[str]) -> str:
        cells = (
            " " * (width - width_of(text)) + text if column.right else text + " " * (width - width_of(text))
            for column, text, width in zip(columns, texts, widths, strict=True)
        )
        return (" " * GAP).join(cells).rstrip(" ")

    rule = (" " * GAP).join("─" * width for width in widths)
    yield line([column.heading for column in columns])
    yield rule
    yield from map(line, zip(*(column.texts for column in columns), strict=True))
    if any(column.total for column in columns):
        yield rule
        yield line([total_label(columns, language), *(column.total for column in columns[1:])])
