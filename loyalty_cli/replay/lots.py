"""A member's points as lots, each with its own last day: used soonest-lapsing first, ties oldest first.

A shortfall (points taken back that were already used) is a debt, which the next credits pay first. So the
balance is the sum of the lots less the debt, and it is the sum of the entries.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import insort
from collections import defaultdict
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import LAPSE
from loyalty_cli.model.entry import USABLE
from loyalty_cli.model.money import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day

# A lot: [last day, day it was earned, number in order, kind of cause, its id, points left]
LAST, EARNED, NUMBER, CAUSE, CAUSE_ID, LEFT = range(6)
# A pending credit: [day it becomes usable, number in order, kind of cause, its id, points, last day, day earned]


# An Entry from its values in order, without the keywords that cost twice as much: most lots lapse.
new_tuple = tuple.__new__

# Where points or a badge come from: the rule (points of a purchase have none of their own), the kind of cause, its number.
Source = tuple[str, int, int]
# Points that were taken back: where they had come from, how many, and what took them.
Lost = tuple[Source, int, Source]


def source_of(rule: str, cause: int, cause_id: int) -> Source:
    """Where points come from."""
    return rule if rule.startswith("rewards.") else "", cause, cause_id


class Lots:
    """The points of one member."""

    # What the ledger calls them: those that can be used, those that wait.
    asset, waiting = "points", "pending"

    def __init__(self) -> None:
        self.lots: list[list[int]] = []
        self.pending: list[list[int]] = []
        self.debt = 0
        # Uses of points that are owed still, oldest first: what each lot gave, first (of no number) what none could give.
        self.owing: list[list[list[int]]] = []
        self.number = 0
        # The rewards that gave lots, by number: two of them may have the same cause.
        self.givers: dict[int, str] = {}
        # Points of a source that have lapsed: taking them back again would take them twice.
        self.lapsed: defaultdict[Source, int] = defaultdict(int)
        # Points that were taken back of somewhere since rewards that hear of points were told.
        self.lost: list[Lost] = []
        # What others gave when points of a source were taken back that had been used.
        self.beyond: defaultdict[Source, list[list[list[int]]]] = defaultdict(list)
        # Every lot of a cause, also those that are gone; made when a return first asks, as most members never return.
        self.by_cause: dict[tuple[int, int], list[list[int]]] | None = None

    @property
    def balance(self) -> int:
        """Usable points; below zero is a debt."""
        return sum([lot[LEFT] for lot in self.lots]) - self.debt

    @property
    def next_lapse(self) -> Day:
        """The day on which the next lot has lapsed, or NEVER."""
        return self.lots[0][LAST] + 1 if self.lots and self.lots[0][LAST] < NEVER else NEVER

    @property
    def next_usable(self) -> Day:
        """The day on which the next pending points can be used, or NEVER."""
        return self.pending[0][0] if self.pending else NEVER

    def limit(self, own: Day, earned: Day) -> Day:
        """The last day of points with a last day of their own."""
        return own

    def source(self, lot: list[int]) -> Source:
        """Where the points of a lot come from."""
        return self.givers.get(lot[NUMBER], ""), lot[CAUSE], lot[CAUSE_ID]

    def given_by(self, reward: str) -> None:
        """A reward gave the points that came in last, to be used now or later."""
        self.givers[self.number] = reward

    def credit(self, cause: tuple[int, int], points: int, earned: Day, last: Day) -> None:
        """Usable points come in; a debt is paid first."""
        self.number += 1
        lot = [last, earned, self.number, cause[0], cause[1], points]
        if self.debt:
            points -= self.pay(lot, points)
            lot[LEFT] = points
        if points:
            lots = self.lots
            if not lots or lots[-1][LAST] < last:
                lots.append(lot)
            else:
                insort(lots, lot)
            if self.by_cause is not None:
                self.by_cause.setdefault(cause, []).append(lot)

    def wait(self, cause: tuple[int, int], points: int, *, usable: Day, earned: Day, last: Day) -> None:
        """Points come in that can be used later."""
        self.number += 1
        insort(self.pending, [usable, self.number, *cause, points, last, earned])

    def activate(self, day: Day, entries: list[Entry]) -> None:
        """Pending points whose day has come become lots."""
        while self.pending and self.pending[0][0] <= day:
            usable, number, cause, cause_id, points, last, earned = self.pending.pop(0)
            entries.append(Entry(USABLE, cause, cause_id, self.waiting, usable, -points))
            entries.append(Entry(USABLE, cause, cause_id, self.asset, usable, points))
            self.credit((cause, cause_id), points, earned, last)
            if number in self.givers:
                self.given_by(self.givers[number])

    def lapse(self, day: Day, entries: list[Entry]) -> None:
        """Lots whose last day is over are gone."""
        lots = self.lots
        while lots and lots[0][LAST] < day:
            last, _, number, cause, cause_id, left = lots.pop(0)
            entries.append(new_tuple(Entry, (LAPSE, cause, cause_id, self.asset, last + 1, -left)))
            self.lapsed[self.givers.get(number, ""), cause, cause_id] += left

    def give_up(self, day: Day, entries: list[Entry]) -> None:
        """Nobody can claim these points any more: all lapse on a day, those that wait, too; and what was owed nobody pays."""
        entries += [Entry(LAPSE, wait[2], wait[3], self.waiting, day, -wait[4]) for wait in self.pending]
        entries += [Entry(LAPSE, lot[CAUSE], lot[CAUSE_ID], self.asset, day, -lot[LEFT]) for lot in self.lots]
        if self.debt:
            entries.append(Entry(LAPSE, Cause.DAY, day, self.asset, day, self.debt))
        self.lots, self.pending, self.debt, self.owing = [], [], 0, []

    def use(self, points: int) -> list[list[int]]:
        """Points go out, soonest-lapsing first; what is missing is a debt. What each lot gave, as a lot of its own."""
        lots, given = self.lots, []
        while points and lots:
            taken = min(points, lots[0][LEFT])
            points -= taken
            given.append([*lots[0][:LEFT], taken])
            if taken == lots[0][LEFT]:
                lots.pop(0)
            else:
                lots[0][LEFT] -= taken
        if points:
            given.insert(0, [0, 0, 0, 0, 0, points])
            self.debt += points
            self.owing.append(given)
        return given

    def pay(self, lot: list[int], points: int) -> int:
        """A lot pays of a debt what it can with some points: it is as if it had been used. How many that are."""
        paid = points = min(self.debt, points)
        self.debt -= paid
        while points and self.owing:
            given = self.owing[0]
            if part := min(points, given[0][LEFT]):
                given[0][LEFT] -= part
                given.append([*lot[:LEFT], part])
                points -= part
            if not given[0][LEFT]:
                self.owing.pop(0)
        return paid

    def last_of(self, given: list[int]) -> Day:
        """The last day of points that a lot gave."""
        return given[LAST]

    def reinstate(self, given: list[int], points: int, last: Day) -> None:
        """Points that a lot gave come back into it, usable through a day; a debt is paid first."""
        lot = [last, *given[EARNED:LEFT], points]
        lot[LEFT] -= self.pay(lot, points)
        if not lot[LEFT]:
            return
        place = bisect_left(self.lots, lot[:LEFT])
        if place < len(self.lots) and self.lots[place][:LEFT] == lot[:LEFT]:
            self.lots[place][LEFT] += lot[LEFT]
            return
        self.lots.insert(place, lot)
        if self.by_cause is not None:
            self.by_cause.setdefault((lot[CAUSE], lot[CAUSE_ID]), []).append(lot)

    def take_back(self, source: Source, points: int) -> tuple[int, int]:
        """Take back points of a source: its pending ones, its own lots, what has lapsed already, then any.

        Returns how many were pending and how many had lapsed.
        """
        pending = self.take_pending(source, points)
        points -= pending
        points -= self.take_own(source, points)
        lapsed = min(points, self.lapsed.get(source, 0))
        if lapsed:
            self.lapsed[source] -= lapsed
        if points > lapsed:
            self.beyond[source].append(self.use(points - lapsed))
        return pending, lapsed

    def refilled(self, given: list[list[int]], points: int) -> Iterator[tuple[list[int], int]]:
        """Points that were used come back, in proportion: of which lots how many.

        Where points of a lot's source were taken back meanwhile, others have given them, and it is these that get them again.
        """
        for lot, part in zip(given[:], shared(points, [lot[LEFT] for lot in given]), strict=True):
            lot[LEFT] -= part
            if not lot[NUMBER]:  # owed still
                self.debt -= part
                continue
            others = [other for some in self.beyond.get(self.source(lot), ()) for other in some]
            back = min(part, sum([other[LEFT] for other in others]))
            if back:
                yield from self.refilled(others, back)
            if part > back:
                yield lot, part - back

    def take_pending(self, source: Source, points: int) -> int:
        """Take from what waits of one source; how many could be taken."""
        taken = 0
        for wait in [wait for wait in self.pending if (self.givers.get(wait[1], ""), wait[2], wait[3]) == source]:
            part = min(points - taken, wait[4])
            wait[4] -= part
            taken += part
        if taken:
            self.pending = [wait for wait in self.pending if wait[4]]
        return taken

    def take_own(self, source: Source, points: int) -> int:
        """Take from the lots of one source; how many could be taken."""
        if self.by_cause is None:
            self.by_cause = {}
            for lot in self.lots:
                self.by_cause.setdefault((lot[CAUSE], lot[CAUSE_ID]), []).append(lot)
        lots, taken = self.lots, 0
        for lot in sorted(self.by_cause.get(source[1:], ())):
            place = bisect_left(lots, lot)
            # Another reward's, or used or lapsed meanwhile.
            if self.source(lot) != source or place == len(lots) or lots[place] is not lot:
                continue
            part = min(points - taken, lot[LEFT])
            lot[LEFT] -= part
            taken += part
            if not lot[LEFT]:
                del lots[place]
        return taken
