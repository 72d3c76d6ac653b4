"""How much more members would have to buy for a program to pay for itself.

The arithmetic of a contribution margin: a sale leaves its margin, less what the program gives for it. With turnover T,
margin m and cost C of the program, turnover of (1 + u) T brings u m T more and costs (1 + u) C, for rewards grow with what is
bought. Both are equal at u = C / (m T - C). What of the cost stays the same however much is bought, F, does not grow: then they
are equal at u = C / (m T - (C - F)).
"""

from __future__ import annotations

from typing import NamedTuple

from loyalty_cli.model.money import rounded
from loyalty_cli.model.money import WHOLE


class Paying(NamedTuple):
    """What members paid, what the program costs them for it, and the margin in basis points (None: not known).

    `fixed` is what of the cost is the same however much they buy.
    """

    turnover: int
    cost: int
    margin: int | None
    fixed: int = 0

    @property
    def share(self) -> int | None:
        """The cost in basis points of the turnover."""
        return rounded(self.cost * WHOLE, self.turnover, "half up") if self.turnover > 0 else None

    @property
    def break_even(self) -> int | None:
        """By how many basis points members must buy more, rounded up; None if the margin is not known or no uplift is enough.

        >>> Paying(100_000, 3_000, 3_000).break_even  # 3,000 / (30,000 - 3,000) = 11.11 %
        1112
        >>> Paying(100_000, 3_000, 300).break_even is None  # what is sold leaves no more than the program costs
        True
        >>> Paying(100_000, 3_000, 3_000, fixed=1_000).break_even  # 3,000 / (30,000 - 2,000) = 10.71 %
        1072
        """
        if self.margin is None:
            return None
        left = self.margin * self.turnover - (self.cost - self.fixed) * WHOLE
        return rounded(self.cost * WHOLE * WHOLE, left, "up") if left > 0 else None

    def if_more(self, uplift: int) -> tuple[int, int]:
        """What members buying so many basis points more leaves in margin, and what the program then costs in all.

        >>> Paying(100_000, 3_000, 3_000).if_more(500)  # 5 % of 100,000 at 30 %; 3,000 and 5 % of it
        (1500, 3150)
        >>> Paying(100_000, 3_000, 3_000, fixed=1_000).if_more(500)  # 1,000 and 2,000 with 5 % more
        (1500, 3100)
        """
        more = rounded((self.margin or 0) * self.turnover * uplift, WHOLE * WHOLE, "half up")
        return more, self.fixed + rounded((self.cost - self.fixed) * (WHOLE + uplift), WHOLE, "half up")


def margin_of(brought: int, thousandths: int) -> int | None:
    """What is left of sales in basis points, from what they brought and the thousandths of it that the goods cost.

    None where nothing is known, or the goods cost more than they brought.

    >>> margin_of(10_000, 6_500_000)  # goods for 65.00 sold for 100.00
    3500
    >>> margin_of(10_000, 11_000_000) is None
    True
    """
    left = brought * 1000 - thousandths
    return left * WHOLE // (brought * 1000) if brought > 0 and left >= 0 else None


def brought_by(turnover: int, margin: int, uplift: int) -> int:
    """The margin on the part of a turnover that is there because members buy so many basis points more than they would.

    Of T = (1 + u) B the part u B = T u / (1 + u) was brought.

    >>> brought_by(105_000, 3_000, 500)  # 5 % of 100,000 at 30 %
    1500
    """
    return rounded(turnover * margin * uplift, WHOLE * (WHOLE + uplift), "half up")
