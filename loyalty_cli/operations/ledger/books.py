"""Bringing the books to what replay says: the work of `recalc`, `redeem` and `check`, inside a caller's transaction."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.replay.snapshot import restored
from loyalty_cli.replay.snapshot import saved
from loyalty_cli.store.ledger import ledger
from loyalty_cli.store.ledger import runs
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.block import Block
from loyalty_cli.store.ledger.due import settle_due
from loyalty_cli.store.ledger.facts import facts_of
from loyalty_cli.store.ledger.facts import sort_products
from loyalty_cli.store.ledger.purchases import PurchaseRows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.entry import Entry
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection


@dataclass(slots=True)
class Posted:
    """What a run changed: members replayed, entries written, and the sums by asset."""

    members: int = 0
    entries: int = 0
    by_asset: Counter[str] = field(default_factory=Counter)


class Books:
    """The ledger and the standings of one shop under one set of versions, through one day."""

    def __init__(self, connection: Connection, plan: Plan, *, version: int, until: Day, at: str) -> None:
        self.connection = connection
        self.plan = plan
        self.version = version
        self.until = until
        self.at = at
        self.replayer = Replayer(plan)

    def bring_up_to_date(self, *, everyone: bool = False) -> Posted:
        """Replay whoever is due, or everyone from their start, and post the differences."""
        switches = [from_day for from_day, _ in self.plan.versions if from_day <= self.until]
        values = {
            "all": int(everyone),
            "version": self.version,
            "until": self.until,
            "switch": max(switches, default=0),
            "never": NEVER,
        }
        standings.choose_work(self.connection, values)
        return self.post_work()

    def bring_members_up_to_date(self, members: Iterable[int]) -> Posted:
        """Replay some members from their start and post the differences."""
        standings.choose_members(self.connection, members)
        return self.post_work()

    def post_work(self) -> Posted:
        """Replay the members of temp.work, block by block."""
        posted = Posted()
        classes = sort_products(self.connection, self.plan.class_of)
        run = runs.start_run(self.connection, at=self.at, until=self.until, version=self.version)
        book = ledger.Ledger(self.connection, run=run, first_open=ledger.first_open_day(self.connection))
        # Millions of small tuples and no cycles: the collector would only look for what is not there.
        gc.disable()
        book.begin()
        try:
            rows = (
                PurchaseRows(self.connection, until=self.until, classes=classes)
                if standings.most_of_the_shop(self.connection)
                else None
            )
            for first, last in standings.blocks(self.connection):
                self.post_block(book, Block(first, last, self.until, classes), rows, posted)
        finally:
            gc.enable()
        book.finish()
        settle_due(self.connection, self.until)
        runs.finish_run(self.connection, run, members=posted.members, entries=posted.entries)
        posted.by_asset = book.written()
        return posted

    def post_block(self, book: ledger.Ledger, block: Block, rows: PurchaseRows | None, posted: Posted) -> None:
        """One block of members: facts in, entries and standings out."""
        already = book.posted(block)
        states = standings.snapshots(self.connection, block.first, block.last)
        found: list[tuple[int, list[Entry]]] = []
        stood = []
        for facts in facts_of(self.connection, block, rows):
            state = states.get(facts.member)
            member = restored(state, facts, self.replayer.versions) if state is not None else None
            replayed = self.replayer.replay(facts, self.until, member)
            found.append((facts.member, replayed.entries))
            stood.append((facts.member, self.version, saved(replayed.member), replayed.standing))
        posted.members += len(found)
        posted.entries += book.post(found, already)
        standings.save_standings(self.connection, stood)
