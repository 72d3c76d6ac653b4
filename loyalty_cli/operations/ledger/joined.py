"""What belongs together before anybody is replayed: receipts of households, returns with their sales, who brought whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.operations.engine_room import book_of
from loyalty_cli.store.ledger.links import join_named_returns
from loyalty_cli.store.members.households import gather
from loyalty_cli.store.members.referrals import join_referrals

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.store.database import Connection


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


def join_all(connection: Connection) -> None:
    """Bring together what belongs together."""
    gather(connection)
    join_named_returns(connection)
    join_referrals(connection)
