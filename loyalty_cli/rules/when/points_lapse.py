"""Some days before points lapse.

    points: {lapse_after: 12 months, earn: {basic: {points: 1, for_every: 1.00}}}
    messages:
      use them: {when: {points_lapse: 14 days before}, purpose: service, text: "{lapsing} points lapse on {lapse_day}."}

Once for each day on which points lapse, if there still are any; where points live shorter than that, on the day they come.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import POINTS
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.fields import field_validator
from loyalty_cli.reading.values import refuse
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch
from loyalty_cli.rules.yearly import Beside

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Scored
    from loyalty_cli.rules.watch import State

LAST, TELL, TOLD = 0, 1, 2


class PointsLapse(Watch):
    """Points lapse soon. The state is the last day of the next ones, the day on which to tell it, the last day told so far."""

    short: ClassVar[str] = "day"

    day: Beside = Field(description="how long before their last day: 14 days before")

    @field_validator("day")
    @classmethod
    def before(cls, beside: int) -> int:
        """Afterwards it is too late."""
        if beside >= 0:
            raise refuse("By then they have lapsed.", "Write {example}.", example="14 days before")
        return beside

    @property
    def hears_assets(self) -> frozenset[str]:
        """Points."""
        return frozenset({POINTS})

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """No points yet."""
        return [NEVER, NEVER, 0]

    def scored(self, state: State, scored: Scored) -> Sequence[Due]:
        """Points have come or gone: others may be the next to lapse."""
        state[LAST] = scored.last
        state[TELL] = NEVER if scored.last in (NEVER, state[TOLD]) else max(scored.last + self.day, scored.day)
        return ()

    def next_day(self, state: State) -> Day:
        """The day on which to tell it."""
        return int(state[TELL])

    def came(self, state: State, day: Day) -> Iterator[Due]:
        """The last day is the cause."""
        yield Due(Cause.DAY, state[LAST], 1)
        state[TOLD], state[TELL] = state[LAST], NEVER

    def carried_over(self, state: State, old: State) -> None:
        """What was told is not told again."""
        if old:
            state[:] = [old[LAST], NEVER if old[LAST] in (NEVER, old[TOLD]) else old[LAST] + self.day, old[TOLD]]

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("{count} day before points lapse", "{count} days before points lapse", count=-self.day)


RULE = PointsLapse
