"""Opening the shop's one SQLite file: whose it is, how old it is, how it is written, who holds it."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.store.lock import state_of
from loyalty_cli.store.telling import TellingConnection
from loyalty_cli.store.troubles import check_there
from loyalty_cli.store.troubles import HINTS
from loyalty_cli.store.troubles import understood
from loyalty_cli.store.written_file import folder_to_disk
from loyalty_cli.store.written_file import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

# "LOYA" in ASCII: how a file is known to be ours (PRAGMA application_id; see sqlite.org/fileformat.html).
APPLICATION_ID = 0x4C4F5941
# The number of the shape: 1 and 2 were those of earlier releases.
USER_VERSION = 12
SECONDS_TO_WAIT = 30.0

Connection = sqlite3.Connection


def connect(path: Path, *, read_only: bool = False, wait: float = SECONDS_TO_WAIT) -> TellingConnection:
    """Open a shop's database as it is; StoreTrouble says why it can not be.

    Rollback journal with synchronous=EXTRA: one file at rest, and a commit that was acknowledged survives a
    power cut (sqlite.org/pragma.html#pragma_synchronous). No statement begins a transaction by itself.
    """
    check_there(path)
    with understood(path):
        if read_only:
            finish_interrupted(path, wait=wait)
        mode = "ro" if read_only else "rw"
        connection = sqlite3.connect(
            f"{address(path)}?mode={mode}", uri=True, timeout=wait, isolation_level=None, factory=TellingConnection
        )
        if read_only:
            connection.finish = partial(finish_interrupted, path, wait=wait)
        try:
            check_whose(connection, path)
            if not read_only:
                ready_to_seal(connection)
            if needs_migration(connection):
                bring_to_this_shape(connection, path, read_only=read_only)
            prepare(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection


def finish_interrupted(path: Path, *, wait: float, alone: bool = False) -> None:
    """Undo what a killed command left half done: only a writer may, so be one for the length of a look.

    Who is alone, by the shop's lock, takes an emptied journal away, too. Where the file can not be written, the reader
    that follows says so.
    """
    if not path.with_name(f"{path.name}-journal").exists():
        return
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(f"{address(path)}?mode=rw", uri=True, timeout=wait)
        try:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
            if alone:
                # SQLite removes a journal only where it goes from the one way to the other.
                connection.execute("PRAGMA journal_mode = PERSIST")
                connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            connection.close()


def was_kept(path: Path, before: list[int]) -> bool:
    """Whether a transaction whose commit met a trouble of the disk has happened all the same, and is on the disk now.

    The last call of a commit only brings to the disk that the journal is empty: if it fails, everybody who opens the
    file finds the transaction done, though SQLite has said that it is not.
    """
    finish_interrupted(path, wait=SECONDS_TO_WAIT, alone=True)
    try:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
        return not path.with_name(f"{path.name}-journal").exists() and state_of(path) != before
    except OSError:
        return False


def address(path: Path) -> str:
    """The file as SQLite's URI: file:///home/shop/loyalty.db, file:///C:/shop/loyalty.db, file:////nas/shop/loyalty.db.

    A path's own as_uri() makes a network drive the authority, which SQLite refuses (sqlite.org/uri.html).
    """
    plain = path.absolute().as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(os.fsencode(plain), safe='/:')}"


def create(path: Path, finish: Callable[[Path], None] = lambda _: None) -> Connection:
    """Make a new database with today's shape, and with what `finish` does to it.

    It gets its name when it is whole; one that was only begun is replaced.
    """
    if path.exists() and not was_only_begun(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    part = path.with_name(f".{path.name}.part")
    for left in (part, part.with_name(f"{part.name}-journal")):
        left.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        with (
            understood(path),
            contextlib.closing(sqlite3.connect(part, timeout=SECONDS_TO_WAIT, isolation_level=None)) as connection,
        ):
            ready_to_seal(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            prepare(connection, read_only=False)
            migrate(connection)
        finish(part)
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)
    folder_to_disk(path.parent)
    return connect(path)


def was_only_begun(path: Path) -> bool:
    """Whether a file is a database of ours that was begun and never finished: an earlier release was stopped making it."""
    if not path.is_file():
        return False
    finish_interrupted(path, wait=SECONDS_TO_WAIT)
    try:
        with contextlib.closing(sqlite3.connect(f"{address(path)}?mode=ro", uri=True)) as connection:
            return is_unfinished(connection)
    except sqlite3.Error:
        return False


def is_unfinished(connection: Connection) -> bool:
    """Whether the shape has no number yet: the file is empty, or ours and stopped before its last table."""
    application, version, tables = (
        connection.execute(question).fetchone()[0]
        for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )
    return version == 0 and (application == APPLICATION_ID or (application == 0 and not tables))


def prepare(connection: Connection, *, read_only: bool) -> None:
    """Set how this connection reads and writes."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cache_size = -32000")
    if read_only:  # the file itself was opened with mode=ro; temporary tables may still be made
        return
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    # A row that is replaced is a row deleted, and seals must hear of it.
    connection.execute("PRAGMA recursive_triggers = ON")


