"""Of whom a list tells an event: a letter of the shop that was opened, a task, an evening they came to.

    segments:
      readers: {event: {name: opened, in_the_last: 3 months}}
      guests of the tasting: {event: tasting}

The names are the shop's own, as `loyalty import events FILE` and `loyalty event add` bring them in. Whether a member opens what
is sent to them, a mailing service knows: its list of who opened or clicked comes in so.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.facts import EVENT
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import MISSED
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class Happened(Condition):
    """An event, ever or not so long ago. The state is the day of the last one."""

    short: ClassVar[str] = "name"

    name: str = Field(description="the event's name in the lists of events", min_length=1)
    in_the_last: Length | None = Field(None, description="how long ago the last one is at most: 3 months; without it any time")

    @property
    def hears_assets(self) -> frozenset[str]:
        """The event."""
        return frozenset({f"{EVENT}{self.name}"})

    def happened(self, state: State, day: Day) -> None:
        """The latest counts, whichever comes in last."""
        state[:] = [max(day, *state)] if state else [day]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether it has happened, not too long ago; until the morning after the time is over."""
        if not state or self.in_the_last is None:
            return Stands(holds=bool(state))
        over = self.in_the_last.after(state[0]) + 1
        return Stands(holds=True, until=over) if at.day < over else MISSED

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        if self.in_the_last is None:
            return phrase("the event {name}", name=self.name)
        return phrase("the event {name} in the last {length}", name=self.name, length=self.in_the_last)


RULE = Happened
