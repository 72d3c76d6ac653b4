"""A chain's run: who waits is found in the control book, replayed bucket by bucket on the engine, and what came of it is named."""

from __future__ import annotations

import pickle
import shutil
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.chain.book import ENTER
from loyalty_cli.chain.shards import Brief
from loyalty_cli.chain.tables import ENTRIES
from loyalty_cli.chain.tables import RECEIPTS
from loyalty_cli.chain.tables import STATES
from loyalty_cli.operations.ledger.bucket import Replay
from loyalty_cli.operations.ledger.run import Posted
from loyalty_cli.store.chain import control_book
from loyalty_cli.store.chain import extracts
from loyalty_cli.store.chain.shadows import as_it_is
from loyalty_cli.store.ledger import runs
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.due import put_due
from loyalty_cli.store.ledger.hand_overs import put_told
from loyalty_cli.store.ledger.hand_overs import receivers
from loyalty_cli.store.ledger.ledger import Names
from loyalty_cli.store.ledger.standings import put_standings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.chain.book import Book
    from loyalty_cli.chain.shards import Result
    from loyalty_cli.operations.ledger.run import Run
    from loyalty_cli.store.chain.control_book import NamedFile

BUCKETS_AT_A_TIME = 64


def post_on_engine(books: Run, book: Book) -> Posted:
    """Replay the members of temp.work where their purchases lie, and take in what came of it."""
    posted, connection = Posted(), books.connection
    # Tasks read files: what this command did to receipts and entered into the ledger must stand there first.
    book.lay_touched()
    book.lay_entries()
    buckets = extracts.choose_by_bucket(connection, book.place.buckets)
    place = book.work_folder()
    try:
        extracts.write_common(connection, place)
        run = runs.start_run(connection, at=books.at, until=books.until, version=books.version)
        with as_it_is(connection):
            for number, brief in enumerate(briefs(books, book, run, buckets)):
                (place / f"brief-{number}").write_bytes(pickle.dumps(brief))
        for name in book.engine().run(Replay(str(place)), len(buckets)):
            more, result = pickle.loads(Path(name).read_bytes())  # noqa: S301 -- our own file of this very run
            take_in(books, book, result)
            posted.add(more)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    with as_it_is(connection):
        book.shadows.bring_in_anew("ledger")
    put_due(connection, [(failure.member, 0) for failure in posted.failed])
    mark_due(connection, [(member, 0) for member in sorted(receivers(posted.told))])
    runs.finish_run(connection, run, members=posted.members, entries=posted.entries)
    return posted


def briefs(books: Run, book: Book, run: int, buckets: list[int]) -> Iterator[Brief]:
    """What each task is given."""
    work = extracts.work_by_bucket(books.connection, book.place.buckets)
    for first in range(0, len(buckets), BUCKETS_AT_A_TIME):
        some = buckets[first : first + BUCKETS_AT_A_TIME]
        rows = extracts.rows_by_bucket(books.connection, (some[0], some[-1]))
        files = {what: files_by_bucket(books, what, some) for what in (RECEIPTS, ENTRIES, STATES)}
        for bucket in some:
            yield Brief(
                bucket=bucket,
                folder=str(book.tables.folder),
                work=[(member, after) for member, after in work[bucket]],
                rows={table: found.get(bucket, []) for table, found in rows.items()},
                files={what: found[bucket] for what, found in files.items()},
                version=books.version,
                until=books.until,
                at=books.at,
                run=run,
            )


def files_by_bucket(books: Run, what: str, buckets: list[int]) -> dict[int, list[NamedFile]]:
    """The files of some buckets."""
    found: dict[int, list[NamedFile]] = defaultdict(list)
    for file in control_book.files_of(books.connection, what, buckets):
        found[file.bucket].append(file)
    return found


def take_in(books: Run, book: Book, result: Result) -> None:
    """What a bucket's task found goes into the control book; its files hold from the end of this transaction on."""
    connection = books.connection
    for table, names in result.names.items():
        numbers = Names(connection, table)
        for name in names:
            numbers[name]
    control_book.name_files(connection, result.written, instead_of=result.instead_of)
    put_standings(connection, result.standings)
    done = [row[0] for row in result.standings]
    put_due(connection, result.due, instead_of=done)
    if books.plan.tells:
        put_told(connection, done, result.told)
        connection.executemany(ENTER["receipt"], result.claimed)
    book.rows_read += result.rows_read
