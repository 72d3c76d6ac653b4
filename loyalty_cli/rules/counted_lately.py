"""Counting over the last N days or months: a window is used up, what has brought a reward does not count for the next one."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from operator import itemgetter
from typing import ClassVar
from typing import Literal
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch
from loyalty_cli.rules.window import CountedOver
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State

# A state is [anchor, times reached, what is not used up as [day, amount], all of it, last day]. All of it are tuples of a receipt, its
# day, its amount, the target, whether every time, and what there was before: times reached, how many were not used up, what was left of
# the first of them, last day.
ANCHOR, TIMES, OPEN, ALL, LATEST = 0, 1, 2, 3, 4
DAY, AMOUNT, ASKED, BEFORE = 1, 2, 3, 5
BY_DAY = itemgetter(DAY)


class CountedLately(Watch):
    """Counts purchases; a kind says what one is worth."""

    hears_purchases: ClassVar[bool] = True
    unit: ClassVar[str] = "money"

    counted_over: CountedOver = Field(Window(kind="lifetime"), description="which purchases count together")
    times: Literal["once", "every time"] = Field("once", description="once in each window, or every time so much more has been reached")

    @property
    def target(self) -> int:
        """What must be reached."""
        raise NotImplementedError

    def measure(self, heard: Heard) -> int:
        """What a purchase counts."""
        raise NotImplementedError

    @model_validator(mode="after")
    def above_nothing(self) -> Self:
        """Nothing is reached without buying."""
        if self.target <= 0:
            raise refuse("Nothing must be reached here.", "Write a number above 0.")
        return self

    @property
    def one_a_day(self) -> bool:
        """Whether several receipts of a day count as one."""
        return False

    @cached_property
    def enough(self) -> int:
        """The target, as it is asked for with every purchase."""
        return self.target

    @cached_property
    def asked(self) -> tuple[int, bool]:
        """The target, and whether it is reached every time."""
        return self.enough, self.times == "every time"

    @cached_property
    def rolling(self) -> bool:
        """Whether the window is the last N days or months."""
        return self.counted_over.kind == "rolling"

    def copied(self, state: State) -> State:
        """The same; of what is counted over the last days only that which is not used up changes."""
        if not self.rolling:
            return super().copied(state)
        return [*state[:OPEN], [[*pair] for pair in state[OPEN]], [*state[ALL]], state[LATEST]]

    def bought_lately(self, state: State, heard: Heard) -> Sequence[Due]:
        """More is counted among the last days."""
        counted = self.note(state, heard.id, heard.day, self.measure(heard))
        return list(self.use_up(state, *self.asked)) if counted >= self.enough else ()

    def note(self, state: State, receipt: int, day: Day, amount: int) -> int:
        """Count an amount of a day under what is asked now; what all of it comes to."""
        state[ALL].append((receipt, day, amount, *self.asked, *before_now(state)))
        return self.let_in(state, day, amount)

    def let_in(self, state: State, day: Day, amount: int) -> int:
        """Count an amount of a day; what lies too far back goes out. What all of it comes to."""
        lately = state[OPEN]
        first, _ = self.counted_over.period(day, state[ANCHOR])
        while lately and lately[0][0] < first:
            del lately[0]
        if amount and not (self.one_a_day and state[LATEST] == day):
            lately.append([day, amount])
            state[LATEST] = day
        return sum([pair[1] for pair in lately])

    def use_up(self, state: State, target: int, every_time: bool) -> Iterator[Due]:
        """As often as the target is reached, the oldest of what counts is used up."""
        while (every_time or not state[TIMES]) and sum(pair[1] for pair in state[OPEN]) >= target:
            rest = target
            for pair in state[OPEN]:
                used = min(rest, pair[1])
                pair[1] -= used
                rest -= used
            state[OPEN] = [pair for pair in state[OPEN] if pair[1]]
            state[TIMES] += 1
            yield Due(Cause.WINDOW, window_cause(0, state[TIMES]), 1)

    def returned_lately(self, state: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """Count the purchases again from one on, with what is left of it."""
        noted = state[ALL]
        place = bisect_left(noted, before.day, key=BY_DAY)
        while noted[place][0] != before.id:
            place += 1
        again = self.as_before(state, place)
        noted[place] = (before.id, before.day, self.measure(left) if left else 0, *noted[place][ASKED:])
        for number in range(place, len(noted)):
            entry = noted[number]
            noted[number] = (*entry[:BEFORE], *before_now(again))
            self.let_in(again, entry[DAY], entry[AMOUNT])
            for _ in self.use_up(again, *entry[ASKED:BEFORE]):
                pass
        for number in range(state[TIMES], again[TIMES], -1):
            yield Due(Cause.WINDOW, window_cause(0, number), -1)
        for number in range(state[TIMES] + 1, again[TIMES] + 1):
            yield Due(Cause.WINDOW, window_cause(0, number), 1)
        _, state[TIMES], state[OPEN], _, state[LATEST] = again

    def as_before(self, state: State, place: int) -> State:
        """The state as it was before what was noted in a place."""
        times, count, first, latest = state[ALL][place][BEFORE:]
        lately: list[list[int]] = []
        while len(lately) < count:
            place -= 1
            _, day, amount, *_ = state[ALL][place]
            if amount and not (self.one_a_day and lately and lately[-1][0] == day):
                lately.append([day, amount])
        if lately:
            lately[-1][1] = first
        return [state[ANCHOR], times, lately[::-1], [], latest]


def before_now(state: State) -> tuple[int, int, int, Day]:
    """What a state over the last days says of what was counted so far."""
    lately = state[OPEN]
    return state[TIMES], len(lately), lately[0][1] if lately else 0, state[LATEST]
