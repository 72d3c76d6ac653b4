"""What a layout leaves to the file itself: how many lines stand above the table, and which of several date forms it has."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from loyalty_cli.importers.layouts.places import find_places
from loyalty_cli.importers.layouts.places import folded
from loyalty_cli.importers.layouts.places import in_several
from loyalty_cli.importers.layouts.places import labelled
from loyalty_cli.importers.layouts.places import places_by_number
from loyalty_cli.importers.receipts.shaping import Shaper
from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import misfit
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.csv.files import trimmed
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.dates import split_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.model.days import Day

DEEPEST_HEADER = 200
# So many rows are enough once only one form is left; later ones of another form are bad rows.
ENOUGH = 3000
# Fewer dates than one in so many may be of another form than the rest: those rows are bad, not the file.
STRAY = 20


def settled(layout: Layout, path: Path, name: str = "") -> Layout:
    """The layout with what only this file can tell; a refusal speaks of the till with this name."""
    if layout.skip_top == "until header":
        layout = layout.model_copy(update={"skip_top": lines_above(layout, path)})
    if layout.date_form is not None and len(layout.date_form) > 1:
        layout = layout.model_copy(update={"date_form": (form_of_dates(layout, path, name),)})
    return layout


def lines_above(layout: Layout, path: Path) -> int:
    """The number of lines above the row that has all columns of the layout."""
    wanted = layout.columns.named()
    several = [place for places in in_several(layout).values() for place in places]
    needed = {folded(name) for name in [*wanted.values(), *labelled(layout, wanted).values(), *several]}
    file_of_layout = CsvFile(path, layout.csv_form)
    first: tuple[str, ...] = ()
    with file_of_layout.top() as file:
        reader = file_of_layout.reader(file)
        above = 0
        try:
            for row in islice(reader, DEEPEST_HEADER):
                first = first or trimmed(row)
                if needed <= {folded(name) for name in trimmed(row)}:
                    return above
                above = reader.line_num
        except csv.Error as error:
            raise file_of_layout.broken(above + 1) from error
    raise misfit(path.name, phrase("a row with the columns {names}", names=sorted(needed)), ", ".join(first))


@dataclass(slots=True)
class Seen:
    """The different dates of a file, each with the line it was first seen on, and the forms that read them."""

    forms: dict[str, Callable[[str], Day | None]]
    lines: dict[str, int] = field(default_factory=dict)
    fits: Counter[str] = field(default_factory=Counter)
    # For each form a date that it does not read and another form does.
    against: dict[str, str] = field(default_factory=dict)
    misses: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, line: int) -> None:
        """Take one more date into account."""
        if text in self.lines or not text.strip():
            return
        self.lines[text] = line
        fitting = {form for form, read in self.forms.items() if read(text) is not None}
        self.fits.update(fitting)
        for form in self.forms.keys() - fitting if fitting else ():
            self.against.setdefault(form, text)
            self.misses[form] += 1

    @property
    def left(self) -> list[str]:
        """The forms with nothing against them."""
        return [form for form in self.forms if form not in self.against]


def form_of_dates(layout: Layout, path: Path, name: str) -> str:
    """The one of several forms that the file's dates have; refused where they do not tell."""
    assert layout.date_form is not None  # noqa: S101 - asked by settled
    seen = Seen({form: reader_of(form) for form in layout.date_form})
    for rows, dates in dates_of(layout.model_copy(update={"date_form": layout.date_form[:1]}), path):
        for text, line in dates:
            seen.add(text, line)
        if rows >= ENOUGH and len(seen.left) == 1:
            break
    return decided(seen, path, name)


def decided(seen: Seen, path: Path, name: str) -> str:
    """The form that the dates speak for."""
    left = seen.left
    if left:
        question = next((text for text in seen.lines if differ(seen, left, text)), None)
        if question is None:
            return left[0]
        raise undecided(path, left, (seen.lines[question], question), name)
    best = max(seen.forms, key=lambda form: seen.fits[form])
    if seen.misses[best] * STRAY <= len(seen.lines):
        return best
    one, other = next(text for text in seen.lines if seen.forms[best](text) is not None), seen.against[best]
    raise ExportRefused(
        "{file} has dates of two forms: {one} in line {line} and {other} in line {other_line}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase("A spreadsheet may have turned day and month round. Export the file again and do not open it."),
        file=path.name,
        one=one,
        line=seen.lines[one],
        other=other,
        other_line=seen.lines[other],
    )


def differ(seen: Seen, forms: list[str], text: str) -> bool:
    """Whether forms read different days out of a text."""
    return len({seen.forms[form](text) for form in forms} - {None}) > 1


class UndecidedDatesError(ExportRefused):
    """A file's dates may be of several forms; other files of the same till may tell."""

    forms: tuple[str, ...] = ()


def undecided(path: Path, forms: list[str], seen: tuple[int, str], name: str) -> UndecidedDatesError:
    """The refusal that asks which form is meant."""
    (line, text), one, other = seen, forms[0], forms[-1]
    refusal = UndecidedDatesError(
        "{file} does not tell which form its dates have: {text} in line {line} may be {one} or {other}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase(
            'Write layouts/my-till.yaml with two lines, "like: {name}" and "date_form: {one}" or '
            '"date_form: {other}", and name it with --layout my-till.',
            name=name,
            one=one,
            other=other,
        )
        if name
        else phrase('Write the right one in the layout: "date_form: {one}" or "date_form: {other}".', one=one, other=other),
        file=path.name,
        text=text,
        line=line,
        one=one,
        other=other,
    )
    refusal.forms = tuple(forms)
    return refusal


def reader_of(form: str) -> Callable[[str], Day | None]:
    """A reader of whole cells: a time that is part of the form must be right, too."""
    if not date_form(form).has_time:
        return date_form(form).day
    split = split_form(form)

    def read(text: str) -> Day | None:
        dates, times = split.cut([text])
        return split.date.day(dates[0]) if split.time.seconds(times[0]) is not None else None

    return read


def dates_of(layout: Layout, path: Path) -> Iterator[tuple[int, list[tuple[str, int]]]]:
    """Every different date of a file with a line that has it, batch by batch, each with the rows read so far."""
    export = CsvFile(path, layout.csv_form)
    shaper: Shaper | None = None
    told: set[str] = set()
    read = 0
    for rows in export.rows():
        read += len(rows.cells)
        if shaper is None:
            width = len(rows.cells[0])
            places = find_places(layout, export.header, path.name) if layout.header else places_by_number(layout, width, path.name)
            shaper = Shaper(layout, places, export.header)
            place = places.of_word["date"]
        for row in rows.cells:
            row.extend([""] * (places.width - len(row)))
        plain = place < places.width and shaper.fill is None
        shaped: Rows = shaper.shaped(not_told(rows, place, told) if plain else rows)
        told.update(row[place] for row in shaped.cells)
        yield read, list(zip((row[place] for row in shaped.cells), shaped.lines, strict=True))


def not_told(rows: Rows, place: int, told: set[str]) -> Rows:
    """The rows whose date has not been told yet: a year of sales has few different ones."""
    fresh = [index for index, row in enumerate(rows.cells) if row[place] not in told]
    return Rows([rows.cells[index] for index in fresh], [rows.lines[index] for index in fresh])
