"""How a shop trades, as far as a first program needs to know it: receipts, visits, members, margin.

Where the shop's own receipts do not say how they are spread, they are taken as exponential around their mean: of all spreads
with that mean the one that supposes least (maximum entropy; Jaynes 1957). Of such receipts e^(-x/R) are at least x; members
who buy for at least a, of a mean of A, bring (1 + a/A) e^(-a/A) of the turnover.
"""

from __future__ import annotations

from math import exp
from typing import NamedTuple

from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE

# Visits are kept in hundredths.
PARTS = 100
MONTHS = 12
WEEK = 7


class Trade(NamedTuple):
    """The average receipt in minor units, a member's visits a month in hundredths, members, margin in basis points.

    `big` is the share of receipts of about three times the average or more, `quiet` the quietest weekday (Monday 0) and `quiet_share`
    its share of the turnover, all in basis points, where the shop's own receipts say them. `supposed`: margin or visits are a guess.
    """

    receipt: int
    visits: int
    members: int
    margin: int
    big: int | None = None
    quiet: int | None = None
    quiet_share: int | None = None
    supposed: bool = False

    @property
    def receipts(self) -> int:
        """Members' receipts a month."""
        return rounded(self.members * self.visits, PARTS, "half up")

    @property
    def turnover(self) -> int:
        """What members pay a month."""
        return rounded(self.members * self.visits * self.receipt, PARTS, "half up")

    @property
    def a_year(self) -> int:
        """What a member pays a year, on the average."""
        return rounded(MONTHS * self.visits * self.receipt, PARTS, "half up")

    @property
    def quiet_day(self) -> int:
        """The quietest weekday; Tuesday where nobody knows."""
        return 1 if self.quiet is None else self.quiet

    @property
    def on_quiet_day(self) -> int:
        """The share of the turnover on it; a seventh where nobody knows."""
        return WHOLE // WEEK if self.quiet_share is None else self.quiet_share

    def big_receipts(self, amount: int) -> int:
        """The share of receipts of an amount or more, about three times the average, in basis points.

        >>> Trade(50_00, 200, 100, 3000).big_receipts(150_00)  # e^-3 is 4.98 %
        498
        """
        if self.big is not None:
            return self.big
        return round(WHOLE * exp(-amount / self.receipt))

    def turnover_from(self, spend: int) -> int:
        """The share of the turnover of members who pay an amount or more a year, in basis points.

        >>> Trade(50_00, 200, 100, 3000).turnover_from(1200_00)  # exactly the average: 2 / e is 73.58 %
        7358
        """
        times = spend / self.a_year
        return round(WHOLE * (1 + times) * exp(-times))
