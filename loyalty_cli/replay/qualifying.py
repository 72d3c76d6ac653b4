"""A member on the ladder: what counts, up at once, down only at a review; and tiers held through a day, whatever counts."""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from typing import Any
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import Entry
from loyalty_cli.model.entry import TIERS
from loyalty_cli.rules.tiers.ladder import NO_FLOOR

if TYPE_CHECKING:
    from loyalty_cli.model.days import Day
    from loyalty_cli.rules.window import Window


OUT_OF_REACH = NO_FLOOR
# An Entry from its values in order, without the keywords that cost twice as much: tiers come and go by the million.
new_tuple = tuple.__new__


class Climb:
    """One member's place on a ladder. `counted` are (day, measure) pairs, oldest first; `sum` is all of them."""

    def __init__(self, ladder: Any, anchor: Day) -> None:
        self.ladder = ladder
        self.names, self.floors = ladder.names, ladder.floors
        self.window: Window = ladder.counted_over
        self.lifetime = self.window.kind == "lifetime"
        self.anchor = anchor
        # Tiers held whatever counts, each [rung, last day, kind of cause, its id]; the highest of them, the next last day.
        self.holds: list[list[int]] = []
        self.held_rank = 0
        self.held_until: Day = NEVER
        self.stand_on(0)
        self.since: Day | None = None
        self.counted: list[list[int]] = []
        self.sum = 0
        # Whether a day may count below zero: then the sum grows when that day goes out of the window.
        self.dips = False
        self.review_on: Day = NEVER
        # A review that failed and gave grace: the first day of the window it looked at.
        self.grace_from: Day | None = None

    def stand_on(self, rank: int) -> None:
        """What counts has reached a rung, counted from 0."""
        self.rank = rank
        # The rung of the member's tier: reached, or a higher one that is held.
        self.place = max(self.held_rank, rank) if self.held_rank else rank
        self.tier = self.names[self.place]
        self.next_floor = self.floors[rank + 1] if rank + 1 < len(self.floors) else OUT_OF_REACH

    def keep(self, tier: str, since: Day | None) -> None:
        """Stand on the rung of a name, as before."""
        self.stand_on(self.names.index(tier))
        self.since = since

    def look_at_holds(self, day: Day, cause: tuple[int, int]) -> list[Entry]:
        """After holds have come or gone: the tier that follows, from a day on."""
        was = self.place
        self.held_rank = max((hold[0] for hold in self.holds), default=0)
        self.held_until = min((hold[1] for hold in self.holds), default=NEVER)
        self.stand_on(self.rank)
        return self.moved(was, day, cause)

    def day_is_over(self, day: Day) -> list[Entry]:
        """At the end of a day: the review, if it is its day, and the end of what is held through it."""
        if day < self.held_until:
            return self.review(day)
        was, since, cause = self.place, self.since, (int(Cause.DAY), day)
        if self.review_on == day:
            self.review(day)
        self.holds = [hold for hold in self.holds if hold[1] > day]
        self.look_at_holds(day, cause)
        self.since = since
        return self.moved(was, day, cause)

    def put_off(self, day: Day) -> None:
        """No review on its day; the next one decides."""
        self.review_on = self.window.last_day(day + 1, self.anchor)

    def settle(self, day: Day) -> None:
        """At the end of a replay: forget what no window reaches any more, look at the next review afresh."""
        self.within(day)
        if self.grace_from is None:
            self.review_on = self.next_review(day + 1)

    def count(self, day: Day, measure: int) -> None:
        """Something counts from a day on, the latest so far; below zero if its purchase is not known."""
        self.sum += measure
        if self.lifetime:
            return
        counted = self.counted
        if counted and counted[-1][0] == day:
            counted[-1][1] += measure
        else:
            counted.append([day, measure])
        if measure < 0:
            self.dips = True

    def count_off(self, day: Day, measure: int) -> None:
        """A return counts off on the day of its purchase, if that day still matters; below zero, a cap lets more of it count."""
        if self.lifetime:
            self.sum -= measure
            return
        place = bisect_left(self.counted, [day])
        if place < len(self.counted) and self.counted[place][0] == day:
            self.counted[place][1] -= measure
            self.dips |= self.counted[place][1] < 0
        elif measure < 0:
            self.counted.insert(place, [day, -measure])
        else:
            return
        self.sum -= measure

    def look_sooner(self, day: Day) -> None:
        """After a return: the first review from its day on may fail. Grace that runs has a review of its own."""
        if self.grace_from is None:
            self.review_on = min(self.review_on, self.next_review(day))

    def within(self, day: Day) -> int:
        """What counts on a day; older pairs are forgotten, as no later window reaches back to them."""
        if self.lifetime:
            return self.sum
        first = self.window.first_day(day, self.anchor)
        if self.grace_from is not None:
            first = min(first, self.grace_from)
        counted = self.counted
        dropped = 0
        while dropped < len(counted) and counted[dropped][0] < first:
            self.sum -= counted[dropped][1]
            dropped += 1
        if dropped:
            del counted[:dropped]
        return self.sum

    def qualifies_for(self, measure: int) -> int:
        """The highest rung a measure reaches; a floor holds at its very amount."""
        return bisect_right(self.floors, measure, 1) - 1

    def climb(self, day: Day, cause: tuple[int, int]) -> list[Entry]:
        """Up at once, if enough counts on a day."""
        measure = self.within(day)
        if self.grace_from is not None:
            measure = self.counts(day)
        if measure < self.next_floor:
            return []
        entries = self.move(self.qualifies_for(measure), day, cause)
        self.grace_from = None
        self.review_on = self.next_review(day)
        return entries

    def move(self, rank: int, day: Day, cause: tuple[int, int]) -> list[Entry]:
        """Leave one tier, enter another; the lowest one is everybody's and is not posted."""
        was = self.place
        self.stand_on(rank)
        return self.moved(was, day, cause)

    def moved(self, was: int, day: Day, cause: tuple[int, int]) -> list[Entry]:
        """The entries of a tier that is another one than before."""
        if self.place == was:
            return []
        self.since = day
        kind, id_ = cause
        entries = [new_tuple(Entry, (TIERS, kind, id_, f"tier:{self.names[was]}", day, -1))] if was else []
        if self.place:
            entries.append(new_tuple(Entry, (TIERS, kind, id_, f"tier:{self.tier}", day, 1)))
        return entries

    def next_review(self, day: Day) -> Day:
        """The first review from a day on that the member would fail if nothing more were bought."""
        if not self.rank or self.ladder.stays:
            return NEVER
        if self.sum < self.floors[self.rank]:
            return self.window.last_day(day, self.anchor)
        if self.lifetime:
            return NEVER
        # The day whose going out of the window takes the sum below the floor; the first review after that fails.
        left = self.sum - self.floors[self.rank]
        decides = NEVER
        for counted, measure in self.counted:
            left -= measure
            if left < 0:
                decides = counted
                break
        return self.window.review_without(decides, day, self.anchor)

    def counts(self, day: Day) -> int:
        """What the window holds on a day; grace, which lets older days count for staying, is no part of it."""
        if self.lifetime:
            return self.sum
        first = self.window.first_day(day, self.anchor)
        return sum([measure for counted, measure in self.counted if counted >= first])

    def would_count(self, day: Day) -> int:
        """What would count for staying on a later day."""
        return self.sum if self.grace_from is not None else self.counts(day)

    def review(self, day: Day) -> list[Entry]:
        """At the end of a review day: stay, get grace, or go down as the program says."""
        measure = self.within(day)
        floor = self.floors[self.rank]
        entries: list[Entry] = []
        if measure < floor and self.ladder.grace and self.grace_from is None:
            self.grace_from = self.window.first_day(day, self.anchor)
            self.review_on = self.ladder.grace.after(day)
            return []
        self.grace_from = None
        if measure < floor:
            lower = self.rank - 1 if self.ladder.falls_one_step else self.qualifies_for(measure)
            entries = self.move(lower, day, (int(Cause.DAY), day))
        self.review_on = self.next_review(day + 1)
        return entries
