"""What most kinds of `when` share: something is counted over a window, and reached once or every time.

What is due is how often the target is reached now, less how often it was before. So a return needs no rule of its own: with
less, the target is reached less often. The cause is the window with the number in order, so a late receipt moves the day
only.
"""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile
from typing import Any
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.rules.counted_lately import ANCHOR
from loyalty_cli.rules.counted_lately import CountedLately
from loyalty_cli.rules.counted_lately import LATEST
from loyalty_cli.rules.counted_lately import OPEN
from loyalty_cli.rules.counted_lately import TIMES
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import towards

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State
    from loyalty_cli.rules.watch import Watch

# A state is [anchor, windows], each window [first day, counted, times reached, amount by thing, last day] and what earlier versions
# left of it, each as [first day of the next, counted, target, amount by thing, whether every time].
WINDOWS = 1
FIRST, COUNT, REACHED, THINGS, LAST, EARLIER = 0, 1, 2, 3, 4, 5
# What goes on before the first window does.
NO_WINDOW: list[Any] = [-NEVER, 0, 0, {}, -NEVER]


class Counted(CountedLately):
    """Counts purchases over any window; a kind says what one is worth, or which things it tells apart."""

    def things(self, heard: Heard) -> Sequence[tuple[str, int]]:
        """The things a purchase holds, with an amount of each, for a kind that tells them apart."""
        return heard.things

    @property
    def tells_apart(self) -> bool:
        """Whether different things are counted, and not what they come to."""
        return False

    @cached_property
    def counts_things(self) -> bool:
        """The same of `tells_apart`."""
        return self.tells_apart

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """Nothing counted; a membership year begins on the joining day."""
        anchor = known.joined if known.joined is not None else since
        return [anchor, 0, [], [], 0] if self.rolling else [anchor, []]

    def kept(self, state: State, until: Day) -> State:
        """The window of a day, if anything was bought in it: those that are over are asked for no more."""
        if not self.rolling:
            running = [window for window in state[WINDOWS][-1:] if window[LAST] >= until]
            return [state[ANCHOR], running] if running else []
        first, _ = self.counted_over.period(until, state[ANCHOR])
        lately = [pair for pair in state[OPEN] if pair[0] >= first]
        return [*state[:OPEN], lately, [], state[LATEST]] if lately or state[TIMES] else []

    def counts_alike(self, other: Watch) -> bool:
        """The same kind over the same window; how much must be reached may differ."""
        return type(self) is type(other) and self.counted_over == getattr(other, "counted_over", None)

    def reached(self, window: list[Any]) -> int:
        """How often a window reaches the target, or has under an earlier version."""
        earlier = window[EARLIER:]
        times = [times_reached(each[COUNT], each[2], each[4]) for each in earlier]
        if not earlier or window[LAST] >= earlier[-1][FIRST]:
            times.append(times_reached(window[COUNT], *self.asked))
        return max(times)

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """More is counted."""
        return next((dues for _, dues in self.all_bought(state, (heard,))), ())

    def all_bought(self, state: State, row: Sequence[Heard]) -> Sequence[tuple[int, Sequence[Due]]]:
        """More is counted. This runs for every receipt and reward: as long as a window goes on and nothing is reached, it is short."""
        if self.rolling:
            return [(heard.id, dues) for heard in row if (dues := self.bought_lately(state, heard))]
        windows, enough, things, measure = state[WINDOWS], self.enough, self.counts_things, self.measure
        window = windows[-1] if windows else NO_WINDOW
        due = []
        for heard in row:
            if heard.day > window[LAST]:
                first, last = self.counted_over.period(heard.day, state[ANCHOR])
                if heard.day < first:
                    continue
                window = [first, 0, 0, {}, last]
                windows.append(window)
            if things:
                self.add(window, heard, 1)
            else:
                window[COUNT] += measure(heard)
            if window[COUNT] >= enough * (window[REACHED] + 1) and (more := list(self.more(window))):
                due.append((heard.id, more))
        return due

    def add(self, window: list[Any], heard: Heard, sign: int) -> None:
        """Count a purchase, or take it off again."""
        if not self.counts_things:
            window[COUNT] += sign * self.measure(heard)
            return
        amounts = window[THINGS]
        for thing, amount in self.things(heard):
            if amount:
                before = amounts.get(thing, 0)
                amounts[thing] = after = before + sign * amount
                window[COUNT] += (after > 0) - (before > 0)

    def more(self, window: list[Any]) -> Iterator[Due]:
        """What a window has reached beyond before."""
        before, window[REACHED] = window[REACHED], max(window[REACHED], self.reached(window))
        for number in range(before + 1, window[REACHED] + 1):
            yield Due(Cause.WINDOW, window_cause(window[FIRST], number), 1)

    def returned(self, state: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """Less is counted, in the window of the purchase."""
        if self.rolling:
            yield from self.returned_lately(state, before, left)
            return
        first = self.counted_over.first_day(before.day, state[ANCHOR])
        window = next((each for each in reversed(state[WINDOWS]) if each[FIRST] == first), None)
        if window is None or before.day < first:
            return
        for each in (window, *(earlier for earlier in window[EARLIER:] if before.day < earlier[FIRST])):
            self.add(each, before, -1)
            if left:
                self.add(each, left, 1)
        for number in range(window[REACHED], self.reached(window), -1):
            yield Due(Cause.WINDOW, window_cause(first, number), -1)
            window[REACHED] = number - 1

    def look_again(self, state: State, day: Day, before: Self) -> Iterator[Due]:
        """What the running window reaches of another target; those that are over keep theirs."""
        if self.rolling:
            self.note(state, 0, day, 0)
            yield from self.use_up(state, *self.asked)
            return
        for window in state[WINDOWS] if before.asked != self.asked else ():
            if len(window) == EARLIER or window[LAST] >= window[-1][FIRST]:
                target, every_time = before.asked
                window.append([day, window[COUNT], target, dict(window[THINGS]), every_time])
        if state[WINDOWS] and state[WINDOWS][-1][LAST] >= day:
            yield from self.more(state[WINDOWS][-1])

    def progress(self, state: State, day: Day) -> Progress | None:
        """What the window of a day holds towards the next time; nothing once it is reached for good."""
        first, last = self.counted_over.period(day, state[ANCHOR])
        if self.rolling:
            over = self.times == "once" and state[TIMES]
            done = sum(pair[1] for pair in state[OPEN] if pair[0] >= first)
            return None if over else Progress(done, self.target, self.unit, NEVER)
        count = reached = 0
        for window in takewhile(lambda each: each[FIRST] == first, reversed(state[WINDOWS])):
            count, reached = window[COUNT], window[REACHED]
        if reached and self.times == "once":
            return None
        return Progress(*towards(count, reached, self.target), self.unit, last)


def times_reached(count: int, target: int, every_time: bool) -> int:
    """How often a count reaches a target."""
    return count // target if every_time and count > 0 else int(count >= target)
