"""Files that an import makes for itself alone, beside the rows set aside.

They are held while it runs, so that what a stopped import has left is known from what another one is using.
"""

from __future__ import annotations

import contextlib
import os
from typing import IO
from typing import TYPE_CHECKING

from loyalty_cli.store.lock import try_to_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = ".working"
# The open files by which this process holds its folders.
HELD: dict[Path, IO[str]] = {}


def place_aside(home: Path, name: str) -> Path:
    """Where a file of this name can be written: in a folder of its own, held until `discard_aside`."""
    working = home / FOLDER
    working.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = working / f"{os.getpid()}.{len(HELD)}"
    held = mark_of(folder).open("w", encoding="utf-8")
    try_to_lock(held)
    HELD[folder] = held
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / name


@contextlib.contextmanager
def kept_if_well(path: Path) -> Iterator[Path]:
    """A file that was placed aside; if what is done with it fails, nothing stays there."""
    try:
        yield path
    except BaseException:
        discard_aside(path)
        raise


def discard_aside(path: Path) -> None:
    """Leave nothing behind of a file that was placed aside."""
    held = HELD.pop(path.parent, None)
    if held is not None:
        held.close()
    remove(path.parent)


def clear_what_was_left(home: Path) -> None:
    """Remove what stopped imports left; what another process holds now stays."""
    for mark in (home / FOLDER).glob("*.held"):
        with contextlib.suppress(OSError):
            with mark.open("r+", encoding="utf-8") as held:
                left = try_to_lock(held)
            if left:
                remove(mark.with_suffix(""))
    remove_if_empty(home / FOLDER)


def remove(folder: Path) -> None:
    """A folder with its mark, and the folders above it if nothing else is in them."""
    for path in folder.glob("*"):
        path.unlink(missing_ok=True)
    with contextlib.suppress(FileNotFoundError):
        folder.rmdir()
    mark_of(folder).unlink(missing_ok=True)
    remove_if_empty(folder.parent)


def remove_if_empty(working: Path) -> None:
    """The folder of all of them, and the one above it, if nothing else is in them."""
    with contextlib.suppress(OSError):
        working.rmdir()
        working.parent.rmdir()


def mark_of(folder: Path) -> Path:
    """The file by which a folder is held."""
    return folder.with_name(f"{folder.name}.held")
