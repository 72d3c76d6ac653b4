"""A document as a slip for a thermal printer: plain text of 32 or 48 columns, nothing wider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.render.document import label_of
from loyalty_cli.render.document import value_of
from loyalty_cli.render.safe import safe
from loyalty_cli.render.safe import width_of
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.document import Section


def as_slip(document: Document, language: str, width: int) -> bytes:
    """The document in so many columns: headings in the middle, figures to the right."""
    lines = [*centred(say(document.under, language), width), *centred(say(document.title, language), width)]
    for part in document.sections:
        lines += ["-" * width, *section_lines(part, language, width)]
    if document.note:
        lines += ["-" * width, *wrapped(say(document.note, language), width)]
    return "".join(f"{line.rstrip()}\n" for line in lines).encode("utf-8", "replace")


def section_lines(part: Section, language: str, width: int) -> Iterator[str]:
    """A part of the document: its heading, its figures, its sentences."""
    if heading := say(part.heading, language):
        yield from centred(heading, width)
    for fact in part.facts:
        yield from beside(label_of(fact, language), value_of(fact, language) or "", width)
    for sentence in say_all(part.sentences, language):
        yield from wrapped(sentence, width)


def beside(label: str, value: str, width: int) -> list[str]:
    """A label with its value at the right edge; below, where both do not fit."""
    label, value = safe(label), safe(value)
    room = width - width_of(label) - width_of(value)
    if room > 0:
        return [label + " " * room + value]
    return [*wrapped(label, width), *(" " * max(0, width - width_of(line)) + line for line in wrapped(value, width))]


def centred(text: str, width: int) -> list[str]:
    """A text in the middle of its lines."""
    return [" " * ((width - width_of(line)) // 2) + line for line in wrapped(text, width)] if text else []


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines, broken between words, and within one that is longer than a line."""
    lines: list[str] = []
    for word in safe(text).split():
        if lines and width_of(lines[-1]) + 1 + width_of(word) <= width:
            lines[-1] += f" {word}"
            continue
        lines.append("")
        for sign in word:
            if width_of(lines[-1] + sign) > width:
                lines.append("")
            lines[-1] += sign
    return lines
