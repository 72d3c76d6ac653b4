"""Whoever reads a chain holds its files: what a change replaces meanwhile is taken away later, by a change that finds nobody reading.

The operating system lets go when a process dies. Where it has no shared locks (Windows), a file that is open can not be removed anyway.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from contextlib import suppress
from typing import IO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = ".readers"

if sys.platform == "win32":

    def hold(file: IO[bytes], *, alone: bool) -> bool:  # noqa: ARG001 -- there is nothing to hold them by
        """Everybody may."""
        return True

else:
    import fcntl

    def hold(file: IO[bytes], *, alone: bool) -> bool:
        """Hold the files with others, or alone if nobody has them."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except OSError:
            return False
        return True


def reading(folder: Path) -> IO[bytes] | None:
    """Held while it is open; a folder that can not be written is held by nobody, and nobody changes it."""
    with suppress(OSError):
        file = (folder / NAME).open("ab")
        hold(file, alone=False)
        return file
    return None


@contextmanager
def nobody_reads(folder: Path) -> Iterator[bool]:
    """Whether nobody reads, nor begins to while this lasts."""
    if not folder.exists():
        yield True
        return
    with (folder / NAME).open("ab") as file:
        yield hold(file, alone=True)
