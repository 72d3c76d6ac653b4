"""Points that a member of a household has of their own go to its account: the balance at its beginning, later a birthday's.

Each lot keeps the day on which it lapses; a debt goes, too. Both sides are adjustments under the key of the household, so
that undoing it takes them back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.source import facts_of_members
from loyalty_cli.replay.lots import LAST
from loyalty_cli.replay.lots import LEFT
from loyalty_cli.replay.replayer import Replayer
from loyalty_cli.store.by_hand import brought_home
from loyalty_cli.store.by_hand import done_by_key
from loyalty_cli.store.by_hand import HOME
from loyalty_cli.store.by_hand import save_adjustment
from loyalty_cli.store.ledger.due import mark_due
from loyalty_cli.store.members.households import not_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.ledger.books import Books
    from loyalty_cli.operations.ledger.run import Posted
    from loyalty_cli.replay.lots import Lots
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection
    from loyalty_cli.store.members.households import Share


def bring_home(books: Books, posted: Posted) -> None:
    """After a recalculation: whatever members of households have of their own through its day."""
    strays = not_at_home(books.connection, books.until)
    for share in strays:
        carry(books.connection, books.plan, share, books.until, at=books.at)
    if strays:
        posted.add(books.bring_up_to_date())


def carry(connection: Connection, plan: Plan, share: Share, day: Day, *, at: str) -> int:
    """Move a member's points of every kind to the account as of a day; how many of the first kind."""
    done = done_by_key(connection, share.key)
    if done is None:
        return 0
    done, points = done._replace(day=day, at=at), 0
    for facts in facts_of_members(connection, plan, [share.member], day):
        member = Replayer(plan).replay(facts, day).member
        for lots in (member.lots, *member.purses.by_name.values()):
            points += lots.balance if lots is member.lots else 0
            for last, count in sorted(carried(lots), key=lambda part: part[0] or 0):
                part = f"{HOME}{len(brought_home(connection, share.key))}"
                save_adjustment(connection, done._replace(member=share.member), lots.asset, -count, part=f"{part}, from")
                save_adjustment(connection, done._replace(member=share.account), lots.asset, count, last=last, part=f"{part}, to")
    mark_due(connection, [(share.member, day), (share.account, day)])
    return points


def carried(lots: Lots) -> Iterator[tuple[Day | None, int]]:
    """What goes: points by the last day on which they can be used, or a debt, which is below zero."""
    if lots.balance < 0:
        yield None, lots.balance
        return
    lasts: dict[int, int] = {}
    for lot in lots.use(max(0, lots.balance)):
        lasts[lot[LAST]] = lasts.get(lot[LAST], 0) + lot[LEFT]
    yield from lasts.items()
