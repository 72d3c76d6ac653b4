"""Receipts that a column calls off, where the layout was found by the header alone and does not look at that column."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from dataclasses import field
from itertools import chain
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.importers.inspecting.header_words import CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import CANCELLED
from loyalty_cli.importers.inspecting.header_words import DONE
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.layouts import labels
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import in_several
from loyalty_cli.importers.layouts.places import labelled
from loyalty_cli.importers.overlooked_discount import refuse_before_discount
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import ROWS_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout

# Names that we know whole: another column may have any word in its name.
SURELY = 100
STEMS = set(CALLED_OFF)


def refuse_overlooked(path: Path, layout: Layout, file: str) -> None:
    """Stop where rows are called off by a column that the layout does not read: nobody has said that they count.

    A file whose columns are all read costs no more than its header.
    """
    export = CsvFile(path, layout.csv_form)
    if not export.form.header:
        return
    with export.opened() as (opened, _):
        unread = [place for place, name in enumerate(export.header) if folded(name) not in names_read(layout)]
        said = first_called_off(export.reader(opened), states_among(export.header, unread)) if unread else None
    if said is not None:
        place, label = said
        raise ExportRefused(
            "{file}: the column {column} says {label}, and no layout that looks at it was named; such receipts would count.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Let loyalty draft a layout: loyalty import inspect {file} --write layouts/NAME.yaml. "
                "Where they do count, name a layout with --layout.",
                file=file,
            ),
            file=file,
            column=export.header[place],
            label=label,
        )
    refuse_before_discount(export, layout, file)


def names_read(layout: Layout) -> set[str]:
    """The names of the columns that a layout reads, as they are compared."""
    wanted = layout.columns.named()
    read = chain(wanted.values(), labelled(layout, wanted).values(), *in_several(layout).values())
    return {folded(name) for name in read}


def states_among(header: Sequence[str], unread: Sequence[int]) -> list[Labels]:
    """The columns that nobody reads: `status` or `cancelled` by their name, or nothing that their name tells."""
    words = {place: words_for(header[place]) for place in unread}
    called = {place: next((word for word in ("status", "cancelled") if said.get(word) == SURELY), "") for place, said in words.items()}
    return [Labels(place, word) for place, word in called.items()]


@dataclass(slots=True)
class Labels:
    """A column that nobody reads, what its name says it is, and the different labels in it so far."""

    place: int
    word: str
    seen: set[str] = field(default_factory=set)
    stem: str = ""

    @property
    def may_be_states(self) -> bool:
        """Whether these can still be states: by the column's name, or a few words."""
        return bool(self.word) or (len(self.seen) <= MOST_LABELS and all(any(map(str.isalpha, each)) for each in self.seen))

    def label(self, row: Sequence[str]) -> str:
        """What a row says here; '' if it does not reach so far."""
        return row[self.place].strip() if self.place < len(row) else ""

    def called_off(self, label: str) -> str:
        """The label that says that receipts here were called off, now that one more is known."""
        self.seen.add(label)
        if self.word:
            return label if says_so(self.word, label) else ""
        if is_one_of(label, CANCELLED):
            return label
        # The beginning of a word says it only beside another state: Cancelled, or a shelf of Cancel brand.
        if labels.is_one_of(label, STEMS):
            self.stem = label
        return self.stem if self.stem and any(is_one_of(each, DONE) for each in self.seen) else ""


def first_called_off(rows: Iterator[list[str]], columns: list[Labels]) -> tuple[int, str] | None:
    """The first label of these columns that says that a receipt was called off, with its place; few labels, whatever the header."""
    more = True
    while more and columns:
        some: list[list[str]] = []
        try:
            # What was read before a mistake stays in the list.
            some.extend(islice(rows, ROWS_AT_A_TIME))
            more = bool(some)
        except csv.Error:
            more = False  # what can not be read is told when the receipts are
        for row in some if has_news(some, columns) else ():
            for column in columns:
                label = column.label(row)
                if label and label not in column.seen:
                    if said := column.called_off(label):
                        return column.place, said
                    if not column.may_be_states:
                        columns = [each for each in columns if each is not column]
    return None


def has_news(rows: Sequence[list[str]], columns: Sequence[Labels]) -> bool:
    """Whether a label stands in some rows that was not seen yet: hardly ever, and that is told in a tenth of the time."""
    for column in columns:
        try:
            labels_here = set(map(itemgetter(column.place), rows))
        except IndexError:
            return True
        if not column.seen.issuperset(label for each in labels_here if (label := each.strip())):
            return True
    return False


def says_so(word: str, label: str) -> bool:
    """Whether a cell says that a receipt was called off: by its word, or as what is filled in a column `cancelled`."""
    if word == "cancelled":
        return not is_one_of(label, NO)
    return is_one_of(label, CANCELLED) or labels.is_one_of(label, STEMS)
