"""The most points that purchases bring on a receipt, on a day, in a month: what goes beyond is not given.

A cap looks at sums: what a day gave is the sum of its receipts or the cap, a month's the sum of its days or the cap. In whichever
order receipts come, the sums are the same; and after a return each receipt has what it would have, had only the rest been bought.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import start_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.program.blocks.points import PointsAtMost
    from loyalty_cli.replay.bought import Bought
    from loyalty_cli.replay.purchases import Unmatched
    from loyalty_cli.replay.version import Version

Shares = list[tuple[str, int]]
UNBOUND = 10**18


class OfDay:
    """The purchases of a day in order, and what they bring up to each of them, each within the cap on a receipt."""

    def __init__(self) -> None:
        self.bought: list[Bought] = []
        self.places: dict[int, int] = {}
        self.sums: list[int] = []

    def add(self, bought: Bought, points: int) -> None:
        """One more."""
        self.places[bought.id] = len(self.bought)
        self.bought.append(bought)
        self.sums.append(points + (self.sums[-1] if self.sums else 0))

    def grow(self, bought: Bought, points: int) -> None:
        """One brings so much more."""
        place = self.places[bought.id]
        self.sums = self.sums[:place] + [come + points for come in self.sums[place:]]

    def shared(self, before: Sequence[int], was: int, now: int, *, everything: bool) -> Iterator[tuple[Bought, Shares]]:
        """What purchases give up or get, by rule, as the cap on the day and what the purchases come to are others than before.

        Those below the cap had and have all; of those beyond nothing was or is given. Only what lies between is looked at.
        """
        first, last = 0, len(self.bought)
        if not everything:
            first = min(bisect_right(before, was), bisect_right(self.sums, now))
            last = min(last, 1 + max(bisect_left(before, was), bisect_left(self.sums, now)))
        for place in range(first, last):
            bought, kept_back = self.bought[place], self.kept_back(place, now)
            if kept_back != bought.cut:
                gave, bought.cut = given_of(bought), kept_back
                yield bought, less(gave, given_of(bought))

    def kept_back(self, place: int, cap: int) -> int:
        """How many points a purchase does not bring under the cap on its receipt and one on the day."""
        earlier = self.sums[place - 1] if place else 0
        return self.bought[place].left - min(cap, self.sums[place]) + min(cap, earlier)


class Caps:
    """What a member's purchases would have brought, by day and by month, each within the caps below it."""

    def __init__(self) -> None:
        self.days: dict[Day, int] = {}
        self.months: dict[Day, int] = {}
        # The days of each month on which anything was bought, in order, and what was bought on each.
        self.of_month: defaultdict[Day, list[Day]] = defaultdict(list)
        self.of_day: defaultdict[Day, OfDay] = defaultdict(OfDay)
        # The returns of no known purchase, which come after all purchases of their month.
        self.unmatched: defaultdict[Day, list[Unmatched]] = defaultdict(list)
        # The months in which a cap kept something back or had to be asked by a return; those in which such a return was not the last.
        self.bound: set[Day] = set()
        self.mixed: set[Day] = set()

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
        given, month = self.change(most, day, 0, points), start_of_month(day)
        if given != points:
            self.bound.add(month)
        if bought:
            bought.cut = points - given
            if not self.of_day[day].bought:
                self.of_month[month].append(day)
            self.of_day[day].add(bought, within(most.receipt, points))
            if self.unmatched[month]:
                self.mixed.add(month)
        return cut(shares, given)

    def cut_off(self, back: Unmatched, most: PointsAtMost) -> None:
        """Of the points of a return of no known purchase those are taken that the caps did not keep back before."""
        month, back.taken = start_of_month(back.moment.day), ()
        self.take_off(back, most)
        self.unmatched[month].append(back)
        self.bound.add(month)

    def take_off(self, back: Unmatched, most: PointsAtMost) -> Shares:
        """Find what such a return takes; how much more that is than before."""
        before, off = dict(back.taken), self.change(most, back.moment.day, sum(share for _, share in back.gave), 0)
        back.taken = cut(back.gave, -off)
        return less(dict(back.taken), before)

    def make_room(self, bought: Bought, due: dict[str, int], versions: Sequence[Version]) -> list[tuple[Bought, Shares]]:
        """What purchases of its month give up by rule, or get (below zero), as so many points of one are to be taken in all.

        As if only what was kept had been bought: the later ones get what a cap had kept back from them.
        """
        day, most = bought.day, most_of(versions, bought)
        month, was, before, bought.taken = start_of_month(day), given_of(bought), bought.left, due
        if bought.id not in self.of_day[day].places:  # it earned nothing
            return []
        if month not in self.bound and bought.left <= before:
            self.change(most, day, before, bought.left)
            self.of_day[day].grow(bought, bought.left - before)
            return [(bought, less(was, given_of(bought)))]
        self.bound.add(month)
        grows = within(most.receipt, bought.left) - within(most.receipt, before)
        others = [(other, shares) for other, shares in self.shared_anew(bought, grows, versions) if other is not bought]
        off = [(bought, self.take_off(back, most_of(versions, back))) for back in self.unmatched[month]]
        return [(bought, less(was, given_of(bought))), *others, *off]

    def shared_anew(self, bought: Bought, grows: int, versions: Sequence[Version]) -> Iterator[tuple[Bought, Shares]]:
        """What the others of its month give up or get as a purchase grows by so much; it itself knows then what is kept back of it."""
        month = start_of_month(bought.day)
        was = now = 0
        for day in self.of_month[month]:
            own = self.of_day[day]
            most = most_of(versions, own.bought[0])
            before = own.sums
            if day == bought.day:
                own.grow(bought, grows)
            caps = within(most.day, left_of(most.month, was)), within(most.day, left_of(most.month, now))
            if day == bought.day:
                bought.cut = own.kept_back(own.places[bought.id], caps[1])
            yield from own.shared(before, *caps, everything=month in self.mixed)
            was, now = was + min(caps[0], before[-1]), now + min(caps[1], own.sums[-1])
            self.days[day] = own.sums[-1]
        self.months[month] = now
        self.mixed.discard(month)
        for back in self.unmatched[month]:
            own = self.of_day[back.moment.day]
            self.days[back.moment.day] = own.sums[-1] if own.sums else 0


def most_of(versions: Sequence[Version], what: Bought | Unmatched) -> PointsAtMost:
    """The caps of the version that something was bought or came back under."""
    most = versions[what.version].most
    assert most is not None  # noqa: S101 - only who has a cap asks
    return most


def left_of(cap: int | None, come: int) -> int:
    """How much room a month has that has come to so much."""
    return UNBOUND if cap is None else max(0, cap - come)


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
