"""When a member leaves a segment.

    segments:
      regulars: {visits: {at_least: 4, counted_over: 2 months}}
    rewards:
      all well: {when: {leaves: regulars}, at_most: once in 90 days, give: {message: all well}}
    messages:
      all well: {text: "We miss you, {first_name}."}

It happens on the first morning on which the member no longer belongs to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.rules.fed import OfSegment

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.watch import Due
    from loyalty_cli.rules.watch import State


class Leaves(OfSegment):
    """A segment is left."""

    def held(self, state: State, asset: str, change: int) -> Iterator[Due]:
        """Its going is what counts."""
        yield from super().held(state, asset, -change)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For being no longer one of: {name}", name=self.segment)


RULE = Leaves
