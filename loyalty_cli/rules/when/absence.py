"""When a member has not bought anything for so long.

    rewards:
      we miss you: {when: {absence: 60 days}, give: {points: 30}}

Once for each absence: the next one begins with the next purchase. Goods that come back do not undo a visit. With an `only:` for
goods it is the time without those.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.days import NEVER
from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Heard
    from loyalty_cli.rules.watch import State


class Absence(Watch):
    """So long without a purchase. The state is the last purchase's day and receipt, until its absence has been told."""

    short: ClassVar[str] = "length"
    hears_purchases: ClassVar[bool] = True
    misses_purchases: ClassVar[bool] = True

    length: Length = Field(description="how long nothing was bought: 60 days, 3 months")

    def bought(self, state: State, heard: Heard) -> Sequence[Due]:
        """The member is here."""
        state[:] = [heard.day, heard.id]
        return ()

    def next_day(self, state: State) -> Day:
        """The day by which it has been so long."""
        return self.length.after(state[0]) if state else NEVER

    def came(self, state: State, _: Day) -> Iterator[Due]:
        """The receipt after which nothing was bought is the cause."""
        yield Due(Cause.RECEIPT, state[1], 1)
        state.clear()

    def carried_over(self, state: State, old: State) -> None:
        """An absence that was told is not told again."""
        if not old:
            state.clear()

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("When you have not been here for {length}", length=self.length)


RULE = Absence
