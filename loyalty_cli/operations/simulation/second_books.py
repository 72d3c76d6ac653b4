"""Everybody replayed by another program, posted to books that only this connection sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.ledger.best import rank_the_best
from loyalty_cli.operations.ledger.best_share import rank_shares
from loyalty_cli.operations.ledger.between_members import settle_between_members
from loyalty_cli.operations.ledger.books import Books
from loyalty_cli.store.members.referrals import join_referrals
from loyalty_cli.store.simulation import keep_the_erased
from loyalty_cli.store.simulation import open_second_books

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.operations.ledger.books import Posted
    from loyalty_cli.operations.open_shop import Shop
    from loyalty_cli.replay.plan import Plan
    from loyalty_cli.store.database import Connection

# Second books know one set of versions only.
ONLY = 1


def post_to_second_books(connection: Connection, plan: Plan, until: Day, shop: Shop) -> Posted:
    """What a recalculation of everybody would post: the same steps, the best of a period and limits among them."""
    open_second_books(connection)
    join_referrals(connection)
    books = Books(connection, plan, version=ONLY, until=until, at=shop.moment, progress=shop.progress)
    posted = books.bring_up_to_date(everyone=True)
    told = rank_the_best(connection, plan.in_force(until), until, at=shop.moment)
    if rank_shares(connection, plan.in_force(until), until, at=shop.moment) or told:
        posted.add(books.bring_up_to_date())
    settle_between_members(books, posted)
    keep_the_erased(connection)
    return posted
