"""The parts of a workbook (XLSX) around its sheets: where the sheets are, the texts they share, which numbers are dates.

What a workbook may cost is bounded by its size. A document type or an entity, which no honest one has, is a damage.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from typing import TYPE_CHECKING
from typing import TypeAlias
from xml.parsers import expat

from loyalty_cli.reading import archives

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

Cell: TypeAlias = "str | int | float | bool | date | time | timedelta | None"

DAMAGE = (*archives.DAMAGE, expat.ExpatError, UnicodeError)
PIECE = 1 << 16
# Sheets pack well, some of them forty times; a bomb a thousand times. A tag takes time besides its bytes, so it costs more
# of the budget: of a dense sheet, with a cell in 35 bytes and four tags, that makes five times its bytes.
FREE = 2 << 20
TIMES = 200
A_TAG = 32
# Bytes of a part that is neither a sheet nor texts; letters of shared texts, and their number; bytes of one tag or row.
MOST_OF_A_PART = 4 << 20
MOST_TEXTS = 24 << 20
MOST_SHARED = 1 << 20
LONGEST = 1 << 20
# The forms of dates that have a number instead of a text; 46 is a length of time.
DATE_FORMS = frozenset((*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)))
LENGTH_FORM = 46
# What stands in a form and is no part of it: texts in quotes, colours, countries.
BESIDE = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
OF_A_DATE = re.compile(r"(?<![_\\])[dmhysDMHYS]")
OF_A_LENGTH = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
SINCE_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock
SINCE_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a wall clock


class TooMuch(Exception):
    """The workbook holds more than its size allows."""


class SameColumns(Exception):
    """Another sheet, of this name, has the columns of the one that is read."""


class Parts:
    """The parts of a workbook, read within its budget."""

    def __init__(self, path: Path) -> None:
        self.archive = archives.opened(path)
        self.left = archives.budget(path, free=FREE, times=TIMES)
        # Some programs write the names of parts in another case than they say.
        self.names = {name.casefold(): name for name in self.archive.namelist()}

    def spend(self, size: int) -> None:
        """Take something from the budget."""
        self.left -= size
        if self.left < 0:
            raise TooMuch

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.casefold() in self.names

    def pieces(self, name: str, watcher: Watcher) -> Iterator[None]:
        """Let a watcher see a part, a piece at a time; control comes back after each."""
        inside = self.names[name.casefold()]
        # An archive never gives more of a part than it has said.
        if self.archive.getinfo(inside).file_size > self.left:
            raise TooMuch
        parser = parser_for(watcher)
        fed = 0
        with self.archive.open(inside) as part:
            while piece := part.read(PIECE):
                self.spend(len(piece) + A_TAG * piece.count(b"<"))
                fed += len(piece)
                parser.Parse(piece, False)
                if fed - parser.CurrentByteIndex > LONGEST + PIECE:
                    raise TooMuch
                yield
            parser.Parse(b"", True)
        yield

    def seen(self, name: str, watcher: Watcher, *, most: int = MOST_OF_A_PART) -> None:
        """Let a watcher see a whole part, if it is there and not larger than such a part is."""
        if self.has(name):
            if self.archive.getinfo(self.names[name.casefold()]).file_size > most:
                raise TooMuch
            deque(self.pieces(name, watcher), maxlen=0)


class Watcher:
    """Sees the tags of a part, their names without what stands before them."""

    def start(self, name: str, values: dict[str, str]) -> None:
        """A tag begins."""

    def end(self, name: str) -> None:
        """A tag ends."""

    def text(self, text: str) -> None:
        """Text between tags."""


def parser_for(watcher: Watcher) -> Any:
    """A parser that shows a watcher what it finds."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, values: watcher.start(
        name.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in values.items()}
    )
    parser.EndElementHandler = lambda name: watcher.end(name.rpartition(" ")[2])
    parser.CharacterDataHandler = watcher.text
    parser.StartDoctypeDeclHandler = refuse_doctype
    return parser


def refuse_doctype(*_: object) -> None:
    """A document type may bring entities; a workbook needs neither."""
    raise ValueError("it has a document type")


