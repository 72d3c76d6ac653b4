"""ZIP archives that other people made: opened without trust, unpacked within a budget."""

from __future__ import annotations

import lzma
import os
import struct
import zipfile
import zlib
from contextlib import nullcontext
from io import BytesIO
from typing import IO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What reading a damaged archive may raise: bad sums and streams, unknown ways of packing, passwords, cut ends.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    LookupError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
# The end of an archive: its record, and before it that of archives beyond four gigabytes.
END = b"PK\x05\x06"
END_SIZE = 22
LARGE_END = b"PK\x06\x06"
LARGE_END_BEFORE = 20 + 56
LONGEST_END = END_SIZE + (1 << 16)
# Some ten thousand names; a list of millions would fill the memory before anything of it is looked at.
MOST_NAMES = 2 << 20


def opened(file: Path | BytesIO) -> zipfile.ZipFile:
    """The archive; BadZipFile if it is none, or if its list of names is longer than any honest one."""
    with nullcontext(file) if isinstance(file, BytesIO) else file.open("rb") as content:
        if size_of_names(content) > MOST_NAMES:
            raise zipfile.BadZipFile("too many names")
    archive = zipfile.ZipFile(file)
    # A place before the file's beginning would look like a trouble of the disk.
    if any(part.header_offset < 0 for part in archive.infolist()):
        archive.close()
        raise zipfile.BadZipFile("a part before the beginning")
    return archive


def size_of_names(file: IO[bytes]) -> int:
    """How many bytes the list of names takes, as the archive's end says; nothing if it says nothing."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_END - LARGE_END_BEFORE))
    tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + END_SIZE:
        return 0
    (size,) = struct.unpack_from("<L", tail, at + 12)
    large = at - LARGE_END_BEFORE
    if large >= 0 and tail[large : large + 4] == LARGE_END:
        size = max(size, *struct.unpack_from("<Q", tail, large + 40))
    return int(size)


def budget(path: Path, *, free: int, times: int) -> int:
    """What an archive may hold unpacked: so many bytes whatever its size, and so many times its size."""
    return free + times * path.stat().st_size
