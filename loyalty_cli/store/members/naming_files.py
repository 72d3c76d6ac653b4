"""Which files tell of somebody: by their names and folders, as they stand, or packed in workbooks, archives within archives, Parquet.

Where no text can be seen, as in PDF and in pictures, nobody may believe that it was searched: such files are closed.
"""

from __future__ import annotations

import bz2
import gzip
import importlib
import lzma
import math
import zipfile
from io import BytesIO
from typing import IO
from typing import TYPE_CHECKING
from unicodedata import normalize

from loyalty_cli.reading import archives
from loyalty_cli.store.members.traces import Traces

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from pathlib import Path

PACKED = (".xlsx", ".xlsm", ".ods", ".docx", ".odt", ".zip")
ARCHIVE, PARQUET = b"PK\x03\x04", b"PAR1"
SQUEEZED = {b"\x1f\x8b": gzip.GzipFile, b"BZh": bz2.BZ2File, b"\xfd7zXZ": lzma.LZMAFile}
# PDF, RAR, 7-Zip, Zstandard, the mails of Outlook, what PGP and age have locked.
SEALED = (b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x28\xb5\x2f\xfd", b"!BDN", b"-----BEGIN PGP MESSAGE", b"age-encryption")
# Pictures and sounds; within a document they are drawings. Pictures of many telephones have their kind in the fifth place.
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"RIFF")
OF_TELEPHONES, KIND_AT = b"ftyp", 4
# Workbooks and documents of old, and new ones with a password, which are told by one word in them.
OLD_OFFICE, PASSWORD = b"\xd0\xcf\x11\xe0", Traces(frozenset({"encryptedpackage".encode("utf-16-le")}), {}, frozenset())
OF_DOCUMENTS = {"xl", "word", "Pictures", "Thumbnails"}
TAPE, TAPE_AT = b"ustar", 257
CHUNK = 1 << 20
FREE, TIMES = 64 << 20, 200
# An archive within an archive is held in memory while it is looked into.
LARGEST_INSIDE = 256 << 20
# Why a file can not be looked into: no right to read it, damage, a form that nobody reads, a library that is not installed.
CLOSED = (OSError, ImportError, *archives.DAMAGE)


def files_naming(folder: Path, traces: Traces, besides: Collection[Path]) -> tuple[list[Path], list[Path]]:
    """The files below a folder that tell of somebody, and those that nobody can look into; no link is followed."""
    naming: list[Path] = []
    closed: list[Path] = []
    for path in sorted(folder.rglob("*")) if any(traces) else ():
        if path.is_symlink() or not path.is_file() or any(path == one or one in path.parents for one in besides):
            continue
        try:
            place = normalize("NFC", path.relative_to(folder).as_posix())
            if traces.stand_in(place.encode("utf-8", "replace")) or tells(path, traces):
                naming.append(path)
        except CLOSED:
            closed.append(path)
    return naming, closed


def tells(path: Path, traces: Traces) -> bool:
    """Whether a file tells of somebody, or what is packed in it."""
    with path.open("rb") as file:
        start = beginning(file)
        if stand_in_file(file, traces):
            return True
    if is_packed(path.name, start):
        return Unpacking(traces, archives.budget(path, free=FREE, times=TIMES)).tells(path)
    opener = next((opens for begins, opens in SQUEEZED.items() if start.startswith(begins)), None)
    if opener:
        with opener(path) as unpacked:
            start = beginning(unpacked)
            if stand_in_file(unpacked, traces, archives.budget(path, free=FREE, times=TIMES)):
                return True
    refuse_sealed(start, (*SEALED, *PICTURES, ARCHIVE))
    if start.startswith(OLD_OFFICE):
        with path.open("rb") as file:
            refuse_sealed(start, (OLD_OFFICE,) if stand_in_file(file, PASSWORD) else ())
    return start.startswith(PARQUET) and any(map(traces.stand_in, texts_of_parquet(path)))


def beginning(file: IO[bytes]) -> bytes:
    """How a file begins, by which it is known what it is; it is read from there once more."""
    start = file.read(TAPE_AT + len(TAPE))
    file.seek(0)
    return start


def is_packed(name: str, start: bytes) -> bool:
    """Whether a file is an archive, or should be one."""
    return start.startswith(ARCHIVE) or name.lower().endswith(PACKED)


def refuse_sealed(start: bytes, sealed: tuple[bytes, ...]) -> None:
    """Refuse what nobody can look into."""
    if start.startswith(sealed) or start.endswith(TAPE) or start[KIND_AT:].startswith(OF_TELEPHONES):
        raise ValueError(start)


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
        if self.traces.stand_in(entry.filename.encode("utf-8", "replace")):
            return True
        with packed.open(entry) as inside:
            start = beginning(inside)
            if stand_in_file(inside, self.traces):
                return True
        drawn = entry.filename.partition("/")[0] in OF_DOCUMENTS
        refuse_sealed(start, (*SEALED, *SQUEEZED, PARQUET, *(() if drawn else PICTURES)))
        if not is_packed(entry.filename, start):
            return False
        if entry.file_size > LARGEST_INSIDE:
            raise zipfile.BadZipFile("too large an archive within another")
        return self.tells(BytesIO(packed.read(entry)))


def stand_in_file(file: IO[bytes], traces: Traces, most: float = math.inf) -> bool:
    """Whether traces stand in what is read, also across two pieces of it; there may be so many bytes."""
    tail, longest = b"", traces.longest
    while piece := file.read(CHUNK):
        most -= len(piece)
        if most < 0:
            raise zipfile.BadZipFile("more than it can hold")
        seen = tail + piece
        if traces.stand_in(seen):
            return True
        tail = seen[-longest:]
    return False


def texts_of_parquet(path: Path) -> Iterator[bytes]:
    """What a Parquet file says, column by column, one value under the other: a telephone may be a number there."""
    parquet = importlib.import_module("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches():
            for column in batch.columns:
                yield "\n".join(str(value) for value in column.to_pylist() if value is not None).encode()
