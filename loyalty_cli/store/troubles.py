"""SQLite's own errors as what an owner can act on, each with the exit code that a script learns."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TROUBLES = {
    sqlite3.SQLITE_BUSY: (ExitCode.LOCKED, "Another program has {file} open for writing."),
    sqlite3.SQLITE_LOCKED: (ExitCode.LOCKED, "Another program has {file} open for writing."),
    sqlite3.SQLITE_CORRUPT: (ExitCode.DAMAGED, "{file} is damaged."),
    sqlite3.SQLITE_NOTADB: (ExitCode.DAMAGED, "{file} is not a database."),
    sqlite3.SQLITE_FULL: (ExitCode.NO_SPACE, "There is no space left for {file}; nothing was changed."),
    sqlite3.SQLITE_IOERR: (ExitCode.NO_SPACE, "{file} could not be read or written; nothing was changed."),
    sqlite3.SQLITE_READONLY: (ExitCode.READ_ONLY, "{file} may not be written here."),
    sqlite3.SQLITE_CANTOPEN: (ExitCode.READ_ONLY, "{file} can not be opened."),
    sqlite3.SQLITE_PERM: (ExitCode.READ_ONLY, "{file} may not be opened by this user."),
}
# SQLite says the same of a file without rights and of a disk that gives no room for the journal.
RIGHTS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
HINTS = {
    ExitCode.LOCKED: phrase("Close other programs that show this file, wait for the other command, and try again."),
    ExitCode.DAMAGED: phrase("Do not delete anything. Look for the last good copy: loyalty restore BACKUP"),
    ExitCode.NO_SPACE: phrase("Free some space or check the disk, then run the same command again."),
    ExitCode.READ_ONLY: phrase("Check the rights of the file and of its folder."),
}


def check_there(path: Path) -> None:
    """StoreTrouble where there is no database, or a folder in its place."""
    if path.is_dir():
        hint = phrase("Give that folder another name, then bring the last good copy back: loyalty restore BACKUP")
        if path.suffix != ".db":
            hint = phrase("Name the files in it: {files}", files=str(path / "loyalty.db"))
        raise StoreTrouble(ExitCode.NO_DATABASE, "{file} is a folder.", file=str(path), hint=hint)
    if not path.exists():
        raise StoreTrouble(
            ExitCode.NO_DATABASE,
            "There is no database {file}.",
            file=str(path),
            hint=phrase("Run the command in the shop's folder, or make a new one with: loyalty init"),
        )


def may_be_written(path: Path) -> bool:
    """Whether the rights of a file and of its folder are no reason for trouble."""
    return (not path.exists() or os.access(path, os.R_OK | os.W_OK)) and os.access(path.parent, os.W_OK | os.X_OK)


def is_trouble_of_the_file(error: Exception) -> bool:
    """Whether SQLite could not read or write, which is no matter of single rows."""
    return isinstance(error, sqlite3.Error) and primary_code(error) in TROUBLES


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, the low byte (sqlite.org/rescode.html)."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turn SQLite's own errors into what an owner can act on."""
    try:
        yield
    except sqlite3.Error as error:
        code = primary_code(error)
        if code not in TROUBLES:
            raise
        if code in RIGHTS and may_be_written(path):
            code = sqlite3.SQLITE_IOERR
        exit_code, text = TROUBLES[code]
        raise StoreTrouble(exit_code, text, file=str(path), hint=HINTS[exit_code]) from error
