"""A document as a page to print on A4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import day_of
from loyalty_cli.model.shown.document import Moment
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.figures import figures_of
from loyalty_cli.render.figures import in_zone
from loyalty_cli.render.html import section as table_texts
from loyalty_cli.render.look import Look
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all
from loyalty_cli.render.words import spoken

if TYPE_CHECKING:
    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.document import Fact


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
