"""What kinds of `when` share that feed on what a member has: a tier or a badge that came so many times."""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.entry import SEGMENT
from loyalty_cli.model.entry import window_cause
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Name
from loyalty_cli.rules.watch import Due
from loyalty_cli.rules.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.facts import MemberFacts
    from loyalty_cli.rules.watch import State


class Fed(Watch):
    """Due each time an asset comes, as often as `at_most` lets it; the first time is the first cause, whatever comes late."""

    @property
    def asset(self) -> str:
        """What it feeds on."""
        raise NotImplementedError

    @property
    def hears_assets(self) -> frozenset[str]:
        """That asset alone."""
        return frozenset({self.asset})

    def fresh(self, known: MemberFacts, since: Day) -> State:
        """How often it has come."""
        return [0]

    def held(self, state: State, asset: str, change: int) -> Iterator[Due]:
        """It has come once more, or once less."""
        if change > 0:
            state[0] += 1
            yield Due(Cause.WINDOW, window_cause(0, state[0]), 1)
        elif state[0] and self.can_be_undone:
            yield Due(Cause.WINDOW, window_cause(0, state[0]), -1)
            state[0] -= 1

    @property
    def can_be_undone(self) -> bool:
        """Whether its going undoes its coming; a tier that is left was reached all the same."""
        return True


class OfSegment(Fed):
    """Feeds on one segment's being entered or left."""

    short: ClassVar[str] = "segment"

    segment: Name = Field(description="the segment")

    @property
    def asset(self) -> str:
        """The segment."""
        return SEGMENT + self.segment

    @property
    def can_be_undone(self) -> bool:
        """What was entered was entered, though it is left later; and the other way round."""
        return False
