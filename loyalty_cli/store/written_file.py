"""A file that appears whole or not at all: written aside, then put in place; for the owner only."""

from __future__ import annotations

import contextlib
import glob
import os
import time
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import code_of_trouble
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.lock import try_to_lock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TRIES = 5
PAUSE = 0.2


def refuse_no_place(path: Path) -> None:
    """No file can be written where a folder is, or where there is no folder."""
    if path.is_dir():
        raise LoyaltyError("{file} is a folder.", file=str(path), hint=phrase("Name a file in it."))
    if not path.parent.is_dir():
        raise LoyaltyError("There is no folder {folder}.", folder=str(path.parent), hint=phrase("Make it first."))


def write_file(path: Path, content: bytes) -> None:
    """Put the content at the path, or leave what is there and say why."""
    refuse_no_place(path)
    with troubles_told(path):
        clear_parts(path.parent, f".{glob.escape(path.name)}.*.part")
        with own_file(path.with_name(f".{path.name}.{os.getpid()}.part")) as aside:
            fill_and_put_in_place(aside, path, content)


@contextlib.contextmanager
def troubles_told(path: Path) -> Iterator[None]:
    """Tell why a file or a folder can not be written: its rights, or the disk."""
    try:
        yield
    except PermissionError as error:
        hint = phrase("Close it in other programs, check the rights of the folder, and try again.")
        raise StoreTrouble(ExitCode.READ_ONLY, "{file} can not be written.", file=str(path), hint=hint) from error
    except OSError as error:
        raise StoreTrouble(code_of_trouble(error), "{file} can not be written: {why}.", file=str(path), why=why_not(error)) from error


@contextlib.contextmanager
def own_file(path: Path) -> Iterator[Path]:
    """An empty file that only its owner may read, held as long as it is written, gone at the end if it keeps this name."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as held:
        if os.name == "nt":
            held.close()  # an open file could not be renamed there, nor one in use be removed by others
        else:
            try_to_lock(held)
        try:
            yield path
        finally:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def clear_parts(folder: Path, pattern: str) -> None:
    """Remove what stopped commands left of files they were writing; what somebody writes now stays."""
    for path in folder.glob(pattern):
        with contextlib.suppress(OSError):
            with path.open("r+", encoding="utf-8") as file:
                left = os.name == "nt" or try_to_lock(file)
            if left:
                path.unlink()


def folder_to_disk(folder: Path) -> None:
    """Make sure that a new name in a folder is on the disk; Windows has no call for it and needs none."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def fill_and_put_in_place(aside: Path, path: Path, content: bytes) -> None:
    """Write a file that stands aside, and let it appear under its name once all of it is on the disk."""
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    put_in_place(aside, path)


def put_in_place(aside: Path, path: Path) -> None:
    """Rename; on Windows a virus scanner or a spreadsheet may hold the old file for a moment."""
    for left in range(TRIES, 0, -1):
        try:
            aside.replace(path)
        except PermissionError:
            if left == 1 or os.name != "nt":
                raise
            time.sleep(PAUSE)
        else:
            return
