"""What is printed: a sheet goes into an HTML file for a browser; a document into a page, a text, or onto the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn
from typing import TYPE_CHECKING

from loyalty_cli.cli import clock
from loyalty_cli.cli import streams
from loyalty_cli.cli.show import chosen_language
from loyalty_cli.cli.show import Show
from loyalty_cli.cli.show import written_said
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.written_file import write_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.model.shown.sheet import Sheet

FORMS = {".html": "html", ".htm": "html", ".txt": "table", "": "table"}


def put_sheet(outcome: Outcome, sheet: Sheet, show: Show) -> NoReturn:
    """Write the sheet and say so; an empty one is not written."""
    from loyalty_cli.render.sheet import render_sheet

    said = replace(show, output=None)
    if not sheet.labels:
        said.result(outcome)
    path = show.output or Path(f"{sheet.kind}s-{clock.now():%Y-%m-%d}.html")
    content = render_sheet(sheet, chosen_language(show.lang, outcome))
    put_page(outcome, content, path, said, phrase("Open it in a browser and print it on A4 at 100 % (actual size)."))


def put_document(outcome: Outcome, document: Document, show: Show) -> NoReturn:
    """Show or write the document, and end the command; `-O json` has the figures alone."""
    word = form_of(show.form, show.output)
    if word == "json":
        show.result(outcome)
    spoken = chosen_language(show.lang, outcome)
    if word == "html":
        from loyalty_cli.render.document import as_page as render
    else:
        from loyalty_cli.render.document_text import as_text as render
    content = render(document, spoken)
    put_page(outcome, content, show.output or Path("-"), replace(show, form=None, output=None))


def put_drawn(outcome: Outcome, draw: Callable[[str], bytes], show: Show) -> NoReturn:
    """A page that is drawn in the language that is spoken, on standard output or in a file."""
    content = draw(chosen_language(show.lang, outcome))
    put_page(outcome, content, show.output or Path("-"), replace(show, form=None, output=None))


def put_page(outcome: Outcome, content: bytes, path: Path, show: Show, *hints: Phrase) -> NoReturn:
    """The page alone on standard output (`-`), or in a file, and then what there is to say."""
    if str(path) == "-":
        streams.speak_utf8()
        streams.put_on_screen(content)
        replace(show, form="csv").result(replace(outcome, said=(), tables=(), quiet=True))
    written = written_said(path)
    write_file(path, content)
    said = [*outcome.said, written, *hints]
    show.result(replace(outcome, said=said, data={**outcome.data, "file": str(path)}))


def form_of(form: str | None, output: Path | None) -> str:
    """The form that was asked for, else what the file's ending says, else text."""
    word = form.lower() if form is not None else FORMS.get(output.suffix.lower(), "") if output is not None else "table"
    if word not in {"html", "table", "json"}:
        hint = phrase("Name a file such as {file}, or one that ends in .txt.", file=f"{output.stem if output else 'minutes'}.html")
        raise LoyaltyError("A document is written as a page (html) or as text (table).", hint=hint)
    return word
