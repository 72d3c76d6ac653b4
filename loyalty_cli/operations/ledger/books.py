"""Bringing the books to what replay says: the work of `recalc`, `redeem` and `check`, inside a caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import columns_of
from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.operations.ledger.run import Posted
from loyalty_cli.operations.ledger.run import Run
from loyalty_cli.store.by_hand import part_from_lost_cards
from loyalty_cli.store.by_hand import refuse_if_erased
from loyalty_cli.store.ledger import ledger
from loyalty_cli.store.ledger import runs
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.ledger.hand_overs import receivers
from loyalty_cli.store.ledger.hand_overs import settle_told
from loyalty_cli.store.ledger.ledger import last_run_day
from loyalty_cli.store.members.frozen import let_rest
from loyalty_cli.store.members.frozen import not_in_the_books
from loyalty_cli.store.members.frozen import now_in_the_books
from loyalty_cli.store.members.households import gather
from loyalty_cli.store.noted import hear_of_noted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyalty_cli.model.days import Day
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection


class Books(Run):
    """The ledger and the standings of one shop under one set of versions, through one day."""

    def bring_up_to_date(self, *, everyone: bool = False) -> Posted:
        """Replay whoever is due, or everyone from their start, and post the differences."""
        posted = self.choose(everyone=everyone)
        book = book_of(self.connection)
        if book is None:
            posted.add(self.post_work())
        else:
            # Needs the extra of a chain, which a shop of one database never imports.
            from loyalty_cli.operations.ledger.on_engine import post_on_engine

            posted.add(post_on_engine(self, book))
        standings.note_worked_on(self.connection, but_for=[failure.member for failure in posted.failed])
        return posted

    def choose(self, *, everyone: bool) -> Posted:
        """Fill temp.work with whoever is due, or with everyone from their start; what came in of members who are never replayed."""
        switches = [from_day for from_day, _ in self.plan.versions if from_day <= self.until]
        values = {
            "all": int(everyone),
            "version": self.version,
            "until": self.until,
            "switch": max(switches, default=0),
            "never": NEVER,
        }
        posted = self.take_in_frozen()
        part_from_lost_cards(self.connection)
        gather(self.connection)
        hear_of_noted(self.connection, self.until, coupons=self.plan.asks_coupons, consents=self.plan.asks_consents)
        standings.choose_work(self.connection, values)
        return posted

    def bring_members_up_to_date(self, members: Iterable[int]) -> Posted:
        """Replay some members from their start and post the differences; a replay that fails is raised, and who is erased has none."""
        members = [*members]
        refuse_if_erased(self.connection, members)
        standings.choose_members(self.connection, members)
        posted = self.post_work()
        for failure in posted.failed:
            raise failure.error
        return posted

    def take_in_frozen(self) -> Posted:
        """Take in, through the day, what was worked out of members before they were erased."""
        posted, waiting = Posted(), [*not_in_the_books(self.connection, self.until)]
        if waiting:
            run = runs.start_run(self.connection, at=self.at, until=self.until, version=self.version)
            book = ledger.Ledger(self.connection, run=run, first_open=ledger.first_open_day(self.connection))
            lacking = columns_of([(member, frozen.entries or ()) for member, frozen in waiting])
            posted.entries = book.post(lacking) if lacking else 0
            # The last day of each is how they stand.
            last = dict(waiting)
            rows = ((member, self.version, frozen.state, frozen.standing) for member, frozen in last.items())
            standings.save_standings(self.connection, rows)
            standings.choose_members(self.connection, last)
            standings.note_worked_on(self.connection)
            if self.plan.tells:
                posted.told = settle_told(self.connection, [(member, frozen.told or ()) for member, frozen in last.items()])
                mark_due(self.connection, [(member, 0) for member in sorted(receivers(posted.told))])
            now_in_the_books(self.connection, last, self.until)
            posted.members, posted.by_asset = len(last), book.written()
            runs.finish_run(self.connection, run, members=posted.members, entries=posted.entries)
        let_rest(self.connection, self.version)
        return posted


def post_member(connection: Connection, member: int, since: Day, adopted: tuple[Plan, int], *, at: str) -> None:
    """Bring one member's books up to the last recalculated day; what lies after it waits for the night.

    `adopted` are the adopted versions and the number of the latest.
    """
    mark_due(connection, [(member, since)])
    until = last_run_day(connection)
    if until:
        plan, version = adopted
        Books(connection, plan, version=version, until=until, at=at).bring_members_up_to_date([member])
