"""When a member comes so many weeks or months in a row.

    rewards:
      four weeks: {when: {streak: 4 weeks}, give: {points: 200}}
      loyal: {when: {streak: 3 months, with_at_least: 50.00, times: every time}, give: {points: 500}}

A calendar week or month counts with at least one receipt, or with purchases of `with_at_least` together. One that the program's
`closed:` days cover whole breaks nothing. Goods that come back may break a streak.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from typing import ClassVar
from typing import Literal
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import Span
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import window_cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Amount
from loyalty_cli.reading.settings import Length
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.only import Periods
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import towards
from loyalty_cli.rules.watch import Watch
from loyalty_cli.rules.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State

# A state is [times reached, weeks or months in a row, the last day of the latest of them, all of them]; each of these is
# [its first day, money, receipts, whether it counts]; then how often the present row has reached it, and what earlier versions
# asked, each as [the last week that counted under it, the first day of the next, how many in a row, whether every time].
TIMES, ROW, LATEST, ALL, IN_ROW, EARLIER = 0, 1, 2, 3, 4, 5
FIRST, MONEY, RECEIPTS, COUNTS = 0, 1, 2, 3


class Streak(Watch):
    """Weeks or months in a row."""

    short: ClassVar[str] = "length"
    hears_purchases: ClassVar[bool] = True
    asks_closed: ClassVar[bool] = True

    length: Length = Field(description="how many calendar weeks or months in a row: 4 weeks, 3 months")
    with_at_least: Amount = Field(0, description="what the purchases of each must come to; without it one receipt is enough")
    times: Literal["once", "every time"] = Field("once", description="once, or again after as many more")
    closed: Periods = Field((), description="days that break nothing, beside the program's own closed: days")

    @field_validator("length")
    @classmethod
    def in_weeks_or_months(cls, length: Span) -> Span:
        """Days and years make no streak."""
        if length.unit not in {"weeks", "months"} or not length.count:
            raise refuse("A streak is of weeks or months.", "Write one such as 4 weeks or 3 months.")
        return length

    @property
    def window(self) -> Window:
        """The calendar weeks or months."""
        return CALENDAR["weeks" if self.length.unit == "weeks" else "months"]

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """No week yet."""
        return [0, 0, 0, [], 0]

    def kept(self, state: State, until: Day) -> State:
        """The streak and its running week."""
        return [*state[:ALL], state[ALL][-1:], *state[IN_ROW:]]

    def counts_alike(self, other: Watch) -> bool:
        """The same weeks or months, by the same measure."""
        if not isinstance(other, Streak):
            return False
        return (self.length.unit, self.with_at_least, self.closed) == (other.length.unit, other.with_at_least, other.closed)

    def in_a_row(self, latest: Day, first: Day) -> bool:
        """Whether nothing but closed days lies between the end of one and the beginning of another."""
        return all(any(day in period for period in self.closed) for day in range(latest + 1, first)) if latest else False

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """Another receipt in its week."""
        first = self.window.first_day(heard.day, 0)
        if not state[ALL] or state[ALL][-1][FIRST] != first:
            state[ALL].append([first, 0, 0, False])
        week = state[ALL][-1]
        week[MONEY] += heard.amount
        week[RECEIPTS] += 1
        return [Due(Cause.WINDOW, window_cause(0, state[TIMES]), 1)] if self.goes_on(state, week, self.asked) else ()

    @cached_property
    def asked(self) -> tuple[int, bool]:
        """How many in a row, and whether every time."""
        return self.length.count, self.times == "every time"

    def goes_on(self, state: State, week: list[Any], asked: Sequence[int]) -> bool:
        """Let a week count, if it does now and did not before; whether the reward is reached by that."""
        if week[COUNTS] or not week[RECEIPTS] or week[MONEY] < self.with_at_least:
            return False
        week[COUNTS] = True
        goes_on = self.in_a_row(state[LATEST], week[FIRST])
        state[ROW], state[IN_ROW] = (state[ROW] + 1, state[IN_ROW]) if goes_on else (1, 0)
        state[LATEST] = self.window.last_day(week[FIRST], 0)
        return self.reached_again(state, asked)

    def reached_again(self, state: State, asked: Sequence[int]) -> bool:
        """Whether the row has reached it once more than was noted, which is noted then."""
        length, every_time = asked
        if state[ROW] // length <= state[IN_ROW] or (state[TIMES] and not every_time):
            return False
        state[TIMES] += 1
        state[IN_ROW] += 1
        return True

    def look_again(self, state: State, day: Day, before: Self) -> Iterator[Due]:
        """Another length may be reached already by a row that still goes on."""
        if before.asked != self.asked:
            counted = [week[FIRST] for week in state[ALL] if week[COUNTS]]
            state.append([max(counted, default=0), day, *before.asked])
        while self.is_alive(state, day) and self.reached_again(state, self.asked):
            yield Due(Cause.WINDOW, window_cause(0, state[TIMES]), 1)

    def is_alive(self, state: State, day: Day) -> bool:
        """Whether the row of weeks goes on, or still can, on a day."""
        return bool(state[LATEST]) and (state[LATEST] >= day or self.in_a_row(state[LATEST], self.window.first_day(day, 0)))

    def counted_from_the_start(self, state: State) -> State:
        """What the weeks come to as they stand, each by what was asked of it."""
        again: State = [0, 0, 0, state[ALL], 0, *state[EARLIER:]]
        weeks, switch = [*state[ALL]], 0
        for week in weeks:
            week[COUNTS] = False
        for through, day, *asked in (*state[EARLIER:], (NEVER, 0, *self.asked)):
            while switch and self.is_alive(again, switch) and self.reached_again(again, asked):
                pass
            while weeks and weeks[0][FIRST] <= through:
                self.goes_on(again, weeks.pop(0), asked)
            switch = day
        return again

    def returned(self, state: State, before: Heard, left: Heard | None) -> Iterator[Due]:
        """Count all weeks as they were, and again with what is left of one."""
        first = self.window.first_day(before.day, 0)
        was = self.counted_from_the_start(state)[TIMES]
        for week in state[ALL]:
            if week[FIRST] == first:
                week[MONEY] -= before.amount - (left.amount if left else 0)
                week[RECEIPTS] -= left is None
        again = self.counted_from_the_start(state)
        fewer = min(state[TIMES], was - again[TIMES])
        for _ in range(fewer):
            yield Due(Cause.WINDOW, window_cause(0, state[TIMES]), -1)
            state[TIMES] -= 1
        state[ROW], state[LATEST], state[IN_ROW] = again[ROW], again[LATEST], again[IN_ROW]

    def progress(self, state: State, day: Day) -> Progress | None:
        """How many in a row, and until when the next one must follow."""
        if self.times == "once" and state[TIMES]:
            return None
        alive = self.is_alive(state, day)
        row, of = towards(state[ROW], state[IN_ROW], self.length.count) if alive else (0, self.length.count)
        until = self.window.last_day(max(day, state[LATEST] + 1 if alive else 0), 0) if row else NEVER
        return Progress(row, of, self.length.unit, until)

    def announced(self, money: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.with_at_least:
            text = "For {length} in a row with purchases of {amount} or more in each"
            return phrase(text, length=self.length, amount=money(self.with_at_least))
        return phrase("For {length} in a row with a visit in each", length=self.length)

    def details(self, _: Callable[[int], Money]) -> Iterator[Phrase]:
        """Whether a row that goes on brings it again."""
        if self.times == "every time":
            yield phrase("And again after {length} more in a row.", length=self.length)


CALENDAR = {"weeks": Window(kind="calendar week"), "months": Window(kind="calendar month")}

RULE = Streak
