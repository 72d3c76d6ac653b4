"""The most points that purchases bring on a receipt, on a day, in a month: what goes beyond is not given.

A cap looks at sums: what a day gave is the sum of its receipts or the cap, a month's the sum of its days or the cap. In whichever
order receipts come, the sums are the same; and after a return each receipt has what it would have, had only the rest been bought.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import start_of_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.blocks.points import PointsAtMost
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.version import Version

Shares = list[tuple[str, int]]


class Caps:
    """What a member's purchases would have brought, by day and by month, each within the caps below it."""

    def __init__(self) -> None:
        self.days: dict[Day, int] = {}
        self.months: dict[Day, int] = {}
        # The purchases of each month in order, and the months in which a cap kept something back or had to be asked by a return.
        self.of_month: defaultdict[Day, list[Bought]] = defaultdict(list)
        self.bound: set[Day] = set()
        # Returns of no known purchase: the cap, the day, their points by rule, those of them that were taken.
        self.unmatched: list[list[Any]] = []

    def change(self, most: PointsAtMost | None, day: Day, before: int, after: int) -> int:
        """By how much the points given grow when those of one of the day's receipts go from one number to another."""
        assert most is not None  # noqa: S101 - only who has a cap asks
        change = within(most.receipt, after) - within(most.receipt, before)
        for sums, period, cap in ((self.days, day, most.day), (self.months, start_of_month(day), most.month)):
            old = sums.get(period, 0)
            sums[period] = old + change
            change = within(cap, old + change) - within(cap, old)
        return change

    def cut(self, shares: Shares, most: PointsAtMost, day: Day, bought: Bought | None) -> Shares:
        """As much of a purchase's points as the caps let through."""
        points = sum(share for _, share in shares)
        given, month = self.change(most, day, 0, points), start_of_month(day)
        if given != points:
            self.bound.add(month)
        if bought:
            bought.cut = points - given
            self.of_month[month].append(bought)
        return cut(shares, given)

    def cut_off(self, shares: Shares, most: PointsAtMost, day: Day) -> Shares:
        """As many of the points of a return of no known purchase as the caps did not keep back before."""
        taken = cut(shares, -self.change(most, day, sum(share for _, share in shares), 0))
        self.unmatched.append([most, day, shares, taken])
        self.bound.add(start_of_month(day))
        return taken

    def make_room(self, bought: Bought, due: dict[str, int], versions: Sequence[Version]) -> list[tuple[Bought, Shares]]:
        """What purchases of its month give up by rule, or get (below zero), as so many points of one are to be taken in all.

        As if only what was kept had been bought: the later ones get what a cap had kept back from them.
        """
        month, was, before, bought.taken = start_of_month(bought.day), given_of(bought), bought.left, due
        if month not in self.bound and bought.left <= before:
            self.change(versions[bought.version].most, bought.day, before, bought.left)
            return [(bought, less(was, given_of(bought)))]
        anew = Caps()
        moved: list[tuple[Bought, Shares]] = []
        for other in self.of_month[month]:
            left = other.left
            kept_back = left - anew.change(versions[other.version].most, other.day, 0, left)
            if other is bought or kept_back != other.cut:
                gave = was if other is bought else given_of(other)
                other.cut = kept_back
                moved.append((other, less(gave, given_of(other))))
        for unmatched in self.unmatched:
            most, day, shares, took = unmatched
            if start_of_month(day) == month:
                unmatched[3] = cut(shares, -anew.change(most, day, sum(share for _, share in shares), 0))
                moved.append((bought, less(dict(unmatched[3]), dict(took))))
        self.days |= anew.days
        self.months |= anew.months
        return moved


def given_of(bought: Bought) -> dict[str, int]:
    """The points of a purchase that were not taken back, by rule, as far as a cap lets them through."""
    # A multiplier below 1 may have taken less from the whole than it would take from the part that came back.
    left = less(bought.earned, bought.taken)
    return dict(cut(left, bought.net))


def less(some: dict[str, int], others: dict[str, int]) -> Shares:
    """How much more some points are than others, rule by rule."""
    return [(rule, some.get(rule, 0) - others.get(rule, 0)) for rule in {**some, **others}]


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
