"""A file that appears whole or not at all: written aside, then put in place; for the owner only."""

from __future__ import annotations

import contextlib
import os
import time
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import LoyaltyError
from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from pathlib import Path

TRIES = 5
PAUSE = 0.2


def write_file(path: Path, content: bytes) -> None:
    """Put the content at the path, or leave what is there and say why."""
    if path.is_dir():
        raise LoyaltyError("{file} is a folder.", file=str(path), hint=phrase("Name a file in it."))
    if not path.parent.is_dir():
        raise LoyaltyError(
            "There is no folder {folder}.", folder=str(path.parent), hint=phrase("Make it first.")
        )
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        write_aside(aside, content)
        put_in_place(aside, path)
    except PermissionError as error:
        hint = phrase("Close it in other programs, check the rights of the folder, and try again.")
        raise StoreTrouble(
            ExitCode.READ_ONLY, "{file} can not be written.", file=str(path), hint=hint
        ) from error
    except OSError as error:
        raise StoreTrouble(
            ExitCode.NO_SPACE, "{file} can not be written: {why}.", file=str(path), why=error.strerror
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def write_aside(aside: Path, content: bytes) -> None:
    """The content in a new file that only its owner may read, safely on the disk."""
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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
