"""A sheet to print goes into an HTML file, which any browser prints; its name is dated unless one is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.cli import clock
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from typing import NoReturn

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.model.shown.sheet import Sheet

ENDINGS = {".html", ".htm"}


def put_sheet(
    outcome: Outcome, sheet: Sheet, *, output: Path | None, form: str | None, language: str | None
) -> NoReturn:
    """Write the sheet and say so; an empty one is not written."""
    from dataclasses import replace

    from loyalty_cli.cli import streams
    from loyalty_cli.cli.show import chosen_language
    from loyalty_cli.cli.show import show
    from loyalty_cli.cli.written_file import write_file
    from loyalty_cli.render.sheet import render_sheet

    spoken = chosen_language(language, outcome)
    if not sheet.labels:
        show(outcome, form=form, language=language)
    path = output or Path(f"{sheet.kind}s-{clock.now():%Y-%m-%d}.html")
    page = render_sheet(sheet, spoken)
    if str(path) == "-":
        streams.put_out(page)
        show(replace(outcome, said=[], quiet=True), form="table", language=language)
    if path.suffix.lower() not in ENDINGS:
        hint = phrase(
            "Name a file such as {file}, open it in a browser and print it.", file=path.with_suffix(".html").name
        )
        raise LoyaltyError("A sheet to print is an HTML page.", hint=hint)
    write_file(path, page)
    said = [*outcome.said, phrase("Written: {file}", file=str(path))]
    said.append(phrase("Open it in a browser and print it on A4 at 100 % (actual size)."))
    show(replace(outcome, said=said, data={**outcome.data, "file": str(path)}), form=form, language=language)
