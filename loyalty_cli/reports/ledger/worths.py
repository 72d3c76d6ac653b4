"""What a point is worth in a month: as the month was closed with it, else by the program in force on its last day."""

from __future__ import annotations

from functools import cache
from typing import cast
from typing import TYPE_CHECKING

from loyalty_cli.model.days import span_of_month
from loyalty_cli.reports.in_force import program_on
from loyalty_cli.store.reading import rows_of
from loyalty_cli.store.versions import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from loyalty_cli.reports.wallets import Purse
    from loyalty_cli.store.reading import Connection

CLOSED = "SELECT month, point_worth FROM month"
MOMENTS = "SELECT month, closed_at FROM month"
VERSIONS = "SELECT from_day FROM version"


def closed_worths(connection: Connection) -> dict[str, int]:
    """What a thousand points were worth when each closed month was closed, in minor units."""
    return dict(cast("list[tuple[str, int]]", rows_of(connection, CLOSED)))


def worths_in_months(connection: Connection, found: Iterable[Purse]) -> dict[str, Callable[[str], int]]:
    """The same of several purses in any month, by what the ledger calls their points."""
    return {purse.assets["points"]: worth_in(connection, purse) for purse in found}


def worth_in(connection: Connection, purse: Purse) -> Callable[[str], int]:
    """The same of a month, also an open one; that of a wallet in a closed month is by the versions that were adopted by then."""
    closed = {} if purse.name else closed_worths(connection)
    moments = {str(month): str(moment) for month, moment in rows_of(connection, MOMENTS)} if purse.name else {}
    from_days = [int(day or 0) for (day,) in rows_of(connection, VERSIONS)]

    @cache
    def worth(month: str) -> int:
        if month in closed:
            return closed[month]
        end = span_of_month(month)[1]
        # Most open months end under the program of today, which need not be read; so does the one that goes on.
        other = month in moments or (end < purse.question.today and any(day > end for day in from_days))
        program = program_on(connection, end, known_at=moments.get(month, ALWAYS)) if other else None
        return program.point_worth(purse.name) if program else purse.question.shop.point_worth

    return worth
