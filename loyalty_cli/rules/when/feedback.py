"""When a member has told the shop what they think.

    rewards:
      your opinion: {when: {feedback: given}, at_most: once in 90 days, give: {points: 30}}

Feedback is entered at the counter, `loyalty feedback add`, or comes from a form service, `loyalty import feedback FILE`; an
event of that name in a list of events counts as well. Given each time, unless `at_most:` says less.
"""

from __future__ import annotations

from typing import ClassVar
from typing import Literal
from typing import TYPE_CHECKING

from loyalty_cli.model.entry import Cause
from loyalty_cli.model.facts import FEEDBACK
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


class Feedback(Watch):
    """Feedback was given."""

    short: ClassVar[str] = "feedback"

    feedback: Literal["given"] = Field(description="given")

    @property
    def hears_assets(self) -> frozenset[str]:
        """Events of that name."""
        return frozenset({FEEDBACK})

    def happened(self, _: State, number: int) -> Iterator[Due]:
        """The event itself is the cause."""
        yield Due(Cause.EVENT, number, 1)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The sentence that a poster would have."""
        return phrase("For telling us what you think")


RULE = Feedback
