"""The way to the room that knows Parquet and Spark: an optional extra, which a small shop never imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.chain.extra import extra
from loyalty_cli.model.shown.phrase import phrase

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from loyalty_cli.chain.book import Book
    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.store.chain.control_book import Place
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.telling import TellingConnection


def the_book(connection: TellingConnection, place: Place, folder: Path) -> Book:
    """The control book of a chain, opened."""
    with extra():
        from loyalty_cli.chain.book import Book
    return Book(connection, place, folder)


def book_of(connection: Connection) -> Book | None:
    """The control book that this connection is of; None for a shop with everything in its one file."""
    book: Book | None = getattr(connection, "bring", None)
    return book


def only_of(connection: Connection, members: Iterable[int], *, receipt: str = "") -> None:
    """Of a chain, what is asked from here on is asked of some members alone, and of a receipt that is named beside them."""
    book = book_of(connection)
    if book is not None:
        book.only(members, receipt)


def look_at_what_is_asked(connection: Connection) -> None:
    """Of a chain, bring in those few receipts that a recalculation asks of outside the replay."""
    book = book_of(connection)
    if book is not None:
        book.bring_for_a_run()


def look_at_days(connection: Connection, first: Day, last: Day) -> None:
    """Of a chain, bring in the receipts of some days."""
    book = book_of(connection)
    if book is not None:
        book.bring_days(first, last)


def change_states(connection: Connection, members: AbstractSet[int], changed: Callable[[str], str]) -> None:
    """Of a chain, change the states of some members that lie in files."""
    book = book_of(connection)
    if book is not None:
        with extra():
            from loyalty_cli.chain import states
        states.change_states(book, members, changed)


def broken_files(connection: Connection) -> list[str]:
    """Of a chain, the files that hold and are not there, or not as they were written."""
    book = book_of(connection)
    return [] if book is None else book.broken()


def cost_of(connection: Connection) -> dict[str, float]:
    """The figures by name; none of a shop that has no engine, nor where none was needed."""
    book = book_of(connection)
    if book is None or book.running is None:
        return {}
    cost = book.running.cost()._asdict()
    return {**cost, "rows_read": book.rows_read}


def said_of(cost: Mapping[str, float]) -> list[Phrase]:
    """The same in words."""
    if not cost:
        return []
    return [
        phrase(
            "Rows read: {rows}. Tasks: {tasks}, tried again: {failed}. Seconds of tasks: {seconds}. Bytes between tasks: {bytes}.",
            rows=int(cost["rows_read"]),
            tasks=int(cost["tasks"]),
            failed=int(cost["failed_tasks"]),
            seconds=round(cost["task_seconds"]),
            bytes=int(cost["shuffled"]),
        )
    ]
