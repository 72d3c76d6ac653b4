"""Who has answered what the shop asked not longer than so ago: to a survey, by e-mail or at the counter, with a score or in words.

    segments:
      talks with us: {answered_within: 6 months}
      silent: {member_for: 6 months, not: {answered_within: 6 months}}

A member who never answered has not answered within any time.
"""

from __future__ import annotations

from typing import ClassVar
from typing import TYPE_CHECKING

from loyalty_cli.model.shown.phrase import phrase
from loyalty_cli.reading.fields import Field
from loyalty_cli.reading.settings import Length
from loyalty_cli.rules.condition import Condition
from loyalty_cli.rules.condition import Stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyalty_cli.model.days import Day
    from loyalty_cli.model.shown.phrase import Money
    from loyalty_cli.model.shown.phrase import Phrase
    from loyalty_cli.rules.condition import Judged
    from loyalty_cli.rules.condition import State


class AnsweredWithin(Condition):
    """An answer not so long ago. The state is the day of the last one."""

    short: ClassVar[str] = "length"

    length: Length = Field(description="how long ago the last answer is at most: 6 months")

    def answered(self, state: State, day: Day, opinion: str) -> None:
        """Any answer counts."""
        state[:] = [day]

    def stands(self, state: State, at: Judged) -> Stands:
        """Whether the last answer is not too old; until the morning after the time is over."""
        over = self.length.after(state[0]) + 1 if state else 0
        return Stands(holds=True, until=over) if at.day < over else Stands(holds=False)

    def announced(self, _: Callable[[int], Money]) -> Phrase:
        """The condition in words."""
        return phrase("an answer to a survey in the last {length}", length=self.length)


RULE = AnsweredWithin
