"""A file's bytes before anything is made of them: its fingerprint, its damage, and whether its letters fit the encoding."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import ExportRefused
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.model.shown.typed import typed

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 20
# The csv reader stops at far shorter cells; this bounds memory before a line is ever held.
LONGEST_LINE = 1 << 20
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
FEED, RETURN, NUL, QUOTE = b"\n", b"\r", b"\0", b'"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Which bytes a file holds: their SHA-256, and size and time of the last change before they were read."""

    sha256: str
    stamp: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What one pass over the bytes tells. Places count from 0; None is nowhere."""

    size: int
    last: bytes
    first_nul: int | None
    endless_line: int | None
    is_utf16: bool
    is_ascii: bool
    is_utf8: bool
    has_quotes: bool

    @property
    def ends_with_newline(self) -> bool:
        """Whether the last line has its end; a DOS program may put Ctrl-Z there."""
        return self.last.rstrip(NUL)[-1:] in (FEED, RETURN, b"\x1a", b"")

    def ends_with(self, mark: bytes) -> bool:
        """Whether the file ends with a mark, in whatever encoding."""
        return bool(mark) and self.last.rstrip(NUL).endswith(mark)


NOT_OF_FILES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})


def codec_of(name: str) -> str:
    """Python's name of an encoding (`utf-8-sig` for UTF-8, so that a byte order mark is dropped); ValueError if unknown."""
    try:
        codec = codecs.lookup(name.strip().replace("windows-", "cp").replace("Windows-", "cp"))
    except LookupError as error:
        raise ValueError(f"{name} is not an encoding") from error
    # rot13 and zip are no encodings of text, and these none of files: names of hosts, letters in programs, nothing at all.
    if not codec._is_text_encoding or codec.name in NOT_OF_FILES:  # noqa: SLF001
        raise ValueError(f"{name} is not an encoding")
    return "utf-8-sig" if codec.name in {"utf-8", "ascii"} else codec.name


def stamp_of(path: Path) -> tuple[int, int]:
    """Size and time of the last change: what tells that a file is still being written."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def fingerprint(path: Path) -> Fingerprint:
    """Read the bytes once for their SHA-256."""
    stamp = stamp_of(path)
    with path.open("rb", buffering=0) as file:
        return Fingerprint(sha256=hashlib.file_digest(file, "sha256").hexdigest(), stamp=stamp)


def survey(path: Path) -> Survey:
    """Read the bytes once for their damage and letters."""
    look = Look()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            look.at(chunk)
    return Survey(
        size=look.size,
        last=look.last,
        first_nul=look.first_nul,
        endless_line=look.endless_line,
        is_utf16=look.is_utf16,
        is_ascii=look.is_ascii,
        is_utf8=look.utf8 is not None,
        has_quotes=look.has_quotes,
    )


class Look:
    """Watches chunks go by."""

    def __init__(self) -> None:
        self.size = 0
        self.last = b""
        self.first_nul: int | None = None
        self.endless_line: int | None = None
        self.line_began = 0
        self.is_utf16 = False
        self.is_ascii = True
        self.has_quotes = False
        self.utf8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def at(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if not self.size:
            self.is_utf16 = chunk.startswith(UTF16)
        if self.first_nul is None and NUL in chunk:
            self.first_nul = self.size + chunk.index(NUL)
        self.has_quotes = self.has_quotes or QUOTE in chunk
        self.watch_lines(chunk)
        self.watch_letters(chunk)
        self.size += len(chunk)
        self.last = (self.last + chunk[-2:])[-2:]

    def watch_lines(self, chunk: bytes) -> None:
        """Notice a line without end before it fills the memory; a chunk is as long as a line may be."""
        first = chunk.find(FEED)
        mark = FEED if first >= 0 else RETURN
        first = first if first >= 0 else chunk.find(RETURN)
        ends = self.size + (first if first >= 0 else len(chunk))
        if ends - self.line_began > LONGEST_LINE and self.endless_line is None:
            self.endless_line = self.line_began
        if first >= 0:
            self.line_began = self.size + chunk.rfind(mark) + 1

    def watch_letters(self, chunk: bytes) -> None:
        """Notice whether all is ASCII, or at least UTF-8."""
        if self.is_ascii and chunk.isascii():
            return
        self.is_ascii = False
        try:
            if self.utf8 is not None:
                self.utf8.decode(chunk)
        except UnicodeDecodeError:
            self.utf8 = None


def judged_survey(path: Path, encoding: str) -> Survey:
    """Read the bytes once; ExportRefused for a file that can not be of this encoding, or is damaged."""
    surveyed = survey(path)
    refuse_damaged(path, surveyed, encoding)
    return surveyed


def refuse_damaged(path: Path, surveyed: Survey, encoding: str) -> None:
    """ExportRefused for bytes that no layout of this encoding could fit."""
    wide = "16" in encoding or "32" in encoding
    if surveyed.is_utf16 and not wide:
        raise misfit(path, encoding, "utf-16")
    if surveyed.endless_line is not None:
        raise ExportRefused(
            "{file} has a line of more than {count} bytes after byte {place}.",
            file=path.name,
            count=LONGEST_LINE,
            place=surveyed.endless_line,
        )
    if surveyed.first_nul is not None and not wide:
        raise ExportRefused(
            "{file} has a NUL byte at {place}: it is damaged or not a text file.",
            file=path.name,
            place=surveyed.first_nul,
            hint=phrase(
                "Export it again; if it is saved in wide letters, this tells how: loyalty import inspect {file}", file=typed(path.name)
            ),
        )
    # Words of a code page are never UTF-8 by chance, if there are more than a few letters.
    if not wide and not encoding.startswith("utf") and surveyed.is_utf8 and not surveyed.is_ascii:
        raise misfit(path, encoding, "utf-8")


def misfit(path: Path, expected: str, found: str) -> ExportRefused:
    """The refusal of a file saved in another encoding than its layout says."""
    return ExportRefused(
        "{file} does not fit its layout: the layout says {expected}, the file is {found}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase("Write in the layout: encoding: {found}", found=found),
        file=path.name,
        expected=expected.removesuffix("-sig"),
        found=found,
    )


def undecodable(path: Path, encoding: str) -> ExportRefused:
    """The refusal of a file whose bytes are not of the declared encoding, with the place of the first such byte."""
    offset, line = first_undecodable(path, encoding)
    return ExportRefused(
        "{file} does not fit its layout: byte {offset} in line {line} is not {encoding}.",
        exit_code=ExitCode.LAYOUT_DOES_NOT_FIT,
        hint=phrase(
            "See what it is: loyalty import inspect {file}. Then write it in a layout, such as: encoding: cp1250",
            file=typed(path.name),
        ),
        file=path.name,
        offset=offset,
        line=line,
        encoding=encoding.removesuffix("-sig"),
    )


def first_undecodable(path: Path, encoding: str) -> tuple[int, int]:
    """Offset and line of the first byte that does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset, line = 0, 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeError as error:
                place = max(0, (error.start if isinstance(error, UnicodeDecodeError) else 0) - pending)
                return offset + place, line + chunk.count(FEED, 0, place)
            offset += len(chunk)
            line += chunk.count(FEED)
    return offset, line
