"""When a member's points reach a number.

    points: {earn: {basic: {points: 1, for_every: 1.00}}}
    rewards:
      collector: {when: {points_reached: 1000}, give: {badge: collector}}
      every thousand: {when: {points_reached: 1000, times: every time}, give: {coupon: thank you}}
      full purse: {when: {points_reached: {points: 500, of: balance}}, give: {message: points to use}}
    coupons:
      thank you: {worth: 20.00, valid_for: 30 days}

Counted are the points that purchases and rewards have brought, also those that wait, less what returns took back; or, with `of:
balance`, the points that can be used now. Using points does not undo it; of the balance it is reached again once it was below.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import Self
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.entry import window_cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import model_validator
from loyalty_cli.reading.settings import Whole
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Progress
from loyalty_cli.rules.watch import towards
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Scored
    from loyalty_cli.rules.watch import State

COUNT, REACHED, ABOVE, EARLIER = 0, 1, 2, 3


class PointsReached(Watch):
    """So many points.

    The state is what counts now, how often it was reached, whether the balance is as high now, at which counts earlier versions
    reached it.
    """

    short: ClassVar[str] = "points"

    points: Whole = Field(description="how many points")
    of: Literal["earned", "balance"] = Field("earned", description="all points that came in, or those that can be used")
    times: Literal["once", "every time"] = Field("once", description="once, or every time so many more have come in")

    @model_validator(mode="after")
    def above_nothing(self) -> Self:
        """Nothing is reached without points; a balance is not counted in steps."""
        if not self.points:
            raise refuse("Nothing must be reached here.", "Write a number above 0.")
        return self

    @property
    def hears_assets(self) -> frozenset[str]:
        """Points."""
        return frozenset({POINTS})

    @property
    def counts_points(self) -> bool:
        """The balance is another thing: it goes with what is used."""
        return self.of == "earned"

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """No points yet."""
        return [0, 0, 0]

    def counts_alike(self, other: Watch) -> bool:
        """The same points; how many may differ."""
        return type(self) is type(other) and self.of == getattr(other, "of", "")

    def scored(self, state: State, scored: Scored) -> Iterator[Due]:
        """Points have come or gone."""
        if self.of == "balance":
            yield from self.stands(state, scored.balance, taken_back=scored.taken_back)
            return
        state[COUNT] += scored.earned
        yield from self.more(state)
        while state[REACHED] and state[COUNT] < self.reached_at(state):
            yield Due(Cause.WINDOW, window_cause(0, state[REACHED]), -1)
            state[REACHED] -= 1
            del state[EARLIER + state[REACHED] :]

    def reached(self, count: int) -> int:
        """How often what came in reaches the target."""
        times = max(0, count) // self.points
        return times if self.times == "every time" else min(1, times)

    def more(self, state: State) -> Iterator[Due]:
        """What is reached beyond before."""
        for number in range(state[REACHED] + 1, self.reached(state[COUNT]) + 1):
            state[REACHED] = number
            yield Due(Cause.WINDOW, window_cause(0, number), 1)

    def reached_at(self, state: State) -> int:
        """What must have come in for the latest time to stand."""
        times, earlier = state[REACHED], state[EARLIER:]
        return int(earlier[-1] if len(earlier) >= times else times * self.points)

    def look_again(self, state: State, day: Day, before: Self) -> Iterator[Due]:
        """How often what came in reaches another target; what an earlier one gave stands as long as that is there, or the new one."""
        if self.of == "balance":
            yield from self.stands(state, state[COUNT], taken_back=False)
            return
        earlier, now = state[EARLIER:], self.reached(state[COUNT])
        earlier += [number * before.points for number in range(len(earlier) + 1, state[REACHED] + 1)]
        state[EARLIER:] = [min(at, number * self.points) if number <= now else at for number, at in enumerate(earlier, 1)]
        yield from self.more(state)

    def stands(self, state: State, balance: int, *, taken_back: bool) -> Iterator[Due]:
        """The balance rises to the target, or falls below it; only goods that came back undo what it had reached."""
        state[COUNT], above = balance, int(balance >= self.points)
        if above > state[ABOVE] and taken_back:
            # Goods that come back reach nothing: it was so high before, as the next points will show.
            return
        if above > state[ABOVE] and (self.times == "every time" or not state[REACHED]):
            state[REACHED] += 1
            yield Due(Cause.WINDOW, window_cause(0, state[REACHED]), 1)
        elif above < state[ABOVE] and taken_back and state[REACHED]:
            yield Due(Cause.WINDOW, window_cause(0, state[REACHED]), -1)
            state[REACHED] -= 1
        state[ABOVE] = above

    def progress(self, state: State, day: Day) -> Progress | None:
        """How many of the points there are towards the next time."""
        if state[REACHED] and (self.times == "once" or (self.of == "balance" and state[ABOVE])):
            return None
        if self.of == "earned":
            return Progress(*towards(state[COUNT], state[REACHED], self.points), "points", NEVER)
        return Progress(min(max(0, state[COUNT]), self.points), self.points, "points", NEVER)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        if self.of == "balance":
            return phrase("Once you have {count} point to use", "Once you have {count} points to use", count=self.points)
        if self.times == "every time":
            return phrase("For every {count} point you earn", "For every {count} points you earn", count=self.points)
        return phrase("Once you have earned {count} point", "Once you have earned {count} points", count=self.points)


RULE = PointsReached