def ready_to_seal(connection: Connection) -> None:
    """Let a connection that may write make the prints of rows; one that only reads pays nothing for it."""
    from loyalty_cli.store.seals.tables import register

    register(connection)


def check_whose(connection: Connection, path: Path) -> None:
    """Refuse a file that is not ours, or one from a newer release."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if is_unfinished(connection):
        raise StoreTrouble(
            ExitCode.NO_DATABASE,
            "{file} was begun and never finished; nothing is in it.",
            file=str(path),
            hint=phrase("Finish it with: loyalty init, in the shop's folder"),
        )
    if application != APPLICATION_ID:
        raise StoreTrouble(
            ExitCode.DAMAGED,
            "{file} is not a loyalty database.",
            file=str(path),
            hint=phrase("Name the right file with --db, or restore it: loyalty restore BACKUP"),
        )
    if version > USER_VERSION:
        raise StoreTrouble(
            ExitCode.NEWER_VERSION,
            "{file} was made by a newer release of loyalty.",
            file=str(path),
            hint=phrase("Install that release here too: pipx upgrade loyalty-cli"),
        )


def needs_migration(connection: Connection) -> bool:
    """Whether the file was made by an older release."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version < USER_VERSION


def bring_to_this_shape(connection: Connection, path: Path, *, read_only: bool) -> None:
    """An older release's file gets today's shape by the first command that may write."""
    if read_only:
        raise StoreTrouble(
            ExitCode.READ_ONLY,
            "{file} was made by an older release of loyalty.",
            file=str(path),
            hint=phrase("Bring it up to date once: loyalty recalc. A copy of it as it was stays beside it."),
        )
    keep_as_it_was(connection, path)
    migrate(connection)


def keep_as_it_was(connection: Connection, path: Path) -> None:
    """A verified copy of an older release's file beside it, loyalty.before-6.db; one that is there already stays."""
    kept = path.with_name(f"{path.stem}.before-{USER_VERSION}{path.suffix}")
    if kept.exists():
        return
    part = kept.with_name(f".{kept.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with contextlib.closing(sqlite3.connect(part)) as copy:
        connection.backup(copy)
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if not sound:
        raise StoreTrouble(ExitCode.DAMAGED, "{file} is damaged.", file=str(path), hint=HINTS[ExitCode.DAMAGED])
    put_in_place(part, kept)


def migrate(connection: Connection) -> None:
    """Bring the file to today's shape in one transaction, and seal what that changed."""
    # Imported here because it costs eight times an empty Python, and most days there is nothing to migrate.
    from sqlite_utils import Database

    from loyalty_cli.store.migrations import migrations
    from loyalty_cli.store.seals import seals
    from loyalty_cli.store.seals.another_prime import sums_before
    from loyalty_cli.store.seals.broken import sums_of_rows

    connection.execute("BEGIN IMMEDIATE")
    try:
        before = sums_before(connection, connection.execute("PRAGMA user_version").fetchone()[0])
        migrations.apply(Database(connection, execute_plugins=False))
        seals.seal_difference(connection, before, sums_of_rows(connection), what=f"shape {USER_VERSION}")
        connection.execute(f"PRAGMA user_version = {USER_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def transaction(connection: Connection, path: Path, *, at: str) -> Iterator[None]:
    """One step: everything inside happens and is sealed, or nothing does.

    The journal is emptied by the commit and stays until `remove_journal`: who kills a command between the two leaves
    a journal that undoes nothing; a journal that is missing was taken away (see lock.refuse_torn).
    """
    from loyalty_cli.store.seals import seals

    with understood(path):
        connection.execute("PRAGMA journal_mode = PERSIST")
        connection.execute("BEGIN IMMEDIATE")
        try:
            seals.watch(connection)
            yield
            if connection.in_transaction:  # a dry run has rolled back already
                seals.commit(connection, at=at)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            seals.watch_no_more(connection)


def remove_journal(connection: Connection) -> None:
    """One file at rest: the emptied journal goes."""
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA journal_mode = DELETE")
