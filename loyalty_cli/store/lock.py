"""One writer at a time: a lock held by the operating system, which lets go of it when a process dies.

The lock file says who holds it since when; it stays behind harmlessly after the holder is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import time
from typing import IO
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Windows locks bytes and then forbids reading them, so the lock sits far behind the text.
LOCKED_BYTE = 1 << 20
PAUSE = 0.1

if sys.platform == "win32":
    import msvcrt

    def try_to_lock(file: IO[str]) -> bool:
        """Take the lock if it is free."""
        file.seek(LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_to_lock(file: IO[str]) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


@contextlib.contextmanager
def lock(database: Path, *, since: str, wait: float) -> Iterator[None]:
    """Hold the lock of a database; wait for another holder, then refuse with its name. `since` is written for others."""
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreTrouble(
            ExitCode.READ_ONLY, "{file} can not be written: {why}.", file=str(path), why=error.strerror
        ) from error
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        wait_for(file, database, wait=wait)
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": since}, file)
        file.flush()
        yield


def wait_for(file: IO[str], database: Path, *, wait: float) -> None:
    """Try until the lock is ours or the time is up."""
    tries = max(1, int(wait / PAUSE))
    for left in range(tries, 0, -1):
        if try_to_lock(file):
            return
        if left > 1:
            time.sleep(PAUSE)
    file.seek(0)
    try:
        holder = json.loads(file.read(1000))
    except ValueError:
        holder = {}
    raise StoreTrouble(
        ExitCode.LOCKED,
        "{file} is in use by process {pid} on {host} since {since}.",
        file=str(database),
        pid=holder.get("pid", "?"),
        host=holder.get("host", "?"),
        since=holder.get("since", "?"),
        hint=phrase("Wait until it has finished, or stop it, and run the command again."),
    )


def holder_of(database: Path) -> dict[str, object]:
    """Who holds the lock of a database now, as they wrote it; {} if nobody does."""
    path = database.with_name(database.name + ".lock")
    try:
        with path.open("r+", encoding="utf-8") as file:
            if try_to_lock(file):
                return {}
            file.seek(0)
            found = json.loads(file.read(1000))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
