"""Every format: its word for `-O`, the module that makes it and the endings of its files."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import Phrase
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from pathlib import Path

    from loyalty_cli.model.shown.outcome import Outcome
    from loyalty_cli.render.look import Look

Render = Callable[["Outcome", "Look"], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format as the list knows it; the module is imported when it is used."""

    module: str
    endings: tuple[str, ...]
    binary: bool = False


ALL_FORMATS = {
    "table": Format(module="plain", endings=(".txt",)),
    "csv": Format(module="csv_text", endings=(".csv",)),
    "json": Format(module="json_text", endings=(".json",)),
    "xlsx": Format(module="xlsx", endings=(".xlsx",), binary=True),
    "html": Format(module="html", endings=(".html", ".htm")),
}


def format_asked_for(form: str | None, output: Path | None) -> str:
    """The word of the format: what was said, else what the file's ending says, else a table."""
    if form is not None:
        word = form.lower()
        if word in ALL_FORMATS:
            return word
        raise LoyaltyError("There is no output format '{name}'.", name=form, hint=known_formats(form))
    if output is None or str(output) == "-":
        return "table"
    for word, each in ALL_FORMATS.items():
        if output.suffix.lower() in each.endings:
            return word
    hint = known_formats(output.suffix.removeprefix("."))
    raise LoyaltyError("The ending of {file} names no output format.", file=str(output), hint=hint)


def known_formats(wish: str) -> Phrase:
    """The format that is meant, else those there are, as a hint."""
    if wish.lower() == "pdf":
        return phrase("Make a page, -o report.html, and print it into a PDF file from the browser.")
    if wish.lower() in ("xls", "excel", "ods", "xlsm"):
        return phrase("Workbooks are of the form {name}: -O {name}, or a file that ends in .{name}.", name="xlsx")
    return phrase("Use one of: {names}.", names=", ".join(ALL_FORMATS))


def renderer(word: str) -> Render:
    """The function that makes pages of a format."""
    module = importlib.import_module(f"loyalty_cli.render.{ALL_FORMATS[word].module}")
    return cast("Render", module.render)
