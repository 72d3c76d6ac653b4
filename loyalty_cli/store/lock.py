"""One writer at a time: a lock held by the operating system, which lets go of it when a process dies.

The lock file says who holds it since when; it stays behind, empty, after the holder has ended.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sys
import time
from typing import IO
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.files_said import why_not
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

# Windows locks bytes and then forbids reading them, so the lock sits far behind the text.
LOCKED_BYTE = 1 << 20
PAUSE = 0.1
# The disk's own troubles, as against those of rights and names.
DISK = {errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}

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


class Held:
    """The lock while it is held. What stands in its file outlives a holder that is killed."""

    def __init__(self, file: IO[str], path: Path, database: Path, since: str) -> None:
        import socket  # who only reads takes no lock

        self.file = file
        self.path = path
        self.database = database
        self.holder: dict[str, object] = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        self.write(json.dumps(self.holder))

    def begins(self) -> list[int]:
        """The database will be written from now on: note how it is, so that a journal which is gone is noticed."""
        state = state_of(self.database)
        self.write(json.dumps({**self.holder, "state": state}))
        return state

    def ends(self) -> bool:
        """Everything has happened, or nothing; whether that could be noted. If not, the journal has to stay to prove it."""
        with contextlib.suppress(StoreTrouble, OSError):
            self.write("")
            # The journal goes next; after a loss of power the one must not be gone without the other.
            os.fsync(self.file.fileno())
            return True
        return False

    def write(self, text: str) -> None:
        """Write the whole file."""
        try:
            self.file.seek(0)
            self.file.truncate()
            self.file.write(text)
            self.file.flush()
        except OSError as error:
            raise unwritten(self.path, error) from error


@contextlib.contextmanager
def lock(database: Path, *, since: str, wait: float, anew: bool = False) -> Iterator[Held]:
    """Hold the lock of a database; wait for another holder, then refuse with its name. `since` is written for others.

    `anew`: the database will be replaced, so that it does not matter how the last holder left it.
    """
    path = database.with_name(database.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritten(path, error) from error
    with kept_open(descriptor) as file:
        wait_for(file, database, wait=wait)
        if not anew:
            refuse_torn(database, written_in(file))
        held = Held(file, path, database, since)
        try:
            yield held
        finally:
            held.ends()


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Be the only one at the work that a file stands for, through many changes of the database; a second one is refused."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise unwritten(path, error) from error
    with kept_open(descriptor) as file:
        if not try_to_lock(file):
            hint = phrase("Wait until it has finished, or stop it, and run the command again.")
            raise StoreTrouble(ExitCode.LOCKED, "Another command is sending messages now.", hint=hint)
        yield


@contextlib.contextmanager
def kept_open(descriptor: int) -> Iterator[IO[str]]:
    """The lock's file. What could not be written of it was told then; closing it tries once more, and fails again."""
    file = os.fdopen(descriptor, "r+", encoding="utf-8")
    try:
        yield file
    finally:
        with contextlib.suppress(OSError):
            file.close()


def unwritten(path: Path, error: OSError) -> StoreTrouble:
    """Why the lock can not be written: its rights, or the disk."""
    code = ExitCode.NO_SPACE if error.errno in DISK else ExitCode.READ_ONLY
    return StoreTrouble(code, "{file} can not be written: {why}.", file=str(path), why=why_not(error))


def state_of(database: Path) -> list[int]:
    """The database's length and its count of changes, which every commit raises (sqlite.org/fileformat.html)."""
    with database.open("rb") as file:
        head = file.read(28)
        return [os.fstat(file.fileno()).st_size, int.from_bytes(head[24:], "big")]


def refuse_torn(database: Path, left: Mapping[str, object]) -> None:
    """Refuse a database that a killed command had begun to write when somebody took its journal away.

    Before a command says that it has ended it keeps its journal; so one that is missing was taken away, unless
    nothing had been written yet.
    """
    begun = left.get("state")
    if begun is None or database.with_name(f"{database.name}-journal").exists() or not database.exists():
        return
    if begun != state_of(database):
        raise StoreTrouble(
            ExitCode.DAMAGED,
            "A command was killed at {since} while it wrote {file}, and the journal that would undo it is gone.",
            file=str(database),
            since=left.get("since", "?"),
            hint=phrase(
                "Put {journal} back where it was, or bring back the last copy: loyalty restore BACKUP --yes. "
                "If you have put another database in its place, delete {lock}.",
                journal=f"{database.name}-journal",
                lock=f"{database.name}.lock",
            ),
        )


def finish_what_was_left(database: Path, finish: Callable[[], None]) -> None:
    """The same for a command that only looks: what a stopped one left is finished, so that nothing stays beside the file.

    Nothing happens while somebody holds the lock, or where nothing may be written.
    """
    path = database.with_name(database.name + ".lock")
    journal = database.with_name(f"{database.name}-journal")
    with contextlib.suppress(OSError), path.open("r+", encoding="utf-8") as file:
        left = written_in(file)
        if ("state" in left or journal.exists()) and try_to_lock(file):
            refuse_torn(database, left)
            finish()
            if not journal.exists():
                file.truncate(0)


def written_in(file: IO[str]) -> dict[str, object]:
    """What a holder wrote into the lock's file; {} if it ended well."""
    file.seek(0)
    try:
        found = json.loads(file.read(1000) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def wait_for(file: IO[str], database: Path, *, wait: float) -> None:
    """Try until the lock is ours or the time is up."""
    tries = max(1, int(wait / PAUSE))
    for left in range(tries, 0, -1):
        if try_to_lock(file):
            return
        if left > 1:
            time.sleep(PAUSE)
    holder = written_in(file)
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
            return {} if try_to_lock(file) else written_in(file)
    except OSError:
        return {}
