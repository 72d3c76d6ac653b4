"""When something happened that a list tells: a survey, a task, a competition.

    rewards:
      survey: {when: {event: survey}, give: {points: 50}, at_most: once in 90 days}

The names are the shop's own, as `loyalty import events FILE` brings them in. Given for each event, unless `at_most:` says less.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import State


class Happened(Watch):
    """An event of a name."""

    short: ClassVar[str] = "event"

    event: str = Field(description="the event's name in the lists of events", min_length=1)

    @property
    def hears_assets(self) -> frozenset[str]:
        """The event."""
        return frozenset({f"event:{self.event}"})

    def happened(self, _: State, number: int) -> Iterator[Due]:
        """The event itself is the cause."""
        yield Due(Cause.EVENT, number, 1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For each event {name}", name=self.event)


RULE = Happened
