"""Receipts that a column calls off, where the layout was found by the header alone and does not look at that column."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from loyalty_cli.importers.called_off import CANCELLED
from loyalty_cli.importers.called_off import DONE
from loyalty_cli.importers.called_off import SAY_CALLED_OFF
from loyalty_cli.importers.inspecting.header_words import is_one_of
from loyalty_cli.importers.inspecting.header_words import NO
from loyalty_cli.importers.inspecting.header_words import SURELY
from loyalty_cli.importers.inspecting.header_words import words_for
from loyalty_cli.importers.inspecting.seen_columns import MOST_LABELS
from loyalty_cli.importers.layouts.labels import calls_off
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import in_several
from loyalty_cli.importers.layouts.places import labelled
from loyalty_cli.importers.receipts.watcher import ALL_COLUMNS
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.importers.layouts.layout import Layout


class CalledOff:
    """Watches the columns that nobody reads while a file is read; `file` is its name as it is told."""

    def __init__(self, header: Sequence[str], layout: Layout, file: str) -> None:
        self.header = header
        self.file = file
        read = names_read(layout)
        self.columns = states_among(header, [place for place, name in enumerate(header) if folded(name) not in read])

    def look(self, rows: Sequence[list[str]], *, before: int = ALL_COLUMNS) -> None:
        """Stop where rows are called off: nobody has said that they count. Of these rows only the cells before a place are known."""
        watched = [column for column in self.columns if column.place < before]
        if not (watched and has_news(rows, watched)):
            return
        for row in rows:
            for column in watched:
                if said := column.news(row):
                    raise self.refusal(column.place, said)
        self.columns = [column for column in self.columns if column.may_be_states]

    def refusal(self, place: int, label: str) -> ExportRefused:
        """Why the file is not taken in."""
        return ExportRefused(
            "{file}: the column {column} says {label}, and no layout that looks at it was named; such receipts would count.",
            exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
            hint=phrase(
                "Let loyalty draft a layout: loyalty import inspect {file} --write layouts/NAME.yaml. "
                "Where they do count, name a layout with --layout.",
                file=typed(self.file),
            ),
            file=self.file,
            column=self.header[place],
            label=label,
        )


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

    def news(self, row: Sequence[str]) -> str:
        """The label that says that receipts here were called off, if a row has one that was not seen yet."""
        label = row[self.place].strip() if self.place < len(row) else ""
        return self.called_off(label) if label and label not in self.seen and self.may_be_states else ""

    def called_off(self, label: str) -> str:
        """The label that says that receipts here were called off, now that one more is known."""
        self.seen.add(label)
        if self.word:
            return label if says_so(self.word, label) else ""
        if is_one_of(label, CANCELLED):
            return label
        # The beginning of a word says it only beside another state: Cancelled, or a shelf of Cancel brand.
        if calls_off(label, SAY_CALLED_OFF):
            self.stem = label
        return self.stem if self.stem and any(is_one_of(each, DONE) for each in self.seen) else ""


def has_news(rows: Sequence[list[str]], columns: Sequence[Labels]) -> bool:
    """Whether a label stands in some rows that was not seen yet: hardly ever, and that is seen without going through them."""
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
    return is_one_of(label, CANCELLED) or calls_off(label, SAY_CALLED_OFF)
