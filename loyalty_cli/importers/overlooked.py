"""Receipts that a column calls off, where the layout was found by the header alone and does not look at that column."""

from __future__ import annotations

import csv
from itertools import chain
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import CANCELLED
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.layouts import labels
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import in_several
from loyalty_cli.importers.layouts.places import labelled
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import CsvFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout

# Names that we know whole: another column may have any word in its name.
SURELY = 100
STEMS = set(CALLED_OFF)


def refuse_overlooked(path: Path, layout: Layout, file: str) -> None:
    """Stop where rows are called off by a column that the layout does not read: nobody has said that they count.

    A file that has no such column costs no more than its header.
    """
    export = CsvFile(path, layout.csv_form)
    if not export.form.header:
        return
    with export.opened() as (opened, _):
        places = overlooked(layout, export.header)
        said = first_called_off(export.reader(opened), places) if places else None
    if said is not None:
        place, label = said
        raise ExportRefused(
            "{file}: the column {column} says {label}, and no layout that looks at it was named; such receipts would count.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Let loyalty draft a layout: loyalty import inspect {file} --write. Where they do count, name a layout with --layout.",
                file=file,
            ),
            file=file,
            column=export.header[place],
            label=label,
        )


def overlooked(layout: Layout, header: Sequence[str]) -> dict[int, str]:
    """The columns that are called a state by their name and are not read: their places, with `status` or `cancelled`."""
    wanted = layout.columns.named()
    read = {folded(name) for name in chain(wanted.values(), labelled(layout, wanted).values(), *in_several(layout).values())}
    return {
        place: word
        for place, name in enumerate(header)
        for word in ("status", "cancelled")
        if folded(name) not in read and words_for(name).get(word) == SURELY
    }


def first_called_off(rows: Iterable[list[str]], places: Mapping[int, str]) -> tuple[int, str] | None:
    """The first cell of these columns that says that a receipt was called off, with its place."""
    known: set[tuple[str, str]] = set()
    try:
        for row in rows:
            for place, word in places.items():
                label = row[place].strip() if place < len(row) else ""
                if label and (word, label) not in known:
                    if says_so(word, label):
                        return place, label
                    known.add((word, label))
    except csv.Error:
        pass  # what can not be read is told when the receipts are
    return None


def says_so(word: str, label: str) -> bool:
    """Whether a cell says that a receipt was called off: by its word, or as what is filled in a column `cancelled`."""
    if word == "cancelled":
        return not is_one_of(label, NO)
    return is_one_of(label, CANCELLED) or labels.is_one_of(label, STEMS)
