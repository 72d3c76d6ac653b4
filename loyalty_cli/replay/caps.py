"""The most points that purchases bring on a receipt, on a day, in a month: what goes beyond is not given.

A cap looks at sums: what a day gave is the sum of its receipts or the cap, a month's the sum of its days or the cap. So a
return first takes what was cut, and only then what was given; in whichever order receipts come, the sums are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.days import start_of_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.blocks.points import PointsAtMost
    from loyalty_cli.replay.bought import Bought

Shares = list[tuple[str, int]]


class Caps:
    """What a member's purchases would have brought, by day and by month, each within the caps below it."""

    def __init__(self) -> None:
        self.days: dict[Day, int] = {}
        self.months: dict[Day, int] = {}

    def change(self, most: PointsAtMost, day: Day, before: int, after: int) -> int:
        """By how much the points given grow when those of one of the day's receipts go from one number to another."""
        change = within(most.receipt, after) - within(most.receipt, before)
        for sums, period, cap in ((self.days, day, most.day), (self.months, start_of_month(day), most.month)):
            old = sums.get(period, 0)
            sums[period] = old + change
            change = within(cap, old + change) - within(cap, old)
        return change

    def cut(self, shares: Shares, most: PointsAtMost, day: Day, bought: Bought | None) -> Shares:
        """As much of a purchase's points as the caps let through."""
        points = sum(share for _, share in shares)
        given = self.change(most, day, 0, points)
        if bought:
            bought.cut = points - given
        return cut(shares, given)


def within(cap: int | None, points: int) -> int:
    """Points, at most the cap."""
    return points if cap is None else min(points, cap)


def cut(shares: Sequence[tuple[str, int]], to: int) -> Shares:
    """Shares that add up to less: the last ones go first."""
    beyond = sum(share for _, share in shares) - to
    sign = 1 if beyond > 0 else -1
    left: Shares = []
    for name, share in reversed(shares):
        off = min(max(0, sign * share), sign * beyond) * sign
        beyond -= off
        left.append((name, share - off))
    return [(name, share) for name, share in reversed(left) if share]
