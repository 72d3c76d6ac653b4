"""An open database that tells of each statement before it is run, while somebody wants to know."""

from __future__ import annotations

import sqlite3
from typing import Any
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable


# As often a reader may come between two looks.
TRIES = 20


class TellingConnection(sqlite3.Connection):
    """A connection as sqlite3 has it; `before_each`, if set, is given the text of every statement before it is run.

    `bring`, if set, is given a statement with its values: it brings in what the statement is about to read.
    `finish`, if set, undoes what a killed writer has left, which a reader may not.
    """

    before_each: Callable[[str], None] | None = None
    bring: Callable[[str, Any], None] | None = None
    finish: Callable[[], None] | None = None

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run a statement."""
        if self.bring is not None:
            self.bring(sql, parameters)
        if self.before_each is not None:
            self.before_each(sql)
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:
            # SQLite quotes the broken words of a damaged shape, and Python can not read the quotation.
            damaged = sqlite3.DatabaseError("malformed database schema")
            damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damaged from error
        except sqlite3.OperationalError as error:
            if self.finish is None or not left_by_a_writer(error):
                raise
            return self.execute_again(self.finish, sql, parameters)

    def execute_again(self, finish: Callable[[], None], sql: str, parameters: Any) -> sqlite3.Cursor:
        """Run a statement of a reader once more that saw a writer's journal without the writer.

        The writer was killed, or it ended between two looks of SQLite's (hasHotJournal takes it for killed then), which
        can happen again where many write.
        """
        for _ in range(TRIES):
            finish()
            try:
                return super().execute(sql, parameters)
            except sqlite3.OperationalError as error:
                # Who is told that the file is locked has waited long enough.
                if not left_by_a_writer(error):
                    raise
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        """Run a statement once for each row of values: in one transaction where none is open, which is five times as fast."""
        if self.before_each is not None:
            self.before_each(sql)
        if self.in_transaction:
            return super().executemany(sql, parameters)
        super().execute("BEGIN")
        try:
            cursor = super().executemany(sql, parameters)
        except BaseException:
            super().execute("ROLLBACK")
            raise
        super().execute("COMMIT")
        return cursor


def left_by_a_writer(error: sqlite3.OperationalError) -> bool:
    """Whether a reader met a journal that only a writer may undo."""
    return error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK
