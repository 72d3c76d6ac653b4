"""A document goes to the screen as text, or into a file: a page to print (.html) or text (.txt)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from typing import NoReturn

    from loyalty_cli.model.shown.document import Document
    from loyalty_cli.model.shown.outcome import Outcome

FORMS = {".html": "html", ".htm": "html", ".txt": "table", "": "table"}


def put_document(
    outcome: Outcome, document: Document, *, form: str | None, output: Path | None, language: str | None
) -> NoReturn:
    """Show or write the document, and end the command; `-O json` has the figures alone."""
    from dataclasses import replace

    from loyalty_cli.cli import streams
    from loyalty_cli.cli.show import chosen_language
    from loyalty_cli.cli.show import show
    from loyalty_cli.cli.written_file import write_file
    from loyalty_cli.render.document import as_page
    from loyalty_cli.render.document import as_text

    word = form_of(form, output)
    if word == "json":
        show(outcome, form=form, output=output, language=language)
    spoken = chosen_language(language, outcome)
    streams.speak_utf8()
    content = as_page(document, spoken) if word == "html" else as_text(document, spoken)
    if output is None or str(output) == "-":
        streams.put_out(content)
        show(replace(outcome, said=[], quiet=True), form="csv", language=language)
    write_file(output, content)
    said = [*outcome.said, phrase("Written: {file}", file=str(output))]
    show(replace(outcome, said=said, data={**outcome.data, "file": str(output)}), language=language)


def form_of(form: str | None, output: Path | None) -> str:
    """The form that was asked for, else what the file's ending says, else text."""
    word = form.lower() if form is not None else FORMS.get(output.suffix.lower(), "") if output is not None else "table"
    if word not in {"html", "table", "json"}:
        hint = phrase(
            "Name a file such as {file}, or one that ends in .txt.", file=f"{output.stem if output else 'minutes'}.html"
        )
        raise LoyaltyError("A document is written as a page (html) or as text (table).", hint=hint)
    return word
