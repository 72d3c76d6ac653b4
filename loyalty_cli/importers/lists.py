"""Lists of members and of products, row by row; a row that can not be read is set aside."""

from __future__ import annotations

from itertools import chain
from typing import Generic
from typing import TYPE_CHECKING
from typing import TypeVar

from loyalty_cli.importers import all_importers
from loyalty_cli.importers.cells import card_number
from loyalty_cli.importers.cells import clean_text
from loyalty_cli.importers.faults import joined
from loyalty_cli.importers.places import find_places
from loyalty_cli.importers.places import places_by_number
from loyalty_cli.model.days import iso
from loyalty_cli.model.listed import ListedMember
from loyalty_cli.model.listed import ListedProduct
from loyalty_cli.model.phrase import phrase
from loyalty_cli.reading.csv_files import CsvFile
from loyalty_cli.reading.csv_files import CsvForm
from loyalty_cli.reading.csv_files import misfit
from loyalty_cli.reading.csv_files import Rows
from loyalty_cli.reading.date_forms import date_form
from loyalty_cli.reading.number_forms import money_reader

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from loyalty_cli.importers.layout import Layout
    from loyalty_cli.importers.places import Places
    from loyalty_cli.model.phrase import Phrase

Record = TypeVar("Record")
Value = TypeVar("Value")

OLDEST_BIRTHDAY = 1900
YES = frozenset({"yes", "y", "1", "true", "x", "tak", "да", "da"})
NO = frozenset({"no", "n", "0", "false", "nie", "нет", "nu"})


class ListFile(Generic[Record]):
    """One list, read by its layout (or the plain one if it has none) into records."""

    def __init__(
        self, path: Path, layout: Layout | None, kind: str, make: Callable[[Cells], Record], *, digits: int
    ) -> None:
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
        layout = self.layout or all_importers.plain_layout(self.kind, self.header, self.path.name)
        places = self.places(layout, first)
        for part in chain([first], rows):
            for row, line in zip(part.cells, part.lines, strict=True):
                if any(row):
                    yield line, row, self.record(Cells(row, layout, places, self.digits), places)

    def places(self, layout: Layout, first: Rows) -> Places:
        """Where the columns stand."""
        if layout.header:
            return find_places(layout, self.header, self.path.name)
        if not first.cells:
            raise misfit(self.path.name, "rows", "an empty file")
        return places_by_number(layout, len(first.cells[0]), self.path.name)

    def record(self, cells: Cells, places: Places) -> Record | Phrase:
        """The record of a row, or what is wrong with it."""
        if len(cells.row) < places.width or (places.exact and len(cells.row) > places.width):
            return phrase("the row has {count} cells, {width} were expected", count=len(cells.row), width=places.width)
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
        place = self.places.of_word.get(word)
        return None if place is None else clean_text(self.row[place]) or None

    def read(self, word: str, reader: Callable[[str], Value | None], expected: str) -> Value | None:
        """What a cell means; a cell that means nothing is noted."""
        text = self.text(word)
        if text is None:
            return None
        value = reader(text)
        if value is None:
            self.wrong.append(
                phrase("{column}: {text} is not {expected}", column=word, text=repr(text), expected=expected)
            )
        return value

    def several(self, word: str) -> tuple[str, ...]:
        """The names in a cell, with ; between them."""
        return tuple(dict.fromkeys(name for part in (self.text(word) or "").split(";") if (name := clean_text(part))))

    def money(self, word: str) -> int | None:
        """An amount not below zero."""
        reader = money_reader(self.layout.number_form, self.digits)
        return self.read(
            word,
            lambda text: None if (amount := reader(text)) is None or amount < 0 else amount,
            "an amount of the layout's form",
        )


def listed_member(cells: Cells) -> ListedMember:
    """The member of a row."""
    form = date_form(cells.layout.dates)
    cards = []
    for text in cells.several("card"):
        card = card_number(text, cells.layout.card_check)
        if card is None:
            cells.wrong.append(phrase("card: {text} is not a card's number", text=repr(text)))
        else:
            cards.append(card)
    member = ListedMember(
        cards=tuple(cards),
        number=cells.text("number"),
        name=cells.text("name"),
        phone=cells.text("phone"),
        email=cells.read("email", lambda text: text if "@" in text else None, "an e-mail address"),
        language=cells.text("language"),
        birthday=cells.read("birthday", lambda text: birthday_of(text, cells.layout.dates), form.text),
        joined=cells.read("joined", form.day, form.text),
        groups=cells.several("groups"),
        consents=cells.several("consents"),
    )
    if not member.cards and member.number is None:
        cells.wrong.append(phrase("the row has neither a card nor a number"))
    return member


def birthday_of(text: str, form: str) -> str | None:
    """A birthday with its year, or as month and day."""
    day = date_form(form).day(text, OLDEST_BIRTHDAY)
    if day is not None:
        return iso(day)
    # 2000 was a leap year, so 29 February is a birthday.
    bare = date_form("YYYY-MM-DD").day(f"2000-{text.removeprefix('--')}")
    return None if bare is None else iso(bare)[5:]


def listed_product(cells: Cells) -> ListedProduct:
    """The product of a row."""
    code = cells.text("code")
    if code is None:
        cells.wrong.append(phrase("code: it is empty"))
    return ListedProduct(
        code=code or "",
        name=cells.text("name"),
        category=cells.text("category"),
        cost=cells.money("cost"),
        floor_price=cells.money("floor_price"),
        excluded=cells.read("excluded", yes_or_no, "yes or no"),
    )


def yes_or_no(text: str) -> bool | None:
    """Yes or no in the languages of our shops."""
    word = text.casefold()
    return True if word in YES else False if word in NO else None