class Book(Watcher):
    """xl/workbook.xml: the sheets, each with the name of its relation and its own, and from when days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since = SINCE_1900

    def start(self, name: str, values: dict[str, str]) -> None:
        """A sheet, or how days are counted."""
        if name == "sheet":
            self.sheets.append((values.get("id", ""), values.get("name", "")))
        elif name == "workbookPr" and values.get("date1904", "0") in {"1", "true"}:
            self.since = SINCE_1904


class Relations(Watcher):
    """The files that relations name, and what each is."""

    def __init__(self) -> None:
        self.files: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, values: dict[str, str]) -> None:
        """A file and what it is."""
        if name == "Relationship":
            target, kind = values.get("Target", ""), values.get("Type", "").rpartition("/")[2]
            file = target[1:] if target.startswith("/") else f"xl/{target}"
            self.files[values.get("Id", "")] = file
            self.kinds.setdefault(kind, file)


class Styles(Watcher):
    """xl/styles.xml: which styles of cells mean a date, and which a length of time."""

    def __init__(self) -> None:
        self.forms: dict[str, str] = {}
        self.inside = False
        self.styles: list[str] = []

    def start(self, name: str, values: dict[str, str]) -> None:
        """A style of cells, or a form of numbers."""
        if name == "cellXfs":
            self.inside = True
        elif name == "xf" and self.inside:
            self.styles.append(values.get("numFmtId", "0"))
        elif name == "numFmt":
            self.forms[values.get("numFmtId", "")] = values.get("formatCode", "")

    def end(self, name: str) -> None:
        """The styles of cells end; others follow."""
        if name == "cellXfs":
            self.inside = False

    def meanings(self) -> dict[str, Callable[[float, datetime], Cell]]:
        """By the number of a style what makes a date or a length of time of a number."""
        of_form = {form: meaning_of(form, self.forms.get(form)) for form in set(self.styles)}
        return {str(style): meaning for style, form in enumerate(self.styles) if (meaning := of_form[form]) is not None}


def meaning_of(number: str, form: str | None) -> Callable[[float, datetime], Cell] | None:
    """What a form of numbers makes of one."""
    if form is None:
        known = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
        return length_of_time if known == LENGTH_FORM else moment if known in DATE_FORMS else None
    first = BESIDE.sub("", form.partition(";")[0])
    if OF_A_LENGTH.match(first):
        return length_of_time
    return moment if OF_A_DATE.search(first) else None


def length_of_time(days: float, _: datetime) -> Cell:
    """So many days as hours, minutes and seconds."""
    return timedelta(seconds=round(days * 86_400))


def moment(days: float, since: datetime) -> Cell:
    """The day and time so many days after the first; a part of a day alone is a time."""
    whole, part = divmod(days, 1)
    of_day = timedelta(milliseconds=round(part * 86_400_000))
    if 0 <= days < 1 and not of_day.days:
        return (SINCE_1900 + of_day).time()
    # Spreadsheets count a 29 February 1900, which never was.
    return since + timedelta(days=whole + (0 < days < 60 and since == SINCE_1900)) + of_day


class Texts(Watcher):
    """xl/sharedStrings.xml: the texts that cells name by their numbers."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.parts: list[str] = []
        self.reads = self.spoken = False
        self.letters = 0

    def start(self, name: str, values: dict[str, str]) -> None:
        """A text begins, or how it is pronounced, which is no part of it."""
        self.spoken = self.spoken or name == "rPh"
        self.reads = name == "t" and not self.spoken

    def end(self, name: str) -> None:
        """A text is whole."""
        self.reads = False
        if name == "rPh":
            self.spoken = False
        elif name == "si":
            self.texts.append("".join(self.parts))
            self.parts = []
            if len(self.texts) > MOST_SHARED:
                raise TooMuch

    def text(self, text: str) -> None:
        """A part of a text."""
        if self.reads:
            self.letters += len(text)
            self.parts.append(text)
            if self.letters > MOST_TEXTS:
                raise TooMuch
