"""Everybody replayed by another program, posted to books that only this connection sees; or by today's, for somebody who looks on."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.operations.ledger.best import rank_the_best
from loyalty_cli.operations.ledger.best_share import rank_shares
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.operations.ledger.source import Source
from loyalty_cli.replay.watched import WatchedReplayer
from loyalty_cli.store.ledger import standings
from loyalty_cli.store.members.referrals import join_referrals
from loyalty_cli.store.simulation import keep_the_erased
from loyalty_cli.store.simulation import open_second_books

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.ledger.books import Posted
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.replay.watched import Onlooker
    from loyalty_cli.store.database import Connection

# Second books know one set of versions only.
ONLY = 1


def post_to_second_books(connection: Connection, plan: Plan, until: Day, shop: Shop, onlooker: Onlooker | None = None) -> Posted:
    """What a recalculation of everybody would post: the same steps, the best of a period and limits among them."""
    open_second_books(connection)
    join_referrals(connection)
    books = Books(connection, plan, version=ONLY, until=until, at=shop.moment, progress=shop.progress)
    if onlooker:
        books.replayer = WatchedReplayer(plan, onlooker)
    posted = books.bring_up_to_date(everyone=True)
    told = rank_the_best(connection, plan.in_force(until), until, at=shop.moment)
    if rank_shares(connection, plan.in_force(until), until, at=shop.moment) or told:
        posted.add(books.bring_up_to_date())
    settle_between_members(books, posted)
    keep_the_erased(connection)
    return posted


def look_at_everybody(connection: Connection, plan: Plan, until: Day, shop: Shop, onlooker: Onlooker) -> None:
    """Replay everybody by the program whose books are kept, and post nothing: the onlooker sees what the books do not tell."""
    values = {"all": 1, "version": ONLY, "until": until, "switch": 0, "never": NEVER}
    standings.choose_work(connection, values)
    replayer = WatchedReplayer(plan, onlooker)
    # As in the books: millions of small tuples and no cycles.
    gc.disable()
    try:
        for facts in Source(connection, plan, until, shop.progress).members():
            replayer.replay(facts, until)
    finally:
        gc.enable()
