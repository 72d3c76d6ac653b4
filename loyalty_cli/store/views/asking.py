"""A question of the owner's own over the views: only read, only the views, for so long and no longer.

A question is first understood in an empty database that has nothing but the views, as tables: what is no name of ours is no
name there. Only then the shop's own database hears it, on a connection that can not write and whose authorizer lets nothing
pass but reading (sqlite.org/c3ref/set_authorizer.html: a view's name alone is no proof, as a common table expression may have
any name).
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.store.chain.shadows import as_it_is
from loyalty_cli.store.chain.shadows import brought_in
from loyalty_cli.store.views.all_views import ALL_VIEWS
from loyalty_cli.store.views.errors import answer_too_large
from loyalty_cli.store.views.errors import in_our_words
from loyalty_cli.store.views.errors import took_too_long

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.views.view import Terms

Value = str | int | float | bytes | None

READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
# What is no table of ours and still may be read: JSON taken apart into rows.
TAKEN_APART = frozenset({"json_each", "json_tree"})
OURS = TAKEN_APART | {*ALL_VIEWS}
# SQLite makes these tables when they are first named, which an authorizer would not let pass.
TAKE_APART = "SELECT 1 FROM json_each('[]'), json_tree('[]')"
INNER = ("sqlite_", "pragma_")
REFUSED_FUNCTIONS = frozenset({"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit"})
# So many steps of SQLite's machine between two looks at the clock: about a millisecond.
STEPS = 20_000
# Bytes: the longest text, and everything SQLite may hold while it works.
LONGEST_VALUE, MOST_MEMORY = 1_000_000, 512 * 1024 * 1024
# An answer is held in memory as a whole; so many values are about half a gigabyte, where a long text counts as several.
MOST_VALUES = 5_000_000
LETTERS_OF_A_VALUE = 100
# Rows that are fetched together, each of which may be long.
AT_ONCE = 25


class Answer(NamedTuple):
    """The columns as they are called in the question, the rows, and whether there were more than were asked for."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
    more: bool


def ask(connection: Connection, question: str, terms: Terms, *, limit: int | None, over: Callable[[], bool]) -> Answer:
    """The answer to a SELECT; `over` says whether its time is up. LoyaltyError says what is wrong with it."""
    asked = understand(question)
    connection.execute(TAKE_APART)
    # What is brought in is of the moment at which the question is answered.
    connection.execute("BEGIN")
    ledger = brought_in(connection, [ALL_VIEWS[name].kept(terms) for name in sorted(asked)])
    connection.execute(f"PRAGMA hard_heap_limit = {MOST_MEMORY}")
    for view in ALL_VIEWS.values():
        connection.execute(f"CREATE TEMP VIEW {view.name} AS {view.shown(terms, ledger)}")
    connection.execute("PRAGMA query_only = ON")
    with as_it_is(connection), guarded(connection, over):
        cursor = connection.execute(question)
        rows, more = taken(cursor, limit)
    return Answer(tuple(column[0] for column in cursor.description), rows, more)


def understand(question: str) -> set[str]:
    """Which views are asked; what is no SELECT is refused, and every name that is not one of theirs."""
    asked: set[str] = set()
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as empty:
        for view in ALL_VIEWS.values():
            empty.execute(f"CREATE TEMP TABLE {view.name} ({', '.join(column.name for column in view.columns)})")
        empty.execute(TAKE_APART)
        with guarded(empty, lambda: False, named=asked):
            empty.execute(f"EXPLAIN {question}")
    return asked & {*ALL_VIEWS}


@contextlib.contextmanager
def guarded(connection: Connection, over: Callable[[], bool], *, named: set[str] | None = None) -> Iterator[None]:
    """Let nothing pass but reading; where `named` is told what is read, of that only names of ours. SQLite's own words become ours."""

    def may(action: int, first: str | None, second: str | None, _database: str | None, _view: str | None) -> int:
        name, strange = str(first), False
        if action == sqlite3.SQLITE_READ and named is not None:
            named.add(name)
            # A common table expression of which no column is read is named without a column.
            strange = name not in OURS and bool(second or name.startswith(INNER))
        called = action == sqlite3.SQLITE_FUNCTION and second in REFUSED_FUNCTIONS
        return sqlite3.SQLITE_DENY if action not in READING or strange or called else sqlite3.SQLITE_OK

    connection.set_authorizer(may)
    connection.set_progress_handler(over, STEPS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    try:
        yield
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
            raise took_too_long() from error
        raise in_our_words(error) from error
    except (sqlite3.Error, sqlite3.Warning, MemoryError) as error:
        raise in_our_words(error) from error
    finally:
        connection.set_authorizer(None)
        connection.set_progress_handler(None, STEPS)


def taken(cursor: sqlite3.Cursor, limit: int | None) -> tuple[list[tuple[Value, ...]], bool]:
    """As many rows as were asked for, and whether there are more; an answer that no memory holds is refused."""
    rows: list[tuple[Value, ...]] = []
    width = max(1, len(cursor.description or ()))
    letters = 0
    while batch := cursor.fetchmany(AT_ONCE):
        rows += batch
        if limit is not None and len(rows) > limit:
            return rows[:limit], True
        letters += sum(len(value) for row in batch for value in row if isinstance(value, str | bytes))
        if len(rows) * width + letters // LETTERS_OF_A_VALUE > MOST_VALUES:
            raise answer_too_large(MOST_VALUES)
    return rows, False
