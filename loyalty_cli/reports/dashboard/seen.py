"""What several numbers and pictures are drawn from: the shop is asked for it once."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.reports.asked import known_until
from loyalty_cli.reports.ledger.roll_forward import usable_booked
from loyalty_cli.reports.ledger.worths import worths_in_months
from loyalty_cli.reports.visits import purchases
from loyalty_cli.reports.visits import visits
from loyalty_cli.reports.wallets import purses
from loyalty_cli.store.paying import turnover_by_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.reports.ledger.roll_forward import Booked
    from loyalty_cli.reports.money.rewards import InMonths
    from loyalty_cli.reports.question import Question
    from loyalty_cli.reports.visits import Purchases
    from loyalty_cli.reports.visits import Visits
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.paying import Turnover
    from loyalty_cli.store.reading import Connection


class Seen(NamedTuple):
    """What each day with a receipt took (`last` is the last of them), when members bought, what was booked of points that can be used.

    The shop's own points stand first, then those of each wallet; `worths` are what they are worth in a month.
    """

    last: Day
    taken: Mapping[Day, Turnover]
    purchases: Purchases
    visits: Sequence[Visits]
    points: Sequence[tuple[Purse, Sequence[Booked]]]
    worths: InMonths

    @property
    def in_money(self) -> bool:
        """Whether any points are worth money."""
        return any(purse.question.shop.point_worth for purse, _ in self.points)


def seen(connection: Connection, question: Question) -> Seen | None:
    """All through the last day that counts; None in a shop without receipts."""
    taken = turnover_by_day(connection, 0, known_until(question))
    if not taken:
        return None
    last = max(taken)
    bought = purchases(connection, last)
    points = [(purse, usable_booked(connection, purse)) for purse in purses(connection, question)]
    worths = worths_in_months(connection, [purse for purse, _ in points])
    return Seen(last, taken, bought, visits(bought.days.values()), points, worths)
