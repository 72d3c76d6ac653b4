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

from loyalty_cli.chain.purchases import Rows
from loyalty_cli.chain.shards import Bucket
from loyalty_cli.chain.shards import Result
from loyalty_cli.operations.hands import that_travels
from loyalty_cli.operations.in_force import plan_of
from loyalty_cli.operations.ledger.run import Run
from loyalty_cli.operations.ledger.source import Failure
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.store.chain.extracts import in_memory
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.versions import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.chain.shards import Brief
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.operations.ledger.source import Postings
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.ledger.block import Block
    from loyalty_cli.store.ledger.purchases import Row


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


class BucketSource(Source):
    """The members of a bucket: their purchases and states come from files, the little else from the database in memory."""

    def __init__(self, books: RunOfBucket) -> None:
        super().__init__(books.connection, books.plan, books.until)
        self.bucket = books.bucket
        self.purchases = Rows(self.bucket.receipts, self.connection, self.whole)

    def rows_of(self, block: Block) -> Sequence[Row]:
        """The rows of a block's purchases."""
        return self.purchases.of(block)

    def numbers_of(self, receipts: Sequence[int]) -> Mapping[int, str]:
        """The numbers of some of these receipts."""
        return self.purchases.numbers_of(receipts)

    def states_of(self, block: Block) -> Mapping[int, str]:
        """The states of those who go on from them."""
        return self.bucket.states

    def read_in_one_go(self) -> None:
        """They are."""


class RunOfBucket(Run):
    """The books of a bucket's members, kept by columns until they are written to files."""

    # The engine has its own processes.
    by_several = False

    def __init__(self, bucket: Bucket, plan: Plan) -> None:
        brief = bucket.brief
        super().__init__(bucket.connection, plan, version=brief.version, until=brief.until, at=brief.at)
        self.bucket = bucket

    def source(self) -> Source:
        """The bucket's members."""
        return BucketSource(self)

    def postings(self, run: int) -> Postings:
        """The bucket's entries and standings."""
        return self.bucket.postings


def replayed(brief: Brief, place: Path) -> tuple[Posted, Result]:
    """Replay a bucket's members and write what came of it."""
    result = Result()
    with in_memory(place) as connection:
        bucket = Bucket(connection, brief, place)
        standings.choose_from(connection, brief.work)
        posted = RunOfBucket(bucket, plan_of(versions_in_force(connection))).post_work()
        posted.failed = [Failure(each.member, that_travels(each.error)) for each in posted.failed]
        bucket.take_out(result)
    return posted, result
