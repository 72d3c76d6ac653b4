"""How many of the points that members hold lapse in the next months, unless they are used: each lot knows its last day."""

from __future__ import annotations

from typing import NamedTuple
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import LAPSE
from loyalty_cli.replay.in_snapshot import lots_of
from loyalty_cli.reports.in_force import worked_out
from loyalty_cli.store.reading import rows_of

if TYPE_CHECKING:
    from loyalty_cli.knowing.seasonal import Forecast
    from loyalty_cli.model.days import Day
    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

# Of the last days of a wallet's points only the state knows.
HELD = "SELECT state FROM standing WHERE lapse_on < :until OR pending > 0 OR :wallet <> ''"
# What has lapsed already of the months ahead.
LAPSED = f"""
SELECT coalesce(-sum(quantity), 0) FROM ledger
 WHERE effective_on > :after AND rule_id = (SELECT id FROM rule WHERE name = '{LAPSE}')
   AND asset_id IN (SELECT id FROM asset WHERE name IN (:points, :pending))
"""


class Ahead(NamedTuple):
    """How many points lapse through a day unless they are used, and whether no others can."""

    points: int
    all_of_them: bool

    def of(self, found: Forecast | None) -> tuple[int | None, int | None, int | None]:
        """What is expected, at least and at most, with what is known: no more can lapse than there is, where points live longer."""
        if not self.all_of_them:
            return (found.expected, found.low, found.high) if found else (None, None, None)
        if found is None:
            return None, 0, self.points
        high = self.points if found.high is None else min(found.high, self.points)
        return min(found.expected, self.points), min(found.low or 0, high), high


def lapsing_until(connection: Connection, purse: Purse, after: Day, until: Day) -> Ahead | None:
    """What lapses of the points of a purse after a day through another one; None where the standings do not tell it, as on an earlier day.

    A lot lapses on the morning after its last day. Points that a purchase gives a longer life have no last day yet.
    """
    program, stands = worked_out(connection, purse.question)
    points = program.point_terms(purse.name) if program else None
    if points is None or purse.question.day is not None or not points.each_has_its_day:
        return None
    held = (lots_of(str(state), purse.name) or [] for (state,) in rows_of(connection, HELD, {"until": until, "wallet": purse.name}))
    ahead = sum(left for lots in held for last, left in lots if after <= last < until)
    lapsed = int(rows_of(connection, LAPSED, {"after": after, **purse.assets})[0][0] or 0)
    return Ahead(ahead + lapsed, points.last_day(stands + 1) >= until)
