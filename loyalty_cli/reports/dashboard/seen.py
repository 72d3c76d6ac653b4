"""What several numbers and pictures are drawn from: the shop is asked for it once."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.reports.asked import known_until
from loyalty_cli.reports.ledger.roll_forward import usable_booked
from loyalty_cli.reports.visits import purchases
from loyalty_cli.reports.visits import visits
from loyalty_cli.reports.wallets import own_points
from loyalty_cli.store.paying import turnover_by_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.reports.ledger.roll_forward import Booked
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.visits import Purchases
    from loyalty_cli.reports.visits import Visits
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.reading import Connection


class Seen(NamedTuple):
    """What each day with a receipt took (`last` is the last of them), when members bought, what was booked of points that can be used."""

    last: Day
    taken: Mapping[Day, Turnover]
    purchases: Purchases
    visits: Sequence[Visits]
    points: Sequence[Booked]


def seen(connection: Connection, question: Question) -> Seen | None:
    """All through the last day that counts; None in a shop without receipts."""
    taken = turnover_by_day(connection, 0, known_until(question))
    if not taken:
        return None
    last = max(taken)
    bought = purchases(connection, last)
    return Seen(last, taken, bought, visits(bought.days.values()), usable_booked(connection, own_points(question)))
