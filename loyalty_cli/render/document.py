"""A document as a page to print on A4, or as plain text of 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of
from loyalty_cli.model.shown.document import Moment
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.columns import shown
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.figures import in_zone
from loyalty_cli.render.html import section as table_texts
from loyalty_cli.render.look import Look
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.templates import template
from loyalty_cli.render.terminal import folded
from loyalty_cli.render.terminal import grid
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.document import Fact
    from loyalty_cli.model.shown.document import Section
    from loyalty_cli.model.shown.document import Signature
    from loyalty_cli.model.shown.table import Table

WIDTH = 80
INDENT = "    "
LONGEST_LABEL = 34
"""A label longer than this has its value in the line below."""


def as_page(document: Document, language: str) -> bytes:
    """The document as one HTML page that loads nothing."""
    look = Look(language=language)
    sections = [
        {
            "heading": say(part.heading, language),
            "sentences": say_all(part.sentences, language),
            "facts": [(label_of(fact, language), value_of(fact, language), fact.exact) for fact in part.facts],
            "table": {**table_texts(part.table, look), "name": part.table.name} if part.table else None,
            "empty_lines": part.empty_lines,
        }
        for part in document.sections
    ]
    page = template("document.html.j2").render(
        language=language,
        name=document.name,
        title=say(document.title, language),
        under=say(document.under, language),
        sections=sections,
        signatures=[(say(one.role, language), spoken(one.name, language)) for one in document.signatures],
        note=say(document.note, language) if document.note else "",
        signed=say(phrase("Date and signature"), language),
    )
    return page.encode("utf-8", "replace")


def as_text(document: Document, language: str) -> bytes:
    """The document as text, nothing wider than 80 columns."""
    lines = [*centred(say(document.title, language)), *centred(say(document.under, language))]
    for number, part in enumerate(document.sections, 1):
        lines += ["", *underlined(f"{number}. {say(part.heading, language)}"), *section_lines(part, language)]
    for signature in document.signatures:
        lines += ["", "", *signature_lines(signature, language)]
    if document.note:
        lines += ["", *folded(say(document.note, language), WIDTH)]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def centred(text: str) -> list[str]:
    """A heading in the middle of the page."""
    return [line.center(WIDTH).rstrip() for line in folded(text, WIDTH)]


def underlined(text: str) -> list[str]:
    """A heading with a rule below."""
    lines = folded(text, WIDTH)
    return [*lines, "-" * max(map(width_of, lines))]


def section_lines(part: Section, language: str) -> Iterator[str]:
    """A part of the document below its heading."""
    for sentence in say_all(part.sentences, language):
        yield from folded(sentence, WIDTH)
    labels = [label_of(fact, language) for fact in part.facts]
    side = min(LONGEST_LABEL, max(map(width_of, labels), default=0))
    for label, fact in zip(labels, part.facts, strict=True):
        yield from fact_lines(label, fact, language, side=side)
    if part.table:
        if part.facts or part.sentences:
            yield ""
        yield from table_lines(part.table, language)
    for _ in range(part.empty_lines):
        yield from ("", "_" * WIDTH)


def fact_lines(label: str, fact: Fact, language: str, *, side: int) -> Iterator[str]:
    """A label with its value beside it, or below it where there is no room."""
    value = value_of(fact, language)
    room = WIDTH - side - 2
    if value is None:
        yield f"{label}: ".ljust(side + 2) + "_" * min(room, 36)
        return
    if width_of(label) > side or (fact.exact and width_of(value) > room):
        yield f"{label}:"
        yield from (INDENT + line for line in folded(value, WIDTH - len(INDENT)))
        return
    first, *rest = folded(value, room)
    yield f"{label}: ".ljust(side + 2) + first
    yield from (" " * (side + 2) + line for line in rest)


def table_lines(table: Table, language: str) -> Iterator[str]:
    """A table; where a code is too long for a line, each row stands in two."""
    if not table.rows:
        nothing = table.empty or phrase("There is nothing to show.")
        yield from folded(say(nothing, language), WIDTH)
        return
    columns, hidden = shown(table, language, WIDTH)
    if hidden or sum(column.width + 2 for column in columns) - 2 > WIDTH:
        every, _ = shown(table, language, None)
        for row in range(len(table.rows)):
            for column in every:
                yield from folded(f"{column.heading}: {column.texts[row]}", WIDTH)
        return
    yield from grid(columns, len(table.rows), Look(language=language, width=WIDTH))


def signature_lines(signature: Signature, language: str) -> Iterator[str]:
    """A line to sign on, with who signs below it."""
    yield "_" * 40
    who = spoken(signature.name, language)
    yield from folded(say(signature.role, language) + (f": {who}" if who else ""), WIDTH)


def label_of(fact: Fact, language: str) -> str:
    """What a fact is."""
    return say(fact.label, language)


def value_of(fact: Fact, language: str) -> str | None:
    """A fact's value as the language writes it; None is filled in by hand."""
    if fact.value is None:
        return None
    if isinstance(fact.value, Moment):
        return moment_said(fact.value, language)
    return spoken(fact.value, language, name="number" if fact.exact else "")


def moment_said(moment: Moment, language: str) -> str:
    """An instant to the second, with its zone: `20.04.2026 02:00:05 (Europe/Warsaw, UTC+02:00)`."""
    local = in_zone(moment.instant, moment.timezone)
    if local is None:
        return moment.instant
    offset = local.isoformat()[-6:]
    return f"{figures_of(language).day(day_of(local))} {local:%H:%M:%S} ({moment.timezone}, UTC{offset})"
