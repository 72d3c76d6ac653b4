"""The sections of a document as posters: one on a page for the wall, eight on a page for the shelf."""

from __future__ import annotations

from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.render.safe import safe
from loyalty_cli.render.templates import template
from loyalty_cli.render.words import say
from loyalty_cli.render.words import say_all

if TYPE_CHECKING:
    from loyalty_cli.model.shown.document import Document

Size = Literal["wall", "shelf"]
ON_A_PAGE: dict[Size, int] = {"wall": 1, "shelf": 8}


def as_posters(document: Document, language: str, size: Size) -> bytes:
    """One HTML page that loads nothing."""
    posters = [
        {"name": safe(say(part.heading, language)), "first": first, "more": more}
        for part in document.sections
        for first, *more in [say_all(part.sentences, language)]
    ]
    step = ON_A_PAGE[size]
    page = template("posters.html.j2").render(
        language=language,
        title=say(document.title, language),
        shop=safe(say(document.under, language)),
        size=size,
        pages=[posters[first : first + step] for first in range(0, len(posters), step)],
        empty=say(phrase("There is nothing to print."), language),
    )
    return page.encode("utf-8", "replace")
