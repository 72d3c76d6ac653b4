"""One bucket of a chain's run: a shop's database in memory with the members who wait, and the shop's own books on it.

This is what a task of the engine does. It reads files and a brief, writes new files, and says what it wrote; only the
control book makes that count.
"""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from loyalty_cli.chain.shards import bring_facts
from loyalty_cli.chain.shards import Result
from loyalty_cli.chain.shards import take_out
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.source import Failure
from loyalty_cli.store.extracts import in_memory
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.ledger import Names
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from loyalty_cli.chain.shards import Brief
    from loyalty_cli.operations.ledger.books import Posted


@dataclass(frozen=True, slots=True)
class Replay:
    """Replay one bucket after the other by the briefs in a folder; the result's file is told."""

    folder: str

    def __call__(self, number: int) -> str:
        """The bucket of the brief of a number."""
        place = Path(self.folder)
        brief: Brief = pickle.loads((place / f"brief-{number}").read_bytes())  # noqa: S301 -- our own file of this very run
        done = replayed(brief, place)
        with tempfile.NamedTemporaryFile(prefix=f"result-{number}-", dir=place, delete=False) as file:
            pickle.dump(done, file)
        return file.name


def replayed(brief: Brief, place: Path) -> tuple[Posted, Result]:
    """Replay a bucket's members and write what came of it."""
    result = Result()
    with in_memory(place) as connection:
        result.rows_read = bring_facts(connection, brief, place)
        known = {table: set(Names(connection, table)) for table in ("rule", "asset")}
        plan = plan_of(versions_in_force(connection))
        books = Books(connection, plan, version=brief.version, until=brief.until, at=brief.at)
        standings.choose_from(connection, brief.work)
        posted = books.post_work()
        posted.failed = [Failure(each.member, that_travels(each.error)) for each in posted.failed]
        result.names = {table: sorted(set(Names(connection, table)) - names) for table, names in known.items()}
        take_out(connection, brief, result)
    return posted, result


def that_travels(error: Exception) -> Exception:
    """A failure as it can be told to another process: some exceptions can not be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 -- made one line before
    except Exception:  # noqa: BLE001 -- whatever it is, its text can be sent
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
