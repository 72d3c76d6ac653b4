"""A shop's folder: where its program and its database are, and how an operation reads or changes it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyalty_cli.model.errors import StoreTrouble
from loyalty_cli.model.shown.exit_code import ExitCode
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.operations.progress import nobody_looks
from loyalty_cli.store import database
from loyalty_cli.store.chain.control_book import place_of
from loyalty_cli.store.chain.shadows import let_rows_lie_elsewhere
from loyalty_cli.store.database import SECONDS_TO_WAIT
from loyalty_cli.store.lock import finish_what_was_left
from loyalty_cli.store.lock import lock
from loyalty_cli.store.troubles import understood

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.telling import TellingConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One shop: its program file, its database, the moment of the command (UTC) and how long to wait for a lock.

    `progress` is told how far long work is.
    `secret` is fresh randomness, which a shop that has no secret yet keeps as its own.
    """

    program: Path
    database: Path
    now: datetime
    secret: str
    wait: float = SECONDS_TO_WAIT
    progress: Progress = nobody_looks

    @property
    def folder(self) -> Path:
        """The folder the program file lies in; layouts, examples, templates and draws are found from here."""
        return self.program.parent

    @property
    def moment(self) -> str:
        """The moment of the command as ISO text, to the second."""
        return self.now.isoformat(timespec="seconds")

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Look at the database without being able to change it."""
        finish_what_was_left(self.database, lambda: database.finish_interrupted(self.database, wait=self.wait, alone=True))
        connection = database.connect(self.database, read_only=True, wait=self.wait)
        try:
            with understood(self.database), self.all_of(connection, keep=False):
                yield connection
        finally:
            connection.close()

    @contextlib.contextmanager
    def changing(self, *, dry_run: bool = False) -> Iterator[Connection]:
        """One transaction under the shop's lock; a dry run does everything and keeps nothing."""
        with (
            lock(self.database, since=self.moment, wait=self.wait) as held,
            contextlib.closing(database.connect(self.database, wait=self.wait)) as connection,
        ):
            before, through = held.begins(), False
            if place_of(connection) is not None:
                let_rows_lie_elsewhere(connection)
            try:
                with database.transaction(connection, self.database, at=self.moment), self.all_of(connection, keep=not dry_run):
                    yield connection
                    through = True
                    if dry_run:
                        connection.execute("ROLLBACK")
            except StoreTrouble as error:
                connection.close()
                if error.exit_code != ExitCode.NO_SPACE or not database.was_kept(self.database, before):
                    raise
                if not through:  # an operation that commits before its files are in place
                    raise half_way(self.database) from error
            finally:
                if held.ends():
                    database.remove_journal(connection)

    @contextlib.contextmanager
    def all_of(self, connection: TellingConnection, *, keep: bool) -> Iterator[None]:
        """Of a chain, bring what lies in files into this connection's sight, and lay away what changes of it."""
        place = place_of(connection)
        if place is None:
            yield
            return
        from loyalty_cli.operations.engine_room import the_book

        book = the_book(connection, place, self.folder)
        try:
            yield
            if keep:
                book.lay_away()
        finally:
            book.close()


def half_way(path: Path) -> StoreTrouble:
    """The database has it, and the files that belong to it are not in place yet."""
    return StoreTrouble(
        ExitCode.NO_SPACE,
        "{file} has been written, but then the disk gave an error; the files that belong to it are not all in place.",
        file=str(path),
        hint=phrase("Check the disk, then run the same command again: it finishes them."),
    )
