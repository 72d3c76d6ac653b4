"""A document as plain text of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.align import Align
from rich.padding import Padding
from rich.table import Column
from rich.table import Table as Grid

from loyalty_cli.render.document import label_of
from loyalty_cli.render.document import value_of
from loyalty_cli.render.held import held
from loyalty_cli.render.look import Look
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.terminal import body
from loyalty_cli.render.terminal import drawn
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from rich.console import RenderableType

    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.document import Fact
    from loyalty_cli.model.shown.document import Section

WIDTH = 80
INDENT = 4
LONGEST_LABEL = 34
"""A label longer than this has its value in the line below."""


def as_text(document: Document, language: str) -> bytes:
    """The document as text, nothing wider than 80 columns."""
    look = Look(language=language, width=WIDTH)
    title = [Align.center(held(say(each, language), justify="center")) for each in (document.title, document.under)]
    parts: list[RenderableType] = [*title]
    for number, part in enumerate(document.sections, 1):
        heading = f"{number}. {say(part.heading, language)}"
        parts += ["", held(heading), "-" * min(WIDTH, width_of(heading)), *section_parts(part, look)]
    for signature in document.signatures:
        who = spoken(signature.name, language)
        parts += ["", "", "_" * 40, held(say(signature.role, language) + (f": {who}" if who else ""))]
    if document.note:
        parts += ["", held(say(document.note, language))]
    return drawn(parts, look)


def section_parts(part: Section, look: Look) -> Iterator[RenderableType]:
    """A part of the document below its heading."""
    for sentence in say_all(part.sentences, look.language):
        yield held(sentence)
    if part.facts:
        yield from fact_parts(part.facts, look.language)
    if part.table:
        yield from body(part.table, look, WIDTH)[0 if part.facts or part.sentences else 1 :]
    for _ in range(part.empty_lines):
        yield from ("", "_" * WIDTH)


def fact_parts(facts: Sequence[Fact], language: str) -> Iterator[RenderableType]:
    """Labels with their values beside them, or below where there is no room."""
    labels = [f"{label_of(fact, language)}:" for fact in facts]
    side = min(LONGEST_LABEL, max(map(width_of, labels)))
    for label, fact in zip(labels, facts, strict=True):
        value = value_of(fact, language)
        room = WIDTH - side - 1
        if value is not None and (width_of(label) > side or (fact.exact and width_of(value) > room)):
            yield held(label)
            yield Padding(held(value, overflow="fold"), (0, 0, 0, INDENT))
            continue
        beside = Grid.grid(Column(width=side, no_wrap=value is not None), padding=(0, 1, 0, 0))
        beside.add_row(held(label), held("_" * min(room, 36) if value is None else value, overflow="fold"))
        yield beside
