"""One run: the members of temp.work replayed, and the differences posted, inside a caller's transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.operations.hands import Hands
from loyalty_cli.operations.hands import hands_for
from loyalty_cli.operations.in_force import texts_of
from loyalty_cli.operations.ledger.blocks import apart
from loyalty_cli.operations.ledger.blocks import replay_apart
from loyalty_cli.operations.ledger.blocks import replay_block
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.operations.progress import nobody_looks
from loyalty_cli.operations.uncollected import uncollected
from loyalty_cli.replay.posting import bring
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.ledger import ledger
from loyalty_cli.store.ledger import runs
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.due import settle_due
from loyalty_cli.store.ledger.hand_overs import receivers
from loyalty_cli.store.ledger.hand_overs import settle_told
from loyalty_cli.store.ledger.standings import receipts_to_replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.ledger.blocks import Done
    from loyalty_cli.operations.ledger.source import Failure
    from loyalty_cli.operations.ledger.source import Postings
    from loyalty_cli.operations.progress import Progress
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.posting import Brought
    from loyalty_cli.replay.posting import Waiting
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.ledger.hand_overs import Changed


@dataclass(slots=True)
class Posted:
    """What a run changed: members replayed, entries written, the sums by asset; whose replay failed.

    `unfit` are returns that fit no purchase of their member, or by how much they are more than theirs; `told` is what members tell
    others that is different now.
    """

    members: int = 0
    entries: int = 0
    by_asset: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    unfit: list[tuple[int, int]] = field(default_factory=list)
    told: list[Changed] = field(default_factory=list)

    def add(self, more: Posted) -> None:
        """A second round of the same run."""
        self.members += more.members
        self.entries += more.entries
        self.by_asset += more.by_asset
        # Who failed once is asked again in each round.
        known = {failure.member for failure in self.failed}
        self.failed += [failure for failure in more.failed if failure.member not in known]
        self.unfit += more.unfit
        self.told += more.told


# So many receipts take twice as long to replay as a process to start.
AT_A_TIME = 60_000
# This process reads and writes for the others, and has no more than these would do.
MOST_FED = 4


class Run:
    """Members replayed under one set of versions, through one day, and what came of it in the ledger and the standings."""

    # Whether members may be replayed by other processes, which know no more than the facts and the versions.
    by_several = True

    def __init__(self, connection: Connection, plan: Plan, *, version: int, until: Day, at: str, progress: Progress = nobody_looks) -> None:
        self.progress = progress
        self.connection = connection
        self.plan = plan
        self.version = version
        self.until = until
        self.at = at
        self.replayer = Replayer(plan)

    def source(self) -> Source:
        """Where facts come from."""
        return Source(self.connection, self.plan, self.until, self.progress)

    def postings(self, run: int) -> Postings:
        """Where entries and standings go."""
        return ledger.Ledger(self.connection, run=run, first_open=ledger.first_open_day(self.connection))

    def post_work(self) -> Posted:
        """Replay the members of temp.work, block by block.

        Whose replay fails is named and left as they are, so that the others get what is theirs.
        """
        posted = Posted()
        run = runs.start_run(self.connection, at=self.at, until=self.until, version=self.version)
        book = self.postings(run)
        book.begin()
        with uncollected():
            for done in self.replayed(book):
                posted.members += len(done.standings)
                posted.failed += done.failed
                posted.unfit += done.unfit
                if self.plan.tells:
                    posted.told += settle_told(self.connection, done.told)
                posted.entries += book.post(done.lacking) if done.lacking else 0
                book.keep((member, self.version, state, standing) for member, state, standing in done.standings)
        book.finish()
        settle_due(self.connection, self.until, without=[failure.member for failure in posted.failed])
        # Who was handed something else over starts anew: what was given before may have to be taken back.
        mark_due(self.connection, [(member, 0) for member in sorted(receivers(posted.told))])
        runs.finish_run(self.connection, run, members=posted.members, entries=posted.entries)
        posted.by_asset = book.written()
        return posted

    def replayed(self, book: Postings) -> Iterator[Done]:
        """The members of temp.work replayed, block by block; of most of a large shop by several processes."""
        blocks = self.source().gathered(book)
        many = min(MOST_FED, hands_for(receipts_to_replay(self.connection), AT_A_TIME)) if self.by_several else 1
        if many == 1:
            yield from (replay_block(self.bring, block) for block in blocks)
            return
        versions = texts_of(self.plan)
        with Hands(many) as hands:
            yield from hands.in_turn(replay_apart, (apart(versions, self.until, block) for block in blocks))

    def bring(self, waiting: Waiting) -> Brought:
        """One member's replay."""
        return bring(self.replayer, waiting, self.until)
