"""On a day of each month, for everybody: a statement of points and coupons, a small gift for the faithful.

    points: {earn: {basic: {points: 1, for_every: 1.00}}}
    messages:
      statement: {when: {each_month: 1}, purpose: service, text: "{first_name}, you have {points} points. Coupons: {coupons}"}
    segments: {regular: ready}
    rewards:
      first of the month: {when: {each_month: 1, only: {segments: [regular]}}, give: {points: 5}}

From the month after joining on, where the joining day is known; of a card alone from its first purchase on. `only:` says for whom.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import add_months
from loyalty_cli.model.days import NEVER
from loyalty_cli.model.days import start_of_month
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State

# The last day that every month has.
LAST = 28


class EachMonth(Watch):
    """A day of each month. The state is the next one."""

    short: ClassVar[str] = "day"

    day: Whole = Field(description="the day of the month, 1 to 28")

    @field_validator("day")
    @classmethod
    def in_every_month(cls, day: int) -> int:
        """A day that every month has."""
        if not 1 <= day <= LAST:
            raise refuse("Not every month has a day {number}.", "Write one from 1 to 28.", number=day)
        return day

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """The first one since a day; never in the month of joining, nor before the first purchase of a card alone."""
        since = max(since, known.since)
        if since == NEVER:
            return [since]
        first = start_of_month(since) + self.day - 1
        if first < since:
            first = self.following(first)
        if known.joined is not None:
            first = max(first, self.following(start_of_month(known.joined)))
        return [first]

    def following(self, day: Day) -> Day:
        """The day of the month after."""
        return int(add_months(start_of_month(day), 1) + self.day - 1)

    def next_day(self, state: State) -> Day:
        """The next one."""
        return int(state[0])

    def came(self, state: State, day: Day) -> Iterator[Due]:
        """The day itself is the cause."""
        yield Due(Cause.DAY, state[0], 1)
        state[0] = self.following(state[0])

    def carried_over(self, state: State, old: State) -> None:
        """What was given for a month is not given again for it."""
        while old and start_of_month(state[0]) < start_of_month(old[0]):
            state[0] = self.following(state[0])

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("On day {number} of each month", number=self.day)


RULE = EachMonth
