"""What belongs together before anybody is replayed: receipts of households, returns with their sales, who brought whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.store.ledger.links import join_named_returns
from loyalty_cli.store.members.households import gather
from loyalty_cli.store.members.referrals import join_referrals

if TYPE_CHECKING:
    from loyalty_cli.store.database import Connection


def join_all(connection: Connection) -> None:
    """Bring together what belongs together."""
    gather(connection)
    join_named_returns(connection)
    join_referrals(connection)
