"""Lists of members, products, redemptions, balances, totals, row by row; what can not be read is set aside."""

from __future__ import annotations

from itertools import chain
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.importers.cards import card_number
from loyalty_cli.importers.cells import as_it_stands
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.cells import yes_or_no
from loyalty_cli.importers.column_words import column_said
from loyalty_cli.importers.layouts.places import find_places
from loyalty_cli.importers.layouts.places import places_by_number
from loyalty_cli.importers.lists.plain import plain_list
from loyalty_cli.importers.receipts.faults import joined
from loyalty_cli.importers.receipts.heads import garbled
from loyalty_cli.model.listed import ListedProduct
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.csv.files import CsvFile
from loyalty_cli.reading.csv.files import CsvForm
from loyalty_cli.reading.csv.files import misfit
from loyalty_cli.reading.csv.files import Rows
from loyalty_cli.reading.forms.dates import date_form
from loyalty_cli.reading.forms.garbled import can_be_kept
from loyalty_cli.reading.forms.numbers import money_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.importers.layouts.layout import Layout
    from loyalty_cli.importers.layouts.places import Places
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase

Record = TypeVar("Record")
Value = TypeVar("Value")

WHOLE_DIGITS = 2


class ListFile(Generic[Record]):
    """One list, read by its layout (or the plain one if it has none) into records."""

    def __init__(self, path: Path, layout: Layout | None, kind: str, *, make: Callable[[Cells], Record], digits: int) -> None:
        self.path = path
        self.layout = layout
        self.kind = kind
        self.make = make
        self.digits = digits
        self.csv = CsvFile(path, layout.csv_form if layout else CsvForm())

    @property
    def header(self) -> list[str]:
        """The header's names, known once the first row was read."""
        return self.csv.header

    def records(self) -> Iterator[tuple[int, list[str], Record | Phrase]]:
        """Each row with its line, its cells, and the record or what is wrong with it."""
        rows = self.csv.rows()
        first = next(rows, Rows([], []))
        layout = self.layout or self.known(first) or plain_list(self.kind, self.header, self.path.name)
        places = self.places(layout, first)
        for part in chain([first], rows):
            for row, line in zip(part.cells, part.lines, strict=True):
                if any(row):
                    yield line, row, self.record(Cells(row, layout, places, self.digits), places)

    def known(self, first: Rows) -> Layout | None:
        """The layout of a form service whose file it is."""
        if self.kind != "feedback":
            return None
        from loyalty_cli.importers.forms.all_forms import form_layout

        return form_layout(self.header, first.cells, self.path.name)

    def places(self, layout: Layout, first: Rows) -> Places:
        """Where the columns stand."""
        if layout.header:
            return find_places(layout, self.header, self.path.name)
        if not first.cells:
            raise misfit(self.path.name, phrase("rows"), phrase("an empty file"))
        return places_by_number(layout, len(first.cells[0]), self.path.name)

    def record(self, cells: Cells, places: Places) -> Record | Phrase:
        """The record of a row, or what is wrong with it."""
        if len(cells.row) < places.width or (places.exact and len(cells.row) > places.width):
            return phrase("cells in the row: {count}, expected: {width}", count=len(cells.row), width=places.width)
        for word, place in places.of_word.items():
            if place < places.width and not can_be_kept(cells.row[place]):
                cells.blame(garbled(word, cells.row[place]))
        record = self.make(cells)
        return joined(cells.wrong) if cells.wrong else record


class Cells:
    """One row, asked by our words; what is wrong is collected."""

    def __init__(self, row: list[str], layout: Layout, places: Places, digits: int) -> None:
        self.row = row
        self.layout = layout
        self.places = places
        self.digits = digits
        self.wrong: list[Phrase] = []

    def text(self, word: str) -> str | None:
        """A cell's text, None if it is empty or the list has no such column."""
        return next(iter(self.filled(word)), None)

    def filled(self, word: str) -> list[str]:
        """The texts of a word's cells that are not empty; a member may have several columns of cards."""
        return [text for text in self.beside(word) if text]

    def beside(self, word: str) -> list[str]:
        """The texts of a word's cells, empty ones too, in the order of the layout's columns."""
        place = self.places.of_word.get(word)
        places = self.places.several.get(word, () if place is None else (place,))
        return [clean_text(self.row[own]) or "" for own in places]

    def together(self, word: str) -> str | None:
        """The texts of a word's cells as one, such as a first name and a family name."""
        return " ".join(self.filled(word)) or None

    def read(self, word: str, reader: Callable[[str], Value | None], expected: Phrase | str) -> Value | None:
        """What a cell means; a cell that means nothing is noted."""
        text = self.text(word)
        if text is None:
            return None
        value = reader(text)
        if value is None:
            self.wrong.append(
                phrase("{column}: {text} is not {expected}", column=column_said(word), text=as_it_stands(text), expected=expected)
            )
        return value

    def several(self, word: str) -> tuple[str, ...]:
        """The names in a cell, with ; between them."""
        return tuple(dict.fromkeys(name for part in ";".join(self.filled(word)).split(";") if (name := clean_text(part))))

    def money(self, word: str, *, least: int | None = 0) -> int | None:
        """An amount, not below zero unless it may be."""
        reader = money_reader(self.layout.number_form, self.layout.digits(self.digits))
        return self.read(word, lambda text: at_least(least, reader(text)), phrase("an amount of the layout's form"))

    def whole(self, word: str, *, least: int | None = 0) -> int | None:
        """A whole number, not below the least unless it may be."""
        reader = money_reader(self.layout.number_form, WHOLE_DIGITS)
        return self.read(word, lambda text: at_least(least, whole_of(reader(text))), phrase("a whole number"))

    def day(self, word: str) -> Day | None:
        """A day in the layout's form of dates."""
        form = date_form(self.layout.dates)
        return self.read(word, form.day, form.text)

    def card(self, word: str = "card") -> str | None:
        """One card's number."""
        return self.read(word, lambda text: card_number(text, self.layout.card_rule), phrase("a card's number"))

    def blame(self, reason: Phrase) -> None:
        """Something is wrong with the row as a whole."""
        self.wrong.append(reason)


def at_least(least: int | None, number: int | None) -> int | None:
    """A number, if it is not too small."""
    return None if number is None or (least is not None and number < least) else number


def whole_of(hundredths: int | None) -> int | None:
    """The whole number that was read with two digits after the point."""
    return None if hundredths is None or hundredths % 100 else hundredths // 100


def listed_product(cells: Cells) -> ListedProduct:
    """The product of a row."""
    code = cells.text("code") or cells.together("name")
    if code is None:
        cells.wrong.append(phrase("code: it is empty, and so is the name"))
    return ListedProduct(
        code=code or "",
        name=cells.together("name"),
        category=cells.text("category"),
        cost=cells.money("cost"),
        floor_price=cells.money("floor_price"),
        excluded=cells.read("excluded", yes_or_no, phrase("yes or no")),
    )
