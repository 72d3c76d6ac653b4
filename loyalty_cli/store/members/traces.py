"""Whether somebody is named in a file: as it stands, or packed in a workbook, in an archive within an archive, in Parquet."""

from __future__ import annotations

import importlib
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import IO
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.reading import archives

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

ENCODINGS = ("utf-8", "utf-16-le", "cp1250", "cp1251", "iso8859-2")
# What workbooks, pages and lists write for a sign that means something in them.
IN_A_SHEET = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
QUOTED = (("&#39;", "&#34;"), ("&#x27;", "&quot;"), ("&apos;", "&quot;"))
FORMS = tuple(map(str.maketrans, ({}, {'"': '""'}, IN_A_SHEET, *({**IN_A_SHEET, "'": one, '"': two} for one, two in QUOTED))))
# A telephone number is known by its last digits: before them stands a country, a zero or nothing.
LAST_DIGITS = 9
NUMBER = re.compile(r"[+\d\s().\-/]+")
# What may stand between its digits: also blanks that do not break, dashes of programs that set texts, the second byte of UTF-16.
BETWEEN = b" ().-/\xa0\xc2\x00" + b"\xe2\x80\x89\x91\x93\xaf\x96\x11\x13"
IN_GROUPS = re.compile(rb"[0-9][0-9%b]{7,}[0-9]" % re.escape(BETWEEN))
CHUNK, LONGEST_NUMBER = 1 << 20, 128
PACKED = {".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".zip"}
PARQUET = ".parquet"
FREE, TIMES = 64 << 20, 200
# An archive within an archive is held in memory while it is looked into.
LARGEST_INSIDE = 256 << 20
# Why a file can not be looked into: no right to read it, damage, a library that is not installed.
CLOSED = (OSError, ImportError, *archives.DAMAGE)


class Traces(NamedTuple):
    """What tells of somebody: words in the letters of any usual encoding, telephone numbers however they are grouped."""

    texts: frozenset[bytes]
    numbers: frozenset[bytes]

    def stand_in(self, content: bytes) -> bool:
        """Whether one of them stands in some bytes."""
        return any(text in content for text in self.texts) or has_number(content, self.numbers)


def traces_of(words: Collection[str]) -> Traces:
    """The words as they are, and as workbooks and pages have them."""
    forms = {word.translate(signs) for word in words for signs in FORMS}
    texts = frozenset(form.encode(encoding) for form in forms for encoding in ENCODINGS if encodable(form, encoding))
    return Traces(texts, frozenset(last.encode() for word in words if (last := last_digits(word))))


def last_digits(word: str) -> str:
    """By what a telephone number is known; '' of a word that is none."""
    digits = "".join(re.findall("[0-9]", word)) if NUMBER.fullmatch(word) else ""
    return digits[-LAST_DIGITS:] if len(digits) >= LAST_DIGITS else ""


def encodable(word: str, encoding: str) -> bool:
    """Whether letters of an encoding can say a word."""
    try:
        word.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def has_number(content: bytes, numbers: Collection[bytes]) -> bool:
    """Whether one of some telephone numbers stands there and ends where its digits end."""
    tight = content.translate(None, BETWEEN) if numbers else b""
    return any(number in tight for number in numbers) and any(number in numbers for number in numbers_in(content))


def numbers_in(content: bytes) -> Iterator[bytes]:
    """Whatever may be the last digits of a telephone number."""
    for run in IN_GROUPS.findall(content):
        digits = b""
        for group in re.findall(b"[0-9]+", run.replace(b"\x00", b"")):
            digits += group
            yield digits[-LAST_DIGITS:]


def files_naming(folder: Path, traces: Traces, besides: Collection[Path]) -> tuple[list[Path], list[Path]]:
    """The files below a folder that tell of somebody, and those that nobody can look into; no link is followed."""
    naming: list[Path] = []
    closed: list[Path] = []
    for path in sorted(folder.rglob("*")) if traces.texts else ():
        if path.is_symlink() or not path.is_file() or any(path == one or one in path.parents for one in besides):
            continue
        try:
            if tells(path, traces):
                naming.append(path)
        except CLOSED:
            closed.append(path)
    return naming, closed


def tells(path: Path, traces: Traces) -> bool:
    """Whether a file tells of somebody, or what is packed in it."""
    with path.open("rb") as file:
        if stand_in_file(file, traces):
            return True
    if path.suffix.lower() in PACKED:
        return Unpacking(traces, archives.budget(path, free=FREE, times=TIMES)).tells(path)
    return path.suffix.lower() == PARQUET and any(map(traces.stand_in, texts_of_parquet(path)))


class Unpacking:
    """Looks into an archive and the archives in it, which together may be so large."""

    def __init__(self, traces: Traces, left: int) -> None:
        self.traces = traces
        self.left = left

    def tells(self, archive: Path | BytesIO) -> bool:
        """Whether something in an archive tells of somebody."""
        with archives.opened(archive) as packed:
            entries = packed.infolist()
            self.left -= sum(entry.file_size for entry in entries)
            if self.left < 0:
                raise zipfile.BadZipFile("more than it can hold")
            return any(self.entry_tells(packed, entry) for entry in entries)

    def entry_tells(self, packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
        """The same of one thing in it."""
        with packed.open(entry) as inside:
            if stand_in_file(inside, self.traces):
                return True
        if Path(entry.filename).suffix.lower() not in PACKED:
            return False
        if entry.file_size > LARGEST_INSIDE:
            raise zipfile.BadZipFile("too large an archive within another")
        return self.tells(BytesIO(packed.read(entry)))


def stand_in_file(file: IO[bytes], traces: Traces) -> bool:
    """Whether traces stand in what is read, also across two pieces of it."""
    longest = max(LONGEST_NUMBER, *map(len, traces.texts))
    tail = b""
    while piece := file.read(CHUNK):
        seen = tail + piece
        if traces.stand_in(seen):
            return True
        tail = seen[-longest:]
    return False


def texts_of_parquet(path: Path) -> Iterator[bytes]:
    """The texts of a Parquet file, one under the other."""
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for column in batch.columns:
                if not (arrow.types.is_primitive(column.type) or arrow.types.is_decimal(column.type)):
                    yield "\n".join(str(value) for value in column.to_pylist() if value is not None).encode()
