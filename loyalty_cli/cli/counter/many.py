"""`loyalty quote --many`: the answers as JSON lines or CSV, to standard output or a file."""

from __future__ import annotations

from typing import Any
from typing import NoReturn
from typing import TYPE_CHECKING

import typer

from loyalty_cli.cli import streams
from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.counter.many import answers
from loyalty_cli.operations.counter.many import COLUMNS
from loyalty_cli.operations.counter.many import csv_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyalty_cli.cli.show import Show
    from loyalty_cli.operations.open_shop import Shop


def answer_many(shop: Shop, show: Show, path: Path, common: Mapping[str, Any]) -> NoReturn:
    """Answer every basket, and end with the code of the last one that was refused."""
    form = (show.form or ("csv" if show.output and show.output.suffix.lower() == ".csv" else "json")).lower()
    if form not in {"csv", "json"}:
        raise LoyaltyError("Many baskets are answered as csv or json, not as {name}.", name=form, hint=phrase("Say -O json."))
    streams.speak_utf8()
    found = list(answers(shop, path, common, form))
    head = csv_row(COLUMNS) if form == "csv" else ""
    content = (head + "".join(each.text for each in found)).encode("utf-8", "replace")
    if show.output is not None and str(show.output) != "-":
        from loyalty_cli.store.written_file import write_file

        write_file(show.output, content)
    else:
        streams.put_out(content)
    raise typer.Exit(next((each.exit_code for each in reversed(found) if each.exit_code), 0))
